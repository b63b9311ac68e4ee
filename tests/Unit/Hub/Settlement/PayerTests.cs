using EdgeHub.Sync.Journal;
using EdgeHub.Tests.Unit.Hub.Lab;

namespace EdgeHub.Tests.Unit.Hub.Settlement;

/// <summary>Whose money a settlement's pool-fund amount is (Z2, Z3, Z19): 150.00 less the deductible of 100.00 at 60 % = 30.00.</summary>
public sealed class PayerTests : IDisposable
{
    private const string Ana = "53092400000001";

    private const string Row = "\"530924,,,,,,,,,,2025-01-01,2025-12-31,year,100.00,0.6,,400.00\"";

    /// <summary>The lab's book, with the same row for insured of the next county.</summary>
    private readonly SettlementLab _lab = new(LabPolicy.Yearly.Replace(Row, $"{Row},{Row.Replace("530924,,,,", "530921,,,yes,", StringComparison.Ordinal)}", StringComparison.Ordinal));

    public void Dispose() => _lab.Dispose();

    [Theory]
    [InlineData("390", "530924", 1, "township_hospital", "member", "PackageBudget/* SettlementDecided Z2", "LeadPackage")]
    [InlineData("390", "530924", 2, "general_hospital", "lead", "PackageBudget/* SettlementDecided Z2", "LeadPackage")]
    [InlineData("390", "530924", 2, "private_hospital", "private", "ProviderIndicator/530924100201 IndicatorCharged Z3", "PrivateIndicator")]
    [InlineData("390", "530924", 0, "private_clinic", "private", "ProviderIndicator/530924100201 IndicatorCharged Z3", "PrivateIndicator")]
    [InlineData("310", "530924", 1, "township_hospital", "member", "Suspense/310 OtherSchemeDecided Z2", "Nobody")]
    [InlineData("390", "530921", 1, "township_hospital", "member", "Suspense/530921 InboundDecided Z19", "Nobody")]
    [InlineData("390", "530921", 2, "private_hospital", "private", "Suspense/530921 InboundDecided Z19", "Nobody")]
    public void Settle_FundShare_IsBorneByWhoseMoneyItIs(string insurance, string area, int level, string type, string alliance, string borne, string charged)
    {
        _lab.Person(Ana, insurance: insurance, area: area);
        var site = _lab.Site("530924100201", 1, level, type, alliance);
        site.Settle(Ana, "2025-03-03", 150.00m);
        site.Send();
        _lab.SettleAll();

        Assert.Equal([borne], _lab.Query<string>(
            """
            select a.kind || '/' || a.owner || ' ' || l.event || ' ' || l.rule from ledger_leg l
            join ledger_account a on a.region = l.region and a.account_no = l.account_no where l.fen = -3000
            """));
        Assert.Equal(3000, _lab.Balance("SettledPool", site.Code));
        Assert.Equal([charged], _lab.Query<string>("select charged_to from public_decided_rollup"));
        Assert.Null(_lab.Store.Read(session => EdgeHub.Hub.VerifyCommand.Run(session, SettlementLab.Region)).First);
    }

    private static VisitSettled Inbound(VisitSettled body) => body with { PoolingArea = "530921", OutOfArea = true, Policy = body.Policy with { Row = 2 } };

    [Fact]
    public void Settle_InboundOnStaleData_IsSuspendedWithItsDifference_AndNoBudgetIsTouched()
    {
        _lab.Person(Ana, area: "530921");
        var (north, south) = (_lab.Site("530924100201", 1), _lab.Site("530924100202", 2));
        north.Settle(Ana, "2025-03-03", 600.00m, tamper: Inbound);
        south.Settle(Ana, "2025-03-04", 600.00m, tamper: Inbound);
        north.Send();
        south.Send();
        _lab.SettleAll();

        // 300.00, then of the cap of 400.00 only 100.00 is left; the site paid out 300.00 in good faith.
        Assert.Equal(-60000, _lab.Balance("Suspense", "530921"));
        Assert.Equal(0, _lab.Balance("OfflineDifference", south.Code));
        Assert.Equal(30000, _lab.Balance("SettledPool", south.Code));
        Assert.Equal(0, _lab.Balance("PackageBudget", "*"));
    }
}
