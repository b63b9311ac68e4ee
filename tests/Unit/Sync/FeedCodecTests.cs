using System.Text;
using EdgeHub.Rules;
using EdgeHub.Sync.Feeds;
using EdgeHub.Sync.Journal;
using EdgeHub.Sync.Keys;

namespace EdgeHub.Tests.Unit.Sync;

public sealed class FeedCodecTests
{
    private static readonly EcdsaSigner Hub = EcdsaKeys.Create();

    private static byte[] Page(int rows, string cursor = "", string? next = null)
    {
        var page = new FeedPageWriter(FeedNames.Columns[FeedNames.Parameters]);
        for (var i = 0; i < rows; i++)
        {
            Assert.True(page.TryAdd($"name{i}", i % 2 == 1, i % 3 == 0 ? null : $"值 \"{i}\"\n", 1.50m));
        }
        return FeedCodec.Write(FeedNames.Parameters, "530924", "530924100001", 3, 9, cursor, next, page, Hub);
    }

    [Fact]
    public void Read_OfAPage_GivesHeaderAndRowsBack()
    {
        var page = FeedCodec.Read(Page(7, "c1", "c2"), Hub.PublicKey);
        Assert.Equal((FeedNames.Parameters, 3, 9, "c1", "c2", 7), (page.Header.Feed, page.Header.After, page.Header.UpTo, page.Header.Cursor, page.Header.Next, page.Header.Count));
        Assert.Equal(("name1", true, "值 \"1\"\n", 1.50m), (page.Rows[1].Key, page.Rows[1].Removed, page.Rows[1].Text(page.Column("value")), page.Rows[1].Decimal(3)));
        Assert.Null(page.Rows[3].TextOrNull(2));
        Assert.Equal(Codes.BadJson, Assert.Throws<JournalFormatException>(() => page.Rows[3].Text(2)).Code);
        Assert.Equal(Codes.UnknownFormat, Assert.Throws<JournalFormatException>(() => page.Column("absent")).Code);
    }

    [Fact]
    public void Read_OfAnEmptyPage_HasNoRows() => Assert.Empty(FeedCodec.Read(Page(0), Hub.PublicKey).Rows);

    [Fact]
    public void Read_UnderAnotherKey_IsBadSignature()
    {
        using var other = EcdsaKeys.Create();
        Assert.Equal(Codes.BadSignature, Assert.Throws<JournalFormatException>(() => FeedCodec.Read(Page(2), other.PublicKey)).Code);
        Assert.Equal(Codes.BadSignature, Assert.Throws<JournalFormatException>(() => FeedCodec.Read(Page(2), "no key"u8)).Code);
    }

    [Fact]
    public void Read_WithAnyByteChangedOrCut_IsRefusedByNameOrSaysTheSame()
    {
        var wire = Page(20);
        var rows = Cells(FeedCodec.Read(wire, Hub.PublicKey));
        var refused = 0;
        for (var at = 0; at < wire.Length; at++)
        {
            var changed = wire.ToArray();
            changed[at] ^= 0x04;
            try
            {
                // Brotli has more than one way to write the same rows: the window's size, for example.
                Assert.Equal(rows, Cells(FeedCodec.Read(changed, Hub.PublicKey)));
            }
            catch (JournalFormatException)
            {
                refused++;
            }
            AssertRefused(wire.AsMemory(0, at));
        }
        Assert.InRange(refused, wire.Length - 3, wire.Length);
        AssertRefused((byte[])[.. wire, 0]);
    }

    [Theory]
    [InlineData("\"count\":3", "\"count\":5001", Codes.BatchTooLarge)]
    [InlineData("\"rawLength\":", "\"rawLength\":999999", Codes.BatchTooLarge)]
    [InlineData("\"after\":3", "\"after\":4", Codes.BadSignature)]
    [InlineData("\"site\":\"530924100001\"", "\"site\":\"530924100002\"", Codes.BadSignature)]
    [InlineData("\"upTo\":9", "\"upTo\":2", Codes.BatchDamaged)]
    public void Read_WithAForgedHeader_IsRefused(string found, string forged, string code)
    {
        var wire = Page(3);
        var end = Array.IndexOf(wire, (byte)'\n');
        var header = Encoding.UTF8.GetString(wire, 0, end);
        Assert.Contains(found, header, StringComparison.Ordinal);
        byte[] changed = [.. Encoding.UTF8.GetBytes(header.Replace(found, forged, StringComparison.Ordinal)), .. wire[end..]];
        Assert.Equal(code, Assert.Throws<JournalFormatException>(() => FeedCodec.Read(changed, Hub.PublicKey)).Code);
    }

    [Fact]
    public void TryAdd_OnAFullPage_SaysSo()
    {
        var page = new FeedPageWriter(["key", "removed"]);
        for (var i = 0; i < FeedCodec.MaxRows; i++)
        {
            Assert.True(page.TryAdd(i, 0));
        }
        Assert.False(page.TryAdd("one more", 0));
        var big = new FeedPageWriter(["key", "removed"]);
        Assert.True(big.TryAdd(new string('x', FeedCodec.MaxRawBytes - 100), 0));
        Assert.False(big.TryAdd(new string('x', 100), 0));
        Assert.Equal(Codes.BatchTooLarge, Assert.Throws<JournalFormatException>(() => new FeedPageWriter(["key", "removed"]).TryAdd(new string('x', FeedCodec.MaxRawBytes), 0)).Code);
    }

    [Fact]
    public void SignedBytes_WithAndWithoutNext_Differ()
    {
        var header = FeedCodec.Read(Page(1), Hub.PublicKey).Header;
        Assert.NotEqual(header.SignedBytes(), (header with { Next = "" }).SignedBytes());
        Assert.NotEqual((header with { Next = "-" }).SignedBytes(), header.SignedBytes());
    }

    private static string Cells(FeedPage page) => string.Join('\n', page.Rows.Select(row => string.Join('\t', Enumerable.Range(0, row.Count).Select(row.Cell))));

    private static void AssertRefused(ReadOnlyMemory<byte> wire) => Assert.Throws<JournalFormatException>(() => FeedCodec.Read(wire, Hub.PublicKey));
}
