using EdgeHub.Agent.Settlement;
using EdgeHub.Rules.Benefit;
using EdgeHub.Sync.Feeds;
using EdgeHub.Sync.Journal;
using EdgeHub.Tests.Unit.Agent.Kit;

namespace EdgeHub.Tests.Unit.Agent;

/// <summary>Every payer and every kind of input through the agent. Stays: 100.00 a year and institution, then 80 %, 10 points less
/// where the referral was irregular; catastrophic insurance 60 % of own pay above 50.00, assistance 50 % of what remains above
/// 30.00; 700.00 a year for the disease M01600. The account holds 12.00.</summary>
public sealed class WholeBenefitTests
{
    private const string Book = """
        {
          "id": "whole-2025", "version": 1, "region": "530924", "currency": "CNY", "first": "2025-01-01", "last": "2025-12-31", "knownFrom": "2024-12-21", "source": "sample",
          "rows": [
            "pooling_area,insurance_type,visit_type,out_of_area,level,institution_type,person_type,age_from,age_to,disease,first,last,deductible_mode,deductible,fund_rate,daily_cap,annual_cap,scope,referral_reduction,disease_cap,catastrophic_threshold,catastrophic_tiers,assistance_threshold,assistance_rate",
            "530924,390,21,no,,,,,,,,,institution_year,100.00,0.8,,100000.00,inpatient,0.1,,50.00,*:0.6,30.00,0.5",
            "530924,390,14,no,,,,,,M01600,,,none,,0.9,,,chronic,,700.00,,,,",
            "530924,390,14,no,,,,,,M03900,,,none,,0.5,,,chronic,,,,,,"
          ]
        }
        """;

    /// <summary>600.00: fund 500 x 0.8 = 400, own 200; (200 - 50) x 0.6 = 90; (110 - 30) x 0.5 = 40; 70 left.
    /// Irregular: fund 500 x 0.7 = 350, own 250; 200 x 0.6 = 120; (130 - 30) x 0.5 = 50; 80 left. Regular: as where none was needed.</summary>
    [Theory]
    [InlineData(null, 400_00, 90_00, 40_00, 58_00)]
    [InlineData("Regular", 400_00, 90_00, 40_00, 58_00)]
    [InlineData("Irregular", 350_00, 120_00, 50_00, 68_00)]
    public async Task Stay_ByReferral_FivePayers(string? referral, long fund, long catastrophic, long assistance, long cash)
    {
        await using var station = await Start();
        Assert.Equal(new SharesShown(fund, 12_00, cash, catastrophic, assistance), (await Stay(station, 600m, referral)).Shares);
    }

    /// <summary>The second stay of 600.00: nothing left of the deductible, fund 480, own 120; catastrophic (320 - 50) x 0.6 - 90 =
    /// 72; assistance (110 + 48 - 30) x 0.5 - 40 = 24; cash 24. 300.00 of it remain: fund 240, own 60; (260 - 50) x 0.6 - 90 = 36;
    /// (110 + 24 - 30) x 0.5 - 40 = 12; cash 12.</summary>
    [Fact]
    public async Task TwoStays_OneRefundedInPartThenBothReversed_EveryAccumulatorFollows()
    {
        await using var station = await Start();
        var first = await Stay(station, 600m);
        var second = await Stay(station, 600m);
        Assert.Equal(new SharesShown(480_00, 0, 24_00, 72_00, 24_00), second.Shares);
        var refund = Station.Read<PartRefundAnswer>(Assert.IsType<MoneyOutcome.Done>(await station.Part<RefundPart>().Refund(
            second.Settlement.ToString("D"), new PartRefundRequest("r", [new LineRemains(1, 0.5m, 300_00)], "returned", "op", 12_00))).Json);
        Assert.Equal(new SharesShown(240_00, 0, 12_00, 36_00, 12_00), refund.Now.Shares);
        Assert.Equal(new SharesShown(240_00, 0, 12_00, 36_00, 12_00), refund.Difference);

        var totals = await station.Part<LookUps>().DayTotals(new DateOnly(2025, 3, 12));
        Assert.Equal(new DaySum(2, 900_00, 640_00, 12_00, 70_00, 126_00, 52_00), totals.Net);

        Assert.IsType<MoneyOutcome.Done>(await station.Reverse(refund.Now.Settlement));
        var reversed = Station.Read<ReversedAnswer>(Assert.IsType<MoneyOutcome.Done>(await station.Reverse(first.Settlement)).Json);
        Assert.Equal(first.Shares, reversed.Shares);
        Assert.Equal(first.Shares, (await Stay(station, 600m)).Shares);
        await station.Restart();
        Assert.Null(station.Store.Damage);
    }

    [Fact]
    public async Task Entry_HoldsEveryAccumulatorThatMoved()
    {
        await using var station = await Start();
        await Stay(station, 600m, "Irregular");
        await station.Sync();
        var line = station.Hub.Lines.Single(bytes => JournalCodec.ReadHead(bytes, out _).Kind == Kinds.VisitSettled);
        JournalCodec.ReadHead(line, out var range);
        var body = JournalCodec.ReadBody<VisitSettled>(line.AsSpan(range));
        Assert.Equal(
            [
                "AccountSpent/Year/2025/*=1200", "AssistanceBase/Year/2025/*=13000", "AssistancePay/Year/2025/*=5000", "CatastrophicBase/Year/2025/*=25000",
                "CatastrophicPay/Year/2025/*=12000", "Deductible/Year/2025/institution:530924100001:inpatient=10000", "FundPay/Year/2025/inpatient=35000",
            ],
            body.Accumulators.Select(move => $"{move.Key}={move.After - move.Before}").Order(StringComparer.Ordinal));
        Assert.Equal(("Irregular", "whole-2025"), (body.Referral, body.Policy.Id));
    }

    /// <summary>90 % of 600.00 = 540.00, then 700 - 540 = 160.00; a disease of another row has neither the rate nor the cap.</summary>
    [Fact]
    public async Task ChronicDisease_HasItsRowAndItsCapOfTheYear()
    {
        await using var station = await Start();
        Assert.Equal(540_00, (await Chronic(station, "M01600")).Shares.Fund);
        Assert.Equal(160_00, (await Chronic(station, "M01600")).Shares.Fund);
        Assert.Equal(0, (await Chronic(station, "M01600")).Shares.Fund);
        Assert.Equal(300_00, (await Chronic(station, "M03900")).Shares.Fund);
    }

    [Fact]
    public async Task CheckIn_ShowsWhatIsLeftOfEveryLimit()
    {
        await using var station = await Start();
        await Stay(station, 600m);
        var limits = (await station.CheckIn(1, "21")).Limits;
        Assert.Contains(limits, limit => limit is { Name: LimitNames.DeductiblePerInstitutionYear, Limit: 100_00, Before: 0 });
        Assert.Contains(limits, limit => limit.Name == LimitNames.CatastrophicThreshold);
    }

    private static async Task<Station> Start()
    {
        var station = await Station.Start();
        station.Hub.Change(FeedNames.Policies, "whole-2025/1", 0, "whole-2025", 1, "", "2025-01-01", "2026-01-01", "2024-12-21", Book);
        await station.Sync();
        return station;
    }

    private static async Task<SettledAnswer> Stay(Station station, decimal yuan, string? referral = null) =>
        Station.Settled(await station.Settle((await station.CheckIn(1, "21")).Visit, station.Bill(yuan) with { Referral = referral }));

    private static async Task<SettledAnswer> Chronic(Station station, string disease) =>
        Station.Settled(await station.Settle((await station.CheckIn(1, "14")).Visit, station.Bill(600m) with { Disease = disease, UseAccount = false }));
}
