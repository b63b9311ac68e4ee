using EdgeHub.Rules;
using EdgeHub.Rules.Benefit;

namespace EdgeHub.Tests.Unit.Benefit;

/// <summary>B23: how far an agent may go without the hub.</summary>
public sealed class B23Tests
{
    private static readonly OfflineLimits Defaults = OfflineLimits.Defaults(Currency.Cny);

    public static TheoryData<BenefitRow> Examples => BenefitTable.Of("B23");

    [Theory, MemberData(nameof(Examples))]
    public void Judge_Example_AllowsOrRefusesByCode(BenefitRow row)
    {
        var verdict = OfflineRules.Judge(Ask(row), Defaults);

        Assert.Equal(row["warnings"].Split(' ', StringSplitOptions.RemoveEmptyEntries), verdict.Warnings.Select(warning => warning.Code));
        if (row["outcome"] == "Allowed")
        {
            Assert.All(Assert.IsType<OfflineVerdict.Allowed>(verdict).Left, left => Assert.True(left.Value >= 0, $"{left.Key} {left.Value}"));
            return;
        }
        var refused = Assert.IsType<OfflineVerdict.Refused>(verdict);
        Assert.Equal((row["outcome"], row.Count("limit left"), BenefitArticles.B23), (refused.Code, refused.Left, refused.Article));
        Assert.Equal((refused.Code, refused.Name), (refused.Fault.Code, refused.Fault.Field));
    }

    [Fact]
    public void Judge_Allowed_SaysWhatIsLeftOfEachLimitAfterwards()
    {
        var ask = new OfflineAsk(true, "11", Money.Fen(3000), Money.Fen(10000), 1, Money.Fen(500_000), 20, TimeSpan.FromDays(4), TimeSpan.Zero);
        Assert.Equal(
            new Dictionary<string, long>
            {
                [OfflineLimitNames.SnapshotRefuseDays] = 26,
                [OfflineLimitNames.OutpatientFundPerSettlement] = 47_000,
                [OfflineLimitNames.OutpatientCountPerPersonDay] = 1,
                [OfflineLimitNames.OutpatientFundPerPersonDay] = 67_000,
                [OfflineLimitNames.OutpatientAccountPerPersonDay] = 100_000,
                [OfflineLimitNames.UnacknowledgedCount] = 479,
                [OfflineLimitNames.UnacknowledgedFund] = 4_497_000,
            },
            Assert.IsType<OfflineVerdict.Allowed>(OfflineRules.Judge(ask, Defaults)).Left);
    }

    [Fact]
    public void Judge_Refused_SaysValueAndLimitInWords()
    {
        var ask = new OfflineAsk(true, "11", Money.Fen(50_001), Money.Fen(0), 0, Money.Fen(0), 0, TimeSpan.FromDays(31), TimeSpan.Zero);
        var old = Assert.IsType<OfflineVerdict.Refused>(OfflineRules.Judge(ask, Defaults)).Fault;
        var much = Assert.IsType<OfflineVerdict.Refused>(OfflineRules.Judge(ask with { SnapshotAge = TimeSpan.Zero }, Defaults)).Fault;

        Assert.Equal(("31 d", "30 d"), (old.Value, old.Expected));
        Assert.Equal(("500.01 CNY", "500.00 CNY"), (much.Value, much.Expected));
        foreach (var (language, value, limit) in new[] { ("en-GB", "¥500.01", "¥500.00"), ("zh-CN", "¥500.01", "¥500.00"), ("sv-SE", "500,01\u00a0¥", "500,00\u00a0¥") })
        {
            var said = Texts.For(much.Code).Say(language, much);
            Assert.Contains(value, said, StringComparison.Ordinal);
            Assert.Contains(limit, said, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(599, false)]
    [InlineData(600, true)]
    public void IsOffline_TenMinutes_FromTheTenthOn(int seconds, bool offline) => Assert.Equal(offline, Defaults.IsOffline(TimeSpan.FromSeconds(seconds)));

    [Fact]
    public void IsOffline_NeverExchanged_IsOffline() => Assert.True(Defaults.IsOffline(null));

    /// <summary>On line or not: who is known from the index alone gets 200.00 of the fund, and no fen more.</summary>
    [Theory]
    [InlineData(200_00, false, true)]
    [InlineData(200_01, false, false)]
    [InlineData(200_00, true, true)]
    [InlineData(200_01, true, false)]
    public void Judge_PersonOfTheIndex_HasALowerLimit(int fen, bool offline, bool isAllowed)
    {
        var zero = Money.Fen(0);
        var verdict = OfflineRules.Judge(
            new OfflineAsk(offline, "11", Money.Fen(fen), zero, 0, zero, 0, TimeSpan.Zero, TimeSpan.Zero) { ByIndex = true }, Defaults);
        Assert.Equal(isAllowed ? "" : Codes.OfflineAmountPerVisit, verdict is OfflineVerdict.Refused refused ? refused.Code : "");
        Assert.Equal(isAllowed ? 0 : 200_00, verdict is OfflineVerdict.Allowed allowed ? allowed.Left[OfflineLimitNames.OutsideCatchmentFund] : ((OfflineVerdict.Refused)verdict).Limit);
    }

    [Fact]
    public void Read_NoParameters_GivesTheDefaults()
    {
        var limits = OfflineLimitsReader.Read(new Dictionary<string, string> { ["something.else"] = "x" }, Currency.Cny);
        Assert.Equal(Defaults with { InpatientVisitTypes = [] }, limits with { InpatientVisitTypes = [] });
        Assert.Equal(["21"], limits.InpatientVisitTypes);
    }

    [Fact]
    public void Read_EachParameter_OverridesItsOwnLimit()
    {
        var numbers = OfflineLimitNames.All.Where(name => name is not (OfflineLimitNames.InpatientVisitTypes or OfflineLimitNames.OutsideCatchment)).Select((name, i) => (name, value: i + 11)).ToDictionary(p => p.name, p => $"{p.value}");
        var limits = OfflineLimitsReader.Read(new Dictionary<string, string>(numbers) { [OfflineLimitNames.InpatientVisitTypes] = "21;52" }, Currency.Cny);

        Assert.Equal(
            new OfflineLimits(11, Money.Fen(12), Money.Fen(13), 14, Money.Fen(15), 16, 17, 18, Money.Fen(19), 20, []) { OutsideCatchmentFund = Money.Fen(21), OutpatientAccountPerPersonDay = Money.Fen(22) },
            limits with { InpatientVisitTypes = [] });
        Assert.False(OfflineLimitsReader.Read(new Dictionary<string, string> { [OfflineLimitNames.OutsideCatchment] = "refuse" }, Currency.Cny).SettleOutsideCatchment);
        Assert.True(limits.IsInpatient("52"));
        Assert.False(limits.IsInpatient("11"));
    }

    [Theory]
    [InlineData(OfflineLimitNames.AfterMinutes, "0")]
    [InlineData(OfflineLimitNames.OutpatientFundPerSettlement, "-1")]
    [InlineData(OfflineLimitNames.OutpatientFundPerSettlement, "500.00")]
    [InlineData(OfflineLimitNames.UnacknowledgedFund, "1000000000000001")]
    [InlineData(OfflineLimitNames.UnacknowledgedCount, "")]
    [InlineData(OfflineLimitNames.SnapshotRefuseDays, "2")]
    [InlineData(OfflineLimitNames.InpatientVisitTypes, "21,52")]
    [InlineData(OfflineLimitNames.InpatientVisitTypes, "")]
    [InlineData(OfflineLimitNames.OutsideCatchment, "yes")]
    [InlineData(OfflineLimitNames.OutsideCatchmentFund, "-1")]
    public void Read_BadValue_IsNamed(string name, string value)
    {
        var fault = Assert.Single(Assert.Throws<FaultException>(() => OfflineLimitsReader.Read(new Dictionary<string, string> { [name] = value }, Currency.Cny)).Faults);
        Assert.Equal((Codes.BadNumber, name, value), (fault.Code, fault.Field, fault.Value));
    }

    /// <summary>The quickstart's parameters are the defaults, under the same names.</summary>
    [Fact]
    public void Read_SampleParameters_AreTheDefaults()
    {
        var table = CsvText.Parse("parameters-sample.csv", File.ReadAllText(BookText.Repository("installers/quickstart/data/parameters-sample.csv")), "key", "value");
        var sample = table.Rows.ToDictionary(row => row["key"], row => row["value"]);
        Assert.Empty(sample.Keys.Where(name => name.StartsWith("offline.", StringComparison.Ordinal)).Except(OfflineLimitNames.All));
        Assert.Equal(Defaults with { InpatientVisitTypes = [] }, OfflineLimitsReader.Read(sample, Currency.Cny) with { InpatientVisitTypes = [] });
    }

    private static OfflineAsk Ask(BenefitRow row) => new(
        row.Yes("offline"), row["visit type"], row.Yuan("asked"), row.Yuan("day fund"), (int)row.Count("day count"),
        row.Yuan("unacknowledged"), (int)row.Count("unacknowledged count"), Hours(row["snapshot hours"]), Hours(row["blacklist hours"]))
    {
        AccountAsked = row.Yuan("account"), PersonDayAccount = row.Yuan("day account"),
    };

    private static TimeSpan? Hours(string text) => text.Length == 0 ? null : TimeSpan.FromHours(int.Parse(text));
}
