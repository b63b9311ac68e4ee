using EdgeHub.Rules;
using EdgeHub.Rules.Schemes.CrossRegion;

namespace EdgeHub.Tests.Unit.CrossRegion;

public sealed class C13Tests
{
    public static TheoryData<ExampleRow> Examples => ExampleTable.Of("C13");

    [Theory, MemberData(nameof(Examples))]
    public void Reconcile_Example_KeepsOnlyWhatMatches(ExampleRow row)
    {
        var reconciled = CrossRegionRules.Reconcile(Side("insured"), Side("treatment"), Side("nation"), row.Yuan("tolerance")).Value;
        Assert.Equal(row.Words("matched").Select(key => $"{key}+S"), reconciled.Matched);
        Assert.Equal(row.Yuan("fund"), reconciled.Fund);
        Assert.Equal(row["missing"], string.Join(' ', reconciled.Mismatches.Select(each => $"{each.Key.Split('+')[0]}:{string.Join('+', each.MissingAt)}")));
        Assert.Equal(row["widest"], string.Join(' ', reconciled.Mismatches.Select(each => each.Widest.ToString().Split(' ')[0])));

        ReconciliationRecord[] Side(string column) => [.. row.Words(column).Select(text => text.Split(':'))
            .Select(parts => new ReconciliationRecord(parts[0], "S", Money.Parse(parts[1], Currency.Cny), Money.Parse(parts[2], Currency.Cny)))];
    }

    [Fact]
    public void Reconcile_SettlementTwiceOnASide_IsRefused()
    {
        var record = new ReconciliationRecord("R1", "S1", Money.Fen(2), Money.Fen(1));
        var fault = Assert.Throws<FaultException>(() => CrossRegionRules.Reconcile([record], [record, record], [record], Money.Fen(0))).Fault;
        Assert.Equal((Codes.Duplicated, "R1+S1"), (fault.Code, fault.Value));
    }

    [Fact]
    public void Reconcile_NegativeTolerance_IsRefused() =>
        Assert.Equal("tolerance", Assert.Throws<FaultException>(() => CrossRegionRules.Reconcile([], [], [], Money.Fen(-1))).Fault.Field);
}
