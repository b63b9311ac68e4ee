using EdgeHub.Rules;
using EdgeHub.Sync.Feeds;
using EdgeHub.Sync.Journal;
using EdgeHub.Tests.Unit.Hub.Lab;

namespace EdgeHub.Tests.Unit.Hub.Settlement;

/// <summary>Catastrophic insurance and assistance pay beside the fund and never touch package or indicator (Z4). Book: deductible
/// 100.00 a year, then 60 %, cap 400.00; catastrophic 50 % of the year's own pay above 200.00, assistance 40 % of the rest above 300.00.</summary>
public sealed class LayersTests : IDisposable
{
    private const string Ana = "53092400000001";
    private readonly SettlementLab _lab = new(LabPolicy.Layered);
    private readonly LabSite _north;
    private readonly LabSite _south;

    public LayersTests()
    {
        _lab.Person(Ana);
        _north = _lab.Site("530924100201", 1);
        _south = _lab.Site("530924100202", 2);
    }

    public void Dispose() => _lab.Dispose();

    [Fact]
    public void Settle_EachLayerPaysOutOfItsOwnEnvelope()
    {
        // 600: fund 500 x 0.6 = 300; own pay 300, above 200: 100 x 0.5 = 50. Cash 250.
        // 600: fund 360, of the cap 100 left; own pay 500, year 800: 300 - 50 = 250; rest 250 + 250 = 500, above 300: 80. Cash 170.
        var first = _north.Settle(Ana, "2025-03-03", 600.00m);
        var second = _north.Settle(Ana, "2025-03-04", 600.00m);

        Deliver();

        Assert.Equal("Accepted   30000+5000+0/0/25000 Nobody", _lab.Decision(first.Settlement));
        Assert.Equal("Accepted   10000+25000+8000/0/17000 Nobody", _lab.Decision(second.Settlement));
        Assert.Equal((-40_000, -30_000, -8_000), Paid());
        Assert.Equal((40_000, 30_000, 8_000), Got(_north));
    }

    [Fact]
    public void Settle_TwoSitesThatDoNotKnowOfEachOther_CatastrophicInsuranceOwesWhatItShouldHavePaid()
    {
        // The second claims 300 + 50; right are 100 + 250 + 80: the patient paid 80 too much, which catastrophic insurance owes.
        _north.Settle(Ana, "2025-03-03", 600.00m);
        var second = _south.Settle(Ana, "2025-03-04", 600.00m);

        Deliver();

        Assert.Equal("Adjusted  AccumulatorsStale 10000+25000+8000/0/17000 Person", _lab.Decision(second.Settlement));
        Assert.Equal((-40_000, -30_000, -8_000), Paid());
        Assert.Equal((10_000, 17_000, 8_000), Got(_south)); // 350.00 in all, as it claimed
        Assert.Equal(8_000, _lab.Balance("PayableTo", Ana));
        Assert.Equal(8_000, _lab.Number("select sum(fen) from ledger_leg where event = 'CatastrophicUnderpaid' and fen > 0"));
        Assert.Equal("0 8000", _lab.Query<string>("select sum(owed) || ' ' || sum(other_owed) from public_decided_rollup").Single());
    }

    [Theory]
    [InlineData(3, 0, 0)] // the site could not know: each layer's own stale data
    [InlineData(4, -30_000, -5_000)] // it had been told: due from it
    public void Settle_BlacklistedPerson_EachLayerForItself(long had, long ofFund, long ofInsurer)
    {
        _lab.Blacklist(Ana, version: 4);
        _north.Feeds[FeedNames.Blacklist] = had;
        _north.Settle(Ana, "2025-03-03", 600.00m);

        Deliver();

        Assert.Equal((30_000, 5_000, 0), Got(_north));
        Assert.Equal(ofFund + ofInsurer, _lab.Balance("ReceivableFrom", _north.Code));
        Assert.Equal((-30_000 - ofFund, -5_000 - ofInsurer, 0), Paid());
    }

    [Fact]
    public void Settle_CatastrophicShareThatItsOwnInputsDoNotGive_IsTheInstitutions()
    {
        var visit = _north.Settle(Ana, "2025-03-03", 600.00m, tamper: body => body with { Shares = new SettledShares(30_000, 0, 15_000, 15_000) });

        Deliver();

        Assert.Equal("Adjusted  ComputedOtherwise 30000+5000+0/0/25000 Institution", _lab.Decision(visit.Settlement));
        Assert.Equal(-10_000, _lab.Balance("ReceivableFrom", _north.Code));
        Assert.Equal((-30_000, -5_000, 0), Paid());
    }

    [Fact]
    public void Settle_AtAPrivateHospital_OnlyTheFundsShareIsOnItsIndicator()
    {
        var hospital = _lab.Site("530924100003", 3, level: 1, type: "private_hospital");
        hospital.Settle(Ana, "2025-03-03", 600.00m);
        hospital.Send();
        _lab.SettleAll();

        Assert.Equal(-30_000, _lab.Balance("ProviderIndicator", hospital.Code));
        Assert.Equal((0, -5_000, 0), Paid());
    }

    [Fact]
    public void Settle_OtherInsurance_AllLayersAreAdvancedOutOfItsSuspense()
    {
        _lab.Person("53092400000009", insurance: "310");
        var visit = _north.Settle("53092400000009", "2025-03-03", 600.00m, tamper: body => body with { Cover = "310" });

        Deliver();

        Assert.Equal("Accepted   30000+5000+0/0/25000 Nobody", _lab.Decision(visit.Settlement));
        Assert.Equal(-35_000, _lab.Balance("Suspense", "310"));
        Assert.Equal((0, 0, 0), Paid());
    }

    [Theory]
    [InlineData("300.00", Codes.NotCovered, "Package")] // the limit itself may be used
    [InlineData("299.99", Codes.LimitIgnored, "Institution")] // the site had the limit and broke it: what was then paid too much is its own
    public void Settle_OverAnOfflineLimitThatTheSiteHad_IsTheInstitutions(string limit, string cause, string bears)
    {
        Limit("offline.outpatient.fund_per_settlement", limit, version: 2);
        _north.Feeds[FeedNames.Parameters] = 2;

        Assert.Equal($"Adjusted  {cause} 0/0/60000 {bears}", AfterTheCoverEnded());
    }

    [Theory]
    [InlineData("index", "299.99", true, Codes.LimitIgnored, "Institution")]
    [InlineData("index", "299.99", false, Codes.LimitIgnored, "Institution")]
    [InlineData("index", "300.00", false, Codes.NotCovered, "Package")]
    [InlineData("lookup", "299.99", true, Codes.NotCovered, "Package")]
    public void Settle_PersonOfTheIndexOverItsLimit_IsTheInstitutions(string knownBy, string limit, bool offline, string cause, string bears)
    {
        Limit("offline.outside_catchment.fund_per_settlement", limit, version: 2);
        _north.Feeds[FeedNames.Parameters] = 2;
        _lab.Person(Ana, coverEnd: "2025-03-01", version: 9);
        var visit = _north.Settle(Ana, "2025-03-03", 600.00m, tamper: body => body with { KnownBy = knownBy, Offline = body.Offline with { Offline = offline } });
        Deliver();
        Assert.Equal($"Adjusted  {cause} 0/0/60000 {bears}", _lab.Decision(visit.Settlement));
    }

    [Fact]
    public void Settle_OverALimitThatWasSetLater_IsNotHeldAgainstTheSite()
    {
        Limit("offline.outpatient.fund_per_settlement", "99.99", version: 3);
        _north.Feeds[FeedNames.Parameters] = 2;

        Assert.Equal("Adjusted  NotCovered 0/0/60000 Package", AfterTheCoverEnded());
    }

    [Fact]
    public void Settle_MoreOfADayThanTheLimit_IsTheInstitutions()
    {
        Limit("offline.outpatient.count_per_person_day", "1", version: 2, isAmount: false);
        _north.Feeds[FeedNames.Parameters] = 2;
        _lab.Person(Ana, coverEnd: "2025-03-01", version: 9);
        var first = _north.Settle(Ana, "2025-03-03", 150.00m);
        var second = _north.Settle(Ana, "2025-03-03", 150.00m);

        Deliver();

        Assert.EndsWith("NotCovered 0/0/15000 Package", _lab.Decision(first.Settlement), StringComparison.Ordinal);
        Assert.EndsWith("LimitIgnored 0/0/15000 Institution", _lab.Decision(second.Settlement), StringComparison.Ordinal);
    }

    private string AfterTheCoverEnded()
    {
        _lab.Person(Ana, coverEnd: "2025-03-01", version: 9);
        var visit = _north.Settle(Ana, "2025-03-03", 600.00m);
        Deliver();
        return _lab.Decision(visit.Settlement);
    }

    private void Limit(string name, string value, long version, bool isAmount = true) =>
        _lab.Parameter(name, isAmount ? value.Replace(".", "", StringComparison.Ordinal) : value, version);

    private (long Package, long Insurer, long Assistance) Paid() =>
        (_lab.Balance("PackageBudget", "*"), _lab.Balance("CatastrophicPremium", "*"), _lab.Balance("Suspense", "assistance"));

    private (long Pool, long Catastrophic, long Assistance) Got(LabSite site) =>
        (_lab.Balance("SettledPool", site.Code), _lab.Balance("SettledCatastrophic", site.Code), _lab.Balance("SettledAssistance", site.Code));

    private void Deliver()
    {
        _north.Send();
        _south.Send();
        _lab.SettleAll();
        Assert.Null(_lab.Store.Read(session => EdgeHub.Hub.VerifyCommand.Run(session, SettlementLab.Region)).First);
    }
}
