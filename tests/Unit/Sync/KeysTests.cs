using System.Security.Cryptography;
using EdgeHub.Sync.Journal;
using EdgeHub.Sync.Keys;

namespace EdgeHub.Tests.Unit.Sync;

public sealed class KeysTests
{
    private static readonly EcdsaSigner Key = EcdsaKeys.Create();
    private static readonly byte[] Secret = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];
    private static readonly DateTimeOffset Now = new(2025, 3, 5, 1, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Import_OfAnExportedKey_SignsForTheSamePublicKey()
    {
        using var back = EcdsaKeys.Import(Key.ExportPkcs8());
        Assert.Equal((Key.KeyId, 16), (back.KeyId, back.KeyId.Length));
        var signature = back.Sign("data"u8);
        Assert.Equal(EcdsaKeys.SignatureBytes, signature.Length);
        Assert.True(EcdsaKeys.Verify(Key.PublicKey, "data"u8, signature));
        Assert.False(EcdsaKeys.Verify(Key.PublicKey, "Data"u8, signature));
        Assert.False(EcdsaKeys.Verify(Key.PublicKey, "data"u8, signature.AsSpan(1)));
        Assert.False(EcdsaKeys.Verify("no key"u8, "data"u8, signature));
    }

    [Fact]
    public void IsPublicKey_OfOtherCurvesAndRubbish_IsFalse()
    {
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        Assert.True(EcdsaKeys.IsPublicKey(Key.PublicKey));
        Assert.False(EcdsaKeys.IsPublicKey(other.ExportSubjectPublicKeyInfo()));
        Assert.False(EcdsaKeys.IsPublicKey([.. Key.PublicKey, 0]));
        Assert.False(EcdsaKeys.IsPublicKey([]));
        // The name of the curve, altered to one that no platform knows, at every place that there is.
        for (var at = 0; at < Key.PublicKey.Length; at++)
        {
            var altered = (byte[])Key.PublicKey.Clone();
            altered[at] ^= 1;
            Assert.False(EcdsaKeys.IsPublicKey(altered));
        }
        Assert.Throws<CryptographicException>(() => EcdsaKeys.Import(other.ExportPkcs8PrivateKey()));
    }

    [Fact]
    public void Seal_OfAHead_HoldsForThatHeadAndDeviceOnly()
    {
        var head = new ChainHead(1, 7, Chain.Next(Chain.Zero, "line\n"u8));
        var seal = HeadSeal.Sign(Key, "D1", head);
        Assert.True(HeadSeal.Holds(Key.PublicKey, "D1", head, seal));
        Assert.False(HeadSeal.Holds(Key.PublicKey, "D2", head, seal));
        Assert.False(HeadSeal.Holds(Key.PublicKey, "D1", head with { Seq = 8 }, seal));
        Assert.False(HeadSeal.Holds(Key.PublicKey, "D1", head with { Hash = Chain.Zero }, seal));
    }

    [Fact]
    public void Ticket_SignedByItsDevice_IsReadAndHolds()
    {
        var ticket = Tickets.Issue("D1", Now, Secret);
        var claim = Tickets.TryRead(Tickets.Header("D1", ticket, Key));
        Assert.NotNull(claim);
        Assert.True(Tickets.SignatureHolds(claim, Key.PublicKey));
        Assert.True(Tickets.IsGood(claim.Ticket, claim.Device, Now + Tickets.Life - TimeSpan.FromMilliseconds(1), Secret));
        Assert.False(Tickets.IsGood(claim.Ticket, claim.Device, Now + Tickets.Life, Secret));
        Assert.False(Tickets.IsGood(claim.Ticket, "D2", Now, Secret));
        Assert.False(Tickets.IsGood(claim.Ticket.Replace(".17", ".18", StringComparison.Ordinal), claim.Device, Now, Secret));
        Assert.False(Tickets.IsGood(claim.Ticket, claim.Device, Now, [.. Secret, 1]));
        Assert.False(Tickets.SignatureHolds(claim with { Ticket = claim.Ticket + "0" }, Key.PublicKey));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Bearer x")]
    [InlineData("EdgeHub D1 t")]
    [InlineData("EdgeHub D1 t AAAA")]
    [InlineData("EdgeHub  t AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA==")]
    [InlineData("EdgeHub D1 t AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA== x")]
    public void TryRead_OfWhatIsNoTicketHeader_IsNull(string? header) => Assert.Null(Tickets.TryRead(header));

    [Fact]
    public void Header_OfATicketWithALineFeed_IsNotSigned() =>
        Assert.Throws<ArgumentException>(() => Tickets.Header("D1", "EHJ1\n1\n530924", Key));
}
