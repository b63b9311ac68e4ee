using EdgeHub.Rules;
using EdgeHub.Rules.Benefit;
using EdgeHub.Sync.Journal;
using EdgeHub.Tests.Unit.Hub.Lab;

namespace EdgeHub.Tests.Unit.Hub.Settlement;

/// <summary>Settlements of whom the fund pays nothing for: the account that paid is spent, and the site learns what of its own
/// accumulators is not true.</summary>
public sealed class UncoveredTests : IDisposable
{
    private const string Ana = "53092400000001";
    private readonly SettlementLab _lab = new();
    private readonly LabSite _north;
    private readonly LabSite _south;

    public UncoveredTests()
    {
        _north = _lab.Site("530924100201", 1);
        _south = _lab.Site("530924100202", 2);
    }

    public void Dispose() => _lab.Dispose();

    [Fact]
    public void Account_ThatPaidAnUncoveredVisit_IsNotSpentTwice()
    {
        _lab.Person(Ana, account: 10000, coverEnd: "2025-03-01", version: 2);
        var (first, second) = Twice();

        Deliver();

        // Class C: nothing is eligible, 100.00 of the account at each of two sites; there is only one balance of 100.00.
        Assert.Equal("Accepted   0/10000/0 Nobody", _lab.Decision(first.Settlement));
        Assert.Equal($"Adjusted  {Codes.NotCovered} 0/0/10000 Package", _lab.Decision(second.Settlement));
        Assert.Equal(-10000, _lab.Balance("PersonalAccount", Ana));
        Assert.Equal(10000, _lab.Number("select amount from public_accumulator where accumulator = @key", new { key = Spent }));
    }

    [Fact]
    public void Account_ThatPaidForABlacklistedPerson_IsNotSpentTwice()
    {
        _lab.Person(Ana, account: 10000);
        _lab.Blacklist(Ana, version: 4);
        var (first, second) = Twice();

        Deliver();

        Assert.Equal("Accepted   0/10000/0 Nobody", _lab.Decision(first.Settlement));
        Assert.StartsWith("Adjusted", _lab.Decision(second.Settlement), StringComparison.Ordinal);
        Assert.Equal(-10000, _lab.Balance("PersonalAccount", Ana));
    }

    [Fact]
    public void Accumulators_ThatOnlyAnUncoveredVisitMoved_AreToldAsZero()
    {
        _lab.Person(Ana, coverEnd: "2025-03-01");
        _north.Settle(Ana, "2025-03-03", 60.00m);

        Deliver();

        var key = BenefitKeys.Of(new DateOnly(2025, 3, 3)).DeductibleOfYear.ToString();
        Assert.Equal([$"{key} 0"], _lab.Query<string>("select accumulator || ' ' || amount from public_accumulator where accumulator = @key", new { key }));
        Assert.Equal(1, _lab.Number("select seq from public_settled_through where site = @Code", new { _north.Code }));
        _north.Pull(Ana);
        _lab.Person(Ana, version: 2);
        var covered = _north.Settle(Ana, "2025-03-04", 60.00m);
        Deliver();
        Assert.Equal("Accepted   0/0/6000 Nobody", _lab.Decision(covered.Settlement));
        Assert.Equal(6000, _lab.Number("select amount from public_accumulator where accumulator = @key", new { key }));
    }

    [Fact]
    public void Accumulators_OfADuplicateAndOfAnUnknownPerson_AreToldAsZero()
    {
        _lab.Person(Ana);
        const string Nobody = "53092400000009";
        _north.Settle(Nobody, "2025-03-03", 60.00m);
        _north.Settle(Ana, "2025-03-03", 60.00m, visit: "v1");
        var again = _north.Settle(Ana, "2025-03-05", 60.00m, visit: "v1");

        Deliver();

        var moved = again.Accumulators.Select(move => move.Key).ToHashSet(StringComparer.Ordinal);
        var told = _lab.Query<string>("select accumulator from public_accumulator where person = @Ana", new { Ana });
        Assert.Superset(moved, told.ToHashSet(StringComparer.Ordinal));
        Assert.NotEqual(0, _lab.Number("select count(*) from public_accumulator where person = @Nobody and amount = 0", new { Nobody }));
        Assert.Equal(0, _lab.Number("select count(*) from public_accumulator where person = @Nobody and amount <> 0", new { Nobody }));
    }

    private static string Spent => BenefitKeys.Of(new DateOnly(2025, 3, 3)).AccountSpentOfYear.ToString();

    private (VisitSettled First, VisitSettled Second) Twice()
    {
        _north.KnowsAccount(Ana, 10000);
        _south.KnowsAccount(Ana, 10000);
        return (_north.Settle(Ana, "2025-03-03", 100.00m, useAccount: true, item: "C1"), _south.Settle(Ana, "2025-03-04", 100.00m, useAccount: true, item: "C1"));
    }

    private void Deliver()
    {
        _north.Send();
        _south.Send();
        _lab.SettleAll();
        Assert.Null(_lab.Store.Read(session => EdgeHub.Hub.VerifyCommand.Run(session, SettlementLab.Region)).First);
    }
}
