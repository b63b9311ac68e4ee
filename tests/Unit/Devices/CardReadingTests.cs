using EdgeHub.Agent.Devices;
using EdgeHub.Agent.Devices.Cards;
using EdgeHub.Tests.VirtualCard;

namespace EdgeHub.Tests.Unit.Devices;

/// <summary>Card profiles over the virtual card's own commands and answers.</summary>
public sealed class CardReadingTests
{
    private static readonly DateOnly Today = new(2025, 3, 12);
    private static readonly CardFacts Usual = new() { CardNumber = "S00000005", Name = "样本五", Area = "530924", Expires = "20250312" };

    private static CardOutcome Read(
        SocialSecurityCard card, CardRules? rules = null, ICardAuthenticator? authenticator = null, IReadOnlyList<CardProfile>? profiles = null)
    {
        var reading = new CardReading(profiles ?? CardProfiles.BuiltIn, () => rules ?? CardRules.Any, authenticator ?? new NoAuthenticator(), TimeProvider.System, () => Today);
        var outcome = reading.Read("A", SocialSecurityCard.SampleAtr, new CardChannel(card.Answer), ask => ask());
        // Whatever the card: a default PIN burns its tries.
        Assert.Equal(0, card.PinTries);
        return outcome;
    }

    private static CardRead Well(CardFacts facts)
    {
        var outcome = Read(new SocialSecurityCard(facts));
        Assert.Null(outcome.Error);
        return outcome.Card!;
    }

    private static DeviceError Wrong(SocialSecurityCard card) => Read(card).Error ?? throw new InvalidOperationException("The card was read.");

    public static TheoryData<string, bool, byte, bool> Ways()
    {
        var ways = new TheoryData<string, bool, byte, bool>();
        foreach (var version in (string[])["1.00", "2.00"])
        {
            foreach (var byTag in (bool[])[true, false])
            {
                foreach (var select in (byte[])[0x02, 0x00])
                {
                    ways.Add(version, byTag, select, byTag);
                    ways.Add(version, byTag, select, !byTag);
                }
            }
        }
        return ways;
    }

    /// <summary>Sex is record 3 of version 1 and record 4 of version 2: read by number with the wrong row it would be the name's extension.</summary>
    [Theory]
    [MemberData(nameof(Ways))]
    public void Read_VersionsByTagAndByNumber_GiveTheSame(string version, bool byTag, byte select, bool waits)
    {
        var card = Well(Usual with { Version = version, IsReadByTag = byTag, SelectFileBy = select, LetsAnswersWait = waits });
        Assert.Equal(("S00000005", "11010519491231002X", "样本五", version), (card.CardNumber, card.IdNumber, card.Name, card.Version));
        Assert.Equal(("2", new DateOnly(1949, 12, 31), "530924", "sscard"), (card.Sex, card.BirthDate, card.IssuerArea, card.Profile));
        Assert.Equal((new DateOnly(2015, 5, 1), new DateOnly(2025, 3, 12)), (card.Issued, card.Expires));
    }

    [Theory]
    [InlineData("买买提·阿不都热合曼·吾买尔江")]
    [InlineData("A买买提·阿不都热合曼·吾买尔江")]
    [InlineData("欧阳")]
    public void Read_NameLongerThanItsRecord_IsJoinedWithItsExtension(string name) => Assert.Equal(name, Well(Usual with { Name = name }).Name);

    [Theory]
    [InlineData("20250312", null)]
    [InlineData("20250311", DeviceErrorCode.CardExpired)]
    [InlineData("FFFFFFFF", null)]
    [InlineData("00000000", null)]
    public void Read_LastDay_CountsAsValid(string expires, DeviceErrorCode? error)
    {
        var outcome = Read(new SocialSecurityCard(Usual with { Expires = expires }));
        Assert.Equal(error, outcome.Error?.Code);
        // Who it is stays known: the holder of an expired card is not served by hand.
        Assert.Equal("S00000005", outcome.Card?.CardNumber);
        Assert.Null(Read(new SocialSecurityCard(Usual with { Expires = expires }), new CardRules([], TakeExpired: true)).Error);
    }

    [Theory]
    [InlineData("530924", null)]
    [InlineData("53", null)]
    [InlineData("110101,530924", null)]
    [InlineData("530925", DeviceErrorCode.CardWrongArea)]
    public void Read_Area_IsTakenByItsBeginning(string areas, DeviceErrorCode? error) =>
        Assert.Equal(error, Read(new SocialSecurityCard(Usual), new CardRules(areas.Split(','))).Error?.Code);

    [Fact]
    public void Read_ExpiredAndOfAWrongArea_IsExpiredFirst() =>
        Assert.Equal(DeviceErrorCode.CardExpired, Read(new SocialSecurityCard(Usual with { Expires = "20200101" }), new CardRules(["99"])).Error?.Code);

    [Fact]
    public void Read_UnknownCard_KeepsItsAtrAndWhatWasTried()
    {
        var error = Wrong(new SocialSecurityCard(Usual with { SelectStatus = 0x6A82 }));
        Assert.Equal(DeviceErrorCode.CardUnknown, error.Code);
        Assert.Equal("ATR 3B6D000000814D2286603330350141420C; tried 7378312E73682EC9E7BBE1B1A3D5CF 6A82", error.Detail);
    }

    [Fact]
    public void Read_BlockedApplication_IsBlocked() =>
        Assert.Equal(new DeviceError(DeviceErrorCode.CardBlocked, "sscard: 6283"), Wrong(new SocialSecurityCard(Usual with { SelectStatus = 0x6283 })));

    [Fact]
    public void Read_Version3WithNobodyToAuthenticate_IsRefusedClearly()
    {
        var error = Wrong(new SocialSecurityCard(Usual with { Version = "3.00" }));
        Assert.Equal((DeviceErrorCode.CardNeedsAuthentication, "version 3.00", Allowed.ManualEntry), (error.Code, error.Detail, error.Allowed));
    }

    [Fact]
    public void Read_VersionThatNobodyKnows_IsRefusedByName() =>
        Assert.Equal(new DeviceError(DeviceErrorCode.CardUnreadable, "version 4.00"), Wrong(new SocialSecurityCard(Usual with { Version = "4.00" })));

    [Theory]
    [InlineData(0x0A, "0A01", true)] // no value behind the length of a field that may be missed
    [InlineData(0x09, "0902FFFF", true)] // padding alone
    [InlineData(0x08, "0812313233", false)] // the length lies
    [InlineData(0x08, "09033132", false)] // another tag
    [InlineData(0x08, "08FF", false)]
    [InlineData(0x08, "08120102030405060708090A0B0C0D0E0F101112", false)] // no text
    [InlineData(0x0D, "0D0419991399", false)] // no day
    [InlineData(0x0D, "0D041999A231", false)] // no digits
    [InlineData(0x09, "09028120", false)] // half a character
    [InlineData(0x09, "09020A41", false)] // a control character
    public void Read_HostileRecord_IsRefusedByItsPlaceOrMissed(byte tag, string record, bool isRead)
    {
        var card = new SocialSecurityCard(Usual);
        card.Replace(0xEF06, tag, Convert.FromHexString(record));
        var outcome = Read(card);
        Assert.Equal(isRead ? null : DeviceErrorCode.CardUnreadable, outcome.Error?.Code);
        Assert.DoesNotContain("1101", outcome.Error?.Detail ?? "", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0x61)]
    [InlineData(0x6C)]
    public void Read_CardThatSaysMoreForEver_IsEnded(byte status)
    {
        var card = new SocialSecurityCard(Usual) { Instead = _ => [.. new byte[200], status, 0xFF] };
        if (status == 0x61)
        {
            Assert.Contains("bytes", Assert.Throws<CardProtocolException>(() => Read(card)).Message, StringComparison.Ordinal);
        }
        else
        {
            Assert.Equal(DeviceErrorCode.CardUnknown, Wrong(card).Code);
        }
        Assert.InRange(card.Commands, 1, 60);
    }

    [Fact]
    public void Read_NoiseInEveryAnswer_NeverBreaksAndIsNeverTaken()
    {
        var draw = new EdgeHub.Sync.Seams.SeededEntropy(20251121);
        Span<byte> noise = stackalloc byte[24];
        for (var run = 0; run < 3_000; run++)
        {
            var card = new SocialSecurityCard(Usual with { Version = run % 2 == 0 ? "1.00" : "2.00", IsReadByTag = run % 3 != 0 });
            draw.Fill(noise);
            var (from, bytes) = (1 + (noise[0] % 30), noise[1..(1 + (noise[1] % 22))].ToArray());
            card.Instead = command => card.Commands == from ? bytes : null;
            try
            {
                var outcome = Read(card);
                Assert.True(outcome.Error is not null || outcome.Card!.CardNumber == "S00000005", $"run {run}: {outcome.Card?.CardNumber}");
            }
            catch (CardProtocolException refused)
            {
                Assert.NotEmpty(refused.Message);
            }
        }
    }
}
