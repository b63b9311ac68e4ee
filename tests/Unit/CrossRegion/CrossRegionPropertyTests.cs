using System.Numerics;
using EdgeHub.Rules;
using EdgeHub.Rules.Calendars;
using EdgeHub.Rules.Netting;
using EdgeHub.Rules.Schemes.CrossRegion;
using FsCheck;
using FsCheck.Fluent;

namespace EdgeHub.Tests.Unit.CrossRegion;

/// <summary>What holds for every bill, quota and cycle: conservation, agreement with the slow second reading, no matter in which
/// order or in how many batches things come.</summary>
public sealed class CrossRegionPropertyTests
{
    private const int UploadDay = 21;
    private static readonly YearMonth March = new(2025, 3);
    private static readonly string[] Provinces = ["31", "44", "53", "54"];

    private sealed record Settled(int From, int To, long Fund, int Day, bool Agreed, bool Confirmed);

    private static readonly Gen<Settled> Settlements =
        from pair in Gen.Choose(0, 11)
        from fund in Gen.Choose(0, 3_000_000)
        from day in Gen.Choose(0, 100)
        from agreed in Gen.Frequency((5, Gen.Constant(true)), (1, Gen.Constant(false)))
        from confirmed in Gen.Frequency((5, Gen.Constant(true)), (1, Gen.Constant(false)))
        select new Settled(pair / 3, ((pair / 3) + 1 + (pair % 3)) % 4, fund, day, agreed, confirmed);

    private static readonly Gen<(int Key, int Pair, long Signed, int Months)> Audits =
        from key in Gen.Choose(0, 5)
        from pair in Gen.Choose(0, 3)
        from signed in Gen.Choose(-900_000, 300_000)
        from months in Gen.Choose(-1, 1)
        select (key, pair, (long)signed, months);

    [Fact]
    public void ClearCycle_AnySettlements_ConservesAndAgreesWithTheSlowReading() =>
        Prop.ForAll(Arb.From(Settlements.ListOf()), Arb.From(Audits.ListOf()), (settled, audits) =>
        {
            var (entries, adjustments) = (Entries(settled), Adjustments(audits));
            var cleared = CrossRegionRules.ClearCycle(March, Currency.Cny, entries, adjustments, UploadDay).Value;
            var slow = SlowCrossRegion.Owed(
                (2025 * 12) + 3,
                settled.Select(each => (Provinces[each.From], Provinces[each.To], each.Fund, Day(each.Day), each.Agreed, each.Confirmed)),
                adjustments.Select(each => (each.Record.Key, each.Record.Version, each.Record.Payer, each.Record.Payee, each.Record.Amount.MinorUnits, (each.Record.Cycle.Year * 12) + each.Record.Cycle.Month)));
            Assert.Equal(slow.OrderBy(each => each.Key), cleared.Rows.Select(row => KeyValuePair.Create((row.InsuredPlace, row.TreatmentPlace), (BigInteger)row.Cleared.MinorUnits)).OrderBy(each => each.Key));
            Assert.Equal(Sum(cleared.Sheet.Parties.Select(each => each.Payable)), Sum(cleared.Sheet.Parties.Select(each => each.Receivable)));
            Assert.Equal(Money.Fen(0), Sum(cleared.Sheet.Parties.Select(each => each.Net)));
            Assert.Equal(Sum(cleared.Rows.Select(row => row.Cleared)), Sum(cleared.Employees.Concat(cleared.Residents).Select(row => row.Cleared)));
            Assert.All(cleared.Sheet.Nets, net => Assert.False(net.Amount.IsNegative));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(60));

    [Fact]
    public void ClearCycle_InAnyOrderAndOnAnyCut_IsTheSame() => Prop.ForAll(Arb.From(Settlements.ListOf()), Arb.From(Gen.Choose(0, 20)), (settled, cut) =>
    {
        var entries = Entries(settled);
        var whole = Clear(entries);
        Assert.Equal(whole.Rows, Clear([.. entries.Reverse()]).Rows);
        var (first, second) = (Clear([.. entries.Take(cut)]), Clear([.. entries.Skip(cut)]));
        var parts = first.Rows.Concat(second.Rows).GroupBy(row => (row.InsuredPlace, row.TreatmentPlace)).ToDictionary(same => same.Key, same => Sum(same.Select(row => row.Cleared)));
        Assert.Equal(whole.Rows.ToDictionary(row => (row.InsuredPlace, row.TreatmentPlace), row => row.Cleared), parts);

        static ClearingTables Clear(IReadOnlyList<ClearingEntry> some) => CrossRegionRules.ClearCycle(March, Currency.Cny, some, [], UploadDay).Value;
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(60));

    /// <summary>Nothing is cleared twice and nothing is lost: over all cycles each settlement that counts is cleared once.</summary>
    [Fact]
    public void ClearCycle_OverAllCycles_ClearsEachSettlementOnce() => Prop.ForAll(Arb.From(Settlements.ListOf()), settled =>
    {
        var entries = Entries(settled);
        var cleared = Enumerable.Range(0, 6).Select(i => new YearMonth(2025, 1).AddMonths(i)).Select(cycle => CrossRegionRules.ClearCycle(cycle, Currency.Cny, entries, [], UploadDay).Value.Sheet.Total);
        Assert.Equal(Sum(entries.Where(each => each.IsReconciled && each.IsConfirmed).Select(each => each.Parts.Total)), Sum(cleared));
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(60));

    [Fact]
    public void SettleDischarge_AnyBill_ConservesAndAgreesWithTheSlowReading() => Prop.ForAll(
        Arb.From(
            from total in Gen.Choose(0, 20_000_000)
            from own in Gen.Choose(0, 1000)
            from deductible in Gen.Choose(0, 2_000_000)
            from rate in Gen.Choose(0, 1000)
            from cap in Gen.Frequency((1, Gen.Constant(-1)), (2, Gen.Choose(0, 9_000_000)))
            select (Total: (long)total, Own: (long)total * own / 1000, Deductible: (long)deductible, Rate: rate, Cap: cap)),
        each =>
        {
            long? cap = each.Cap < 0 ? null : each.Cap;
            var terms = new InsuredPlaceTerms(Money.Fen(each.Deductible), new Rate(each.Rate / 1000m), cap is null ? null : Money.Fen(cap.Value));
            var bill = CrossRegionRules.SettleDischarge(Money.Fen(each.Total), Money.Fen(each.Total - each.Own), terms).Value;
            Assert.Equal(SlowCrossRegion.Discharge(each.Total, each.Own, each.Deductible, each.Rate, cap), (bill.Fund.MinorUnits, bill.Patient.MinorUnits));
            Assert.False(bill.Patient.IsNegative || bill.Fund.IsNegative);
            var more = CrossRegionRules.SettleDischarge(Money.Fen(each.Total + 1), Money.Fen(each.Total - each.Own + 1), terms).Value;
            Assert.True(more.Fund >= bill.Fund && more.Patient >= bill.Patient);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void PrepaymentQuotaAndIncrease_AnyCost_AgreeWithTheSlowReading() => Prop.ForAll(
        Arb.From(Gen.Choose(0, 2_000_000_000)), Arb.From(Gen.Choose(1, 12)), Arb.From(Gen.Choose(900, 5_000)), (cost, months, share) =>
        {
            var quota = CrossRegionRules.PrepaymentQuota(Money.Fen(cost), months, 2).Value;
            Assert.Equal(SlowCrossRegion.Quota(cost, months), (BigInteger)quota.MinorUnits);
            var used = Math.Max(1, checked((long)Math.Ceiling(quota.MinorUnits * (share / 1000m))));
            var increase = CrossRegionRules.EmergencyIncrease(Money.Fen(used), quota, new Rate(0.9m), new Rate(0.7m)).Value;
            Assert.Equal(SlowCrossRegion.Increase(used, quota.MinorUnits), (BigInteger)increase.MinorUnits);
            Assert.NotEqual(UsageWarning.Red, CrossRegionRules.Usage(Money.Fen(used), quota + increase, new Rate(0.7m), new Rate(0.9m)).Value.Warning);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Reconcile_InAnyOrder_IsTheSame() => Prop.ForAll(Arb.From(Gen.Choose(0, 7).ListOf()), given =>
    {
        var all = given.Select((bits, i) => (Bits: bits, Record: new ReconciliationRecord($"R{i}", "S", Money.Fen(i * 2), Money.Fen(i)))).ToList();
        var sides = Enumerable.Range(0, 3).Select(side => all.Where(each => (each.Bits & (1 << side)) != 0).Select(each => each.Record).ToList()).ToList();
        var reconciled = CrossRegionRules.Reconcile(sides[0], sides[1], sides[2], Money.Fen(0)).Value;
        sides.ForEach(side => side.Reverse());
        var again = CrossRegionRules.Reconcile(sides[0], sides[1], sides[2], Money.Fen(0)).Value;
        Assert.Equal(reconciled.Matched, again.Matched);
        Assert.Equal(reconciled.Mismatches.Select(each => each.Key), again.Mismatches.Select(each => each.Key));
        Assert.Equal(all.Count(each => each.Bits == 7), reconciled.Matched.Count);
        Assert.Equal(all.Count(each => each.Bits is > 0 and < 7), reconciled.Mismatches.Count);
    }).QuickCheckThrowOnFailure();

    /// <summary>The whole nation's figures times a number are cleared, quoted and divided times that number.</summary>
    [Fact]
    public void ClearCycleAndQuota_EveryAmountTimesANumber_ScaleWithIt() => Prop.ForAll(Arb.From(Settlements.ListOf()), Arb.From(Audits.ListOf()), Arb.From(Gen.Choose(2, 50)), (settled, audits, times) =>
    {
        var (entries, adjustments) = (Entries(settled), Adjustments(audits));
        var one = CrossRegionRules.ClearCycle(March, Currency.Cny, entries, adjustments, UploadDay).Value;
        var many = CrossRegionRules.ClearCycle(
            March, Currency.Cny, [.. entries.Select(each => each with { Parts = FundParts.OfPool(each.Parts.Total.Times(times)), TotalCost = each.TotalCost.Times(times) })],
            [.. adjustments.Select(each => each with { Record = each.Record with { Amount = each.Record.Amount.Times(times) } })], UploadDay).Value;
        Assert.Equal(one.Rows.Select(row => row.Cleared.Times(times)), many.Rows.Select(row => row.Cleared));
        Assert.Equal(one.Sheet.Nets.Select(net => net.Amount.Times(times)), many.Sheet.Nets.Select(net => net.Amount));
        var cost = Money.Fen(settled.Sum(each => each.Fund) * 6);
        Assert.Equal(CrossRegionRules.PrepaymentQuota(cost, 12, 2).Value.Times(times), CrossRegionRules.PrepaymentQuota(cost.Times(times), 12, 2).Value);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(60));

    /// <summary>The national table: each pair's quota by the slow reading, and what provinces pay is what provinces receive.</summary>
    [Fact]
    public void PrepaymentTable_AnyPairs_AgreesWithTheSlowReadingAndConserves() => Prop.ForAll(
        Arb.From((from cost in Gen.Choose(0, 2_000_000_000) from months in Gen.Choose(1, 12) from present in Gen.Choose(0, 400_000_000) select (cost, months, present)).ArrayOf(6)), drawn =>
        {
            (int From, int To)[] places = [(0, 1), (0, 2), (0, 3), (1, 2), (2, 0), (3, 1)];
            PrepaymentPair[] pairs = [.. drawn.Select((each, i) => new PrepaymentPair(Provinces[places[i].From], Provinces[places[i].To], Money.Fen(each.present), Money.Fen(each.cost), each.months))];
            var table = CrossRegionRules.PrepaymentTable(2025, pairs, 2, Currency.Cny).Value;
            foreach (var row in table.Rows)
            {
                var pair = pairs.Single(each => (each.InsuredPlace, each.TreatmentPlace) == (row.InsuredPlace, row.TreatmentPlace));
                Assert.Equal(SlowCrossRegion.Quota(pair.PriorCost.MinorUnits, pair.MonthsOpen), (BigInteger)row.Quota.MinorUnits);
                Assert.Equal(row.Quota, pair.Present + row.Change);
            }
            Assert.Equal(Sum(table.Provinces.Select(each => each.Payable)), Sum(table.Provinces.Select(each => each.Receivable)));
            Assert.Equal(table.Rows, CrossRegionRules.PrepaymentTable(2025, [.. pairs.Reverse()], 2, Currency.Cny).Value.Rows);
        }).QuickCheckThrowOnFailure();

    private static DateOnly Day(int day) => new DateOnly(2025, 1, 25).AddDays(day);

    private static Money Sum(IEnumerable<Money> amounts) => amounts.Aggregate(Money.Fen(0), (sum, each) => sum + each);

    private static ClearingEntry[] Entries(IEnumerable<Settled> settled) => [.. settled.Select((each, i) => new ClearingEntry(
        $"S{i}", Provinces[each.From], Provinces[each.To], i % 2 == 0 ? InsuredFund.Employee : InsuredFund.Resident, $"P{i % 3}", FundParts.OfPool(Money.Fen(each.Fund)),
        Money.Fen(each.Fund * 2), Day(each.Day), each.Agreed, each.Confirmed))];

    /// <summary>Records with several versions: the same key keeps its pair and cycle, each further draw is its next version.</summary>
    private static ClearingAdjustment[] Adjustments(IEnumerable<(int Key, int Pair, long Signed, int Months)> audits) =>
    [
        .. audits.GroupBy(each => each.Key).SelectMany(same => same.Select((each, i) => new ClearingAdjustment(
            new NettingRecord($"A{each.Key}", i + 1, Provinces[same.First().Pair], Provinces[(same.First().Pair + 1) % 4], Money.Fen(each.Signed), March.AddMonths(same.First().Months)),
            same.Key % 2 == 0 ? InsuredFund.Employee : InsuredFund.Resident))),
    ];
}
