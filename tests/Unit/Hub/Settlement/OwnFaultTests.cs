using EdgeHub.Hub;
using EdgeHub.Sync.Feeds;
using EdgeHub.Sync.Journal;
using EdgeHub.Tests.Unit.Hub.Lab;

namespace EdgeHub.Tests.Unit.Hub.Settlement;

/// <summary>An institution bears at most what its own faults alone made; what stale data made beside them is the package's.
/// Book: deductible 100.00 a year, then 60 %, cap 400.00.</summary>
public sealed class OwnFaultTests : IDisposable
{
    private const string Ana = "53092400000001";
    private readonly SettlementLab _lab = new();
    private readonly LabSite _north;
    private readonly LabSite _south;

    public OwnFaultTests()
    {
        _lab.Person(Ana);
        _north = _lab.Site("530924100201", 1);
        _south = _lab.Site("530924100202", 2);
    }

    public void Dispose() => _lab.Dispose();

    /// <summary>Filed on 20 March, for the device's line before is: by then the book of 10 March held, which the site had been told of. On its
    /// own day the first book held, and of the one let loose later it was never told: (150 - 100) x 60 % = 30.00, and 50 % are 25.00.</summary>
    [Fact]
    public void Settle_CarriedLateAndABookLetLooseSince_IsNotHeldAgainstTheSite()
    {
        _lab.AddPolicy(LabPolicy.Lower, version: 9);
        _lab.AddPolicy(LabPolicy.Of(3, "2025-03-04", "year", "100.00", "0.55", "", "400.00"), version: 20);
        _north.Feeds[FeedNames.Policies] = 9;
        _north.Write(Kinds.ContactRecorded, "2025-03-20", new ContactRecorded(Guid.Empty, "", Ana, "telephone", "nurse", true, "op"));
        var visit = _north.Settle(Ana, "2025-03-05", 150.00m);
        _north.Send();
        _lab.SettleAll();

        Assert.Equal(("Adjusted  PolicyStale 2500/0/12500 Package", 0, 500), Borne(visit));
    }

    /// <summary>Settled while the clinic's clock stood on 1 March, on 12 March in truth: the book of 10 March holds, and by its clock it used the
    /// right one. What a partial refund of 19 March leaves rests on the same book: (130 - 100) x 60 % = 18.00, and 50 % are 15.00.</summary>
    [Fact]
    public void Settle_PartlyRefundedAfterAClockWasWrong_RestsOnTheBookOfTheFirstDay()
    {
        _lab.AddPolicy(LabPolicy.Lower, version: 9);
        _north.Feeds[FeedNames.Policies] = 9;
        var visit = _north.Settle(Ana, "2025-03-01", 150.00m, at: new DateTimeOffset(2025, 3, 12, 2, 0, 0, TimeSpan.Zero));
        var left = _north.PartlyRefund(visit, 130.00m, "2025-03-19");

        Deliver();

        Assert.Equal(("Adjusted  PolicyStale 1500/0/11500 Package", 0, 300), Borne(left.Now));
    }

    /// <summary>Pre-self-pay 11 % as told, 10 % taken: (540 - 100) x 60 % = 264.00 for (534 - 100) x 60 % = 260.40. South's 300.00 of the
    /// cap then leave 100.00: 164.00 too much, of which 3.60 are north's.</summary>
    [Fact]
    public void Settle_CatalogueIgnoredALittle_AndTheCapUsedElsewhere_TheInstitutionBearsTheLittle()
    {
        _south.Settle(Ana, "2025-03-01", 600.00m);
        _lab.Item("B1", "B", "0.11", version: 1);
        var visit = _north.Settle(Ana, "2025-03-03", 600.00m, item: "B1");
        _north.Send();
        _lab.SettleAll();
        Assert.Equal(("Adjusted  CatalogueIgnored 26040/0/33960 Institution", -360, 0), Borne(visit));

        Deliver();

        Assert.Equal(("Adjusted  CatalogueIgnored 10000/0/50000 Institution", -360, 16_040), Borne(visit));
    }

    /// <summary>One that computed 90.00 for 30.00 bears 60.00, and not what another site's visits beside it make.</summary>
    /// <summary>Two lines of 300.00, taken at 10 % pre-self-pay: (540 - 100) x 60 % = 264.00. Told of 11 % for the first: 537 of eligible, 262.20, so
    /// 1.80 are its own. Not told of 12 % for the second: 531, 258.60, so 3.60 more are stale.</summary>
    [Fact]
    public void Settle_OneItemIgnoredAndOneStale_TheInstitutionBearsTheIgnoredOneAlone()
    {
        _lab.Item("B1", "B", "0.11", version: 1);
        _lab.Item("B2", "B", "0.12", version: 9);
        var visit = _north.Settle(Ana, "2025-03-03", 600.00m, item: "B1+B2");

        Deliver();

        Assert.Equal(("Adjusted  CatalogueIgnored 25860/0/34140 Institution", -180, 360), Borne(visit));
    }

    [Fact]
    public void Settle_ComputedOtherwise_AndTheCapUsedElsewhere_TheInstitutionBearsItsOwn()
    {
        _south.Settle(Ana, "2025-03-01", 900.00m);
        var visit = _north.Settle(Ana, "2025-03-03", 150.00m, tamper: body => body with { Shares = new SettledShares(9000, 0, 6000) });

        Deliver();

        Assert.Equal(("Adjusted  ComputedOtherwise 0/0/15000 Institution", -6_000, 3_000), Borne(visit));
    }

    /// <summary>A fault that made nothing is no cause: the clinic wrote another row's number, but its amounts are what its data gave.</summary>
    [Fact]
    public void Settle_FaultThatMadeNothing_IsNotTheCause()
    {
        _south.Settle(Ana, "2025-03-01", 900.00m);
        var visit = _north.Settle(Ana, "2025-03-03", 150.00m, tamper: body => body with { Policy = body.Policy with { Row = 9 } });

        Deliver();

        Assert.Equal(("Adjusted  AccumulatorsStale 0/0/15000 Package", 0, 3_000), Borne(visit));
    }

    /// <summary>Forgot its own 600.00, which had left 100.00 of the cap; the 200.00 beyond that are its own. The rest of the cap went to
    /// another site.</summary>
    [Fact]
    public void Settle_ForgotItsOwn_AndTheCapUsedElsewhere_TheInstitutionBearsWhatItForgot()
    {
        _south.Settle(Ana, "2025-03-01", 600.00m);
        _north.Settle(Ana, "2025-03-03", 600.00m);
        _north.Forget(Ana);
        var visit = _north.Settle(Ana, "2025-03-04", 600.00m);

        Deliver();

        // North's first visit: 100.00 of the cap were left, 300.00 given: 200.00 stale.
        Assert.Equal(("Adjusted  AccumulatorsIgnored 0/0/60000 Institution", -20_000, 20_000 + 10_000), Borne(visit));
    }

    /// <summary>300.00 claimed of a person whose cover had ended. A limit of 200.00 that the site had leaves 200.00 to the package.</summary>
    [Theory]
    [InlineData("offline.outpatient.fund_per_settlement", "20000", -10_000)]
    [InlineData("offline.outpatient.fund_per_settlement", "29999", -1)]
    [InlineData("offline.outpatient.fund_per_person_day", "20000", -10_000)]
    [InlineData("offline.outpatient.count_per_person_day", "0", -30_000)]
    public void Settle_OverALimitThatTheSiteHad_ItBearsWhatIsBeyondIt(string limit, string value, long due)
    {
        _lab.Parameter(limit, value, version: 2);
        _north.Feeds[FeedNames.Parameters] = 2;
        _lab.Person(Ana, coverEnd: "2025-03-01", version: 9);
        var visit = _north.Settle(Ana, "2025-03-03", 600.00m);

        Deliver();

        Assert.Equal(("Adjusted  LimitIgnored 0/0/60000 Institution", due, 30_000 + due), Borne(visit));
    }

    [Fact]
    public void Verify_PlantedFaultInWhatTheInstitutionBears_IsFoundByName()
    {
        Settle_CatalogueIgnoredALittle_AndTheCapUsedElsewhere_TheInstitutionBearsTheLittle();

        _lab.Store.Write(session => session.Execute("update decision set own_fault = own_fault + 1 where bears = 'Institution' and version = 2"));

        Assert.Equal("decision", Verify()?.Table);
    }

    private (string Decision, long Due, long Stale) Borne(VisitSettled visit) => (
        _lab.Decision(visit.Settlement), _lab.Balance("ReceivableFrom", _north.Code),
        _lab.Number("select cast(coalesce(sum(offline_difference), 0) as bigint) from public_decided_rollup"));

    private EdgeHub.Hub.Jobs.AuditDifference? Verify() => _lab.Store.Read(session => VerifyCommand.Run(session, SettlementLab.Region)).First;

    private void Deliver()
    {
        _north.Send();
        _south.Send();
        _lab.SettleAll();
        Assert.Null(Verify());
    }
}
