using EdgeHub.Rules;
using EdgeHub.Sync.Feeds;
using EdgeHub.Sync.Journal;
using EdgeHub.Tests.Unit.Hub.Lab;

namespace EdgeHub.Tests.Unit.Hub.Settlement;

/// <summary>Who bears a difference (data.md): the patient is owed what was paid too much; stale data are the package's; what a site
/// had been told and ignored is the site's own. Book: deductible 100.00 a year, then 60 %, cap 400.00.</summary>
public sealed class WhoBearsTests : IDisposable
{
    private const string Ana = "53092400000001";
    private readonly SettlementLab _lab = new();
    private readonly LabSite _north;
    private readonly LabSite _south;

    public WhoBearsTests()
    {
        _lab.Person(Ana);
        _north = _lab.Site("530924100201", 1);
        _south = _lab.Site("530924100202", 2);
    }

    public void Dispose() => _lab.Dispose();

    [Theory]
    [InlineData(4, "Adjusted  PolicyStale 2500/0/12500 Package", 3000, 0)] // the new book came with feed version 5, the site had 4
    [InlineData(5, "Adjusted  PolicyIgnored 2500/0/12500 Institution", 3000, -500)] // the site had it
    public void Settle_OldBookAfterANewOne_IsStaleOrIgnoredByTheFeedVersion(long had, string decision, long pool, long receivable)
    {
        // Known from 10 March: (150 - 100) x 0.5 = 25.00 instead of 30.00.
        _lab.AddPolicy(LabPolicy.Lower, version: 5);
        _north.Feeds[FeedNames.Policies] = had;
        var visit = _north.Settle(Ana, "2025-03-10", 150.00m);

        Deliver();

        Assert.Equal(decision, _lab.Decision(visit.Settlement));
        Assert.Equal(pool, _lab.Balance("SettledPool", _north.Code));
        Assert.Equal(receivable, _lab.Balance("ReceivableFrom", _north.Code));
        Assert.Equal(-(pool + receivable), _lab.Balance("PackageBudget", "*"));
    }

    [Fact]
    public void Settle_OnTheDayBeforeTheNewBookIsKnown_TheOldOneHolds()
    {
        _lab.AddPolicy(LabPolicy.Lower, version: 5);
        var visit = _north.Settle(Ana, "2025-03-09", 150.00m);

        Deliver();

        Assert.Equal("Accepted   3000/0/12000 Nobody", _lab.Decision(visit.Settlement));
    }

    [Theory]
    [InlineData(3, "Adjusted  Blacklisted 0/0/15000 Package", 0)]
    [InlineData(4, "Adjusted  Blacklisted 0/0/15000 Institution", -3000)]
    public void Settle_BlacklistedPerson_IsStaleOrIgnoredByTheFeedVersion(long had, string decision, long receivable)
    {
        _lab.Blacklist(Ana, version: 4);
        _north.Feeds[FeedNames.Blacklist] = had;
        var visit = _north.Settle(Ana, "2025-03-10", 150.00m);

        Deliver();

        Assert.Equal(decision, _lab.Decision(visit.Settlement));
        Assert.Equal(3000, _lab.Balance("SettledPool", _north.Code));
        Assert.Equal(receivable, _lab.Balance("ReceivableFrom", _north.Code));
    }

    [Theory]
    [InlineData(1, "Adjusted  CatalogueStale 2100/0/12900 Package")]
    [InlineData(2, "Adjusted  CatalogueIgnored 2100/0/12900 Institution")]
    public void Settle_ItemThatBecameClassB_IsStaleOrIgnoredByTheFeedVersion(long had, string decision)
    {
        // 150.00 less 10 % pre-self-pay 15.00 = 135.00 - 100.00 = 35.00 x 0.6 = 21.00.
        _lab.Item("A1", "B", "0.1", version: 2);
        _north.Feeds[FeedNames.Catalogue] = had;
        var visit = _north.Settle(Ana, "2025-03-10", 150.00m);

        Deliver();

        Assert.Equal(decision, _lab.Decision(visit.Settlement));
    }

    [Fact]
    public void Settle_SumsThatItsOwnInputsDoNotGive_IsTheInstitutions()
    {
        var visit = _north.Settle(Ana, "2025-03-10", 150.00m, tamper: body => body with { Shares = new SettledShares(9000, 0, 6000) });

        Deliver();

        Assert.Equal("Adjusted  ComputedOtherwise 3000/0/12000 Institution", _lab.Decision(visit.Settlement));
        Assert.Equal(-6000, _lab.Balance("ReceivableFrom", _north.Code));
        Assert.Equal(-3000, _lab.Balance("PackageBudget", "*"));
    }

    [Fact]
    public void Settle_SiteThatForgotItsOwnVisit_BearsItself()
    {
        // 600.00 -> fund 300.00 of the cap of 400.00. Forgotten, again 300.00; true: 600 x 0.6 = 360.00, of the cap 100.00 left.
        _north.Settle(Ana, "2025-03-03", 600.00m);
        _north.Forget(Ana);
        var second = _north.Settle(Ana, "2025-03-04", 600.00m);

        Deliver();

        Assert.Equal("Adjusted  AccumulatorsIgnored 10000/0/50000 Institution", _lab.Decision(second.Settlement));
        Assert.Equal(-20000, _lab.Balance("ReceivableFrom", _north.Code));
    }

    [Fact]
    public void Settle_PersonUnknownToTheHub_IsRefusedWithACase()
    {
        var visit = _north.Settle("53092499999999", "2025-03-10", 150.00m);

        Deliver();

        Assert.Equal("Refused UnknownPerson UnknownPerson 0/0/0 Nobody", _lab.Decision(visit.Settlement));
        Assert.Equal(1, _lab.Number("select count(*) from public_recovery_case where kind = 'UnknownPerson'"));
        Assert.Equal(0, _lab.Balance("SettledPool", _north.Code));
    }

    [Theory]
    [InlineData("2025-03-10", "Accepted   3000/0/12000 Nobody")] // the last day of the cover
    [InlineData("2025-03-11", "Adjusted  NotCovered 0/0/15000 Package")]
    public void Settle_AtTheEndOfTheCover(string day, string decision)
    {
        _lab.Person(Ana, coverEnd: "2025-03-11", version: 2);
        var visit = _north.Settle(Ana, day, 150.00m);

        Deliver();

        Assert.Equal(decision, _lab.Decision(visit.Settlement));
    }

    [Fact]
    public void Settle_OneAccountSpentAtTwoSitesOffline_ThePackageBearsWhatWasNotThere()
    {
        // Account 100.00. Each site takes 100.00 of it; the second visit's fund share is 90.00 by the true deductible.
        _lab.Person(Ana, account: 10_000);
        _north.KnowsAccount(Ana, 10_000);
        _south.KnowsAccount(Ana, 10_000);
        var first = _north.Settle(Ana, "2025-03-03", 150.00m, useAccount: true);
        var second = _south.Settle(Ana, "2025-03-04", 150.00m, useAccount: true);

        Deliver();

        Assert.Equal("Accepted   3000/10000/2000 Nobody", _lab.Decision(first.Settlement));
        Assert.Equal("Adjusted  AccumulatorsStale 9000/0/6000 Package", _lab.Decision(second.Settlement));
        Assert.Equal(-10_000, _lab.Balance("PersonalAccount", Ana));
        // The site took 30.00 from the fund and 100.00 from the account: both come to it, 40.00 of it as offline difference.
        Assert.Equal(13_000, _lab.Balance("SettledPool", _south.Code));
        Assert.Equal(4_000, _lab.Number("select sum(fen) from ledger_leg where event = 'StaleDataPaid' and fen > 0"));
    }

    [Fact]
    public void Settle_AtAPrivateHospital_IsChargedToItsOwnIndicator()
    {
        var hospital = _lab.Site("530924100003", 3, level: 1, type: "private_hospital");
        hospital.Settle(Ana, "2025-03-03", 150.00m);
        hospital.Send();
        _lab.SettleAll();

        Assert.Equal(-3000, _lab.Balance("ProviderIndicator", hospital.Code));
        Assert.Equal(0, _lab.Balance("PackageBudget", "*"));
    }

    [Fact]
    public void Refund_PaidAtAnotherSite_ClosesThePayableAndIsOwedToThatSite()
    {
        var owed = TwoDeductibles();
        _north.Refund(owed, 6000, "2025-03-10");
        Deliver();

        Assert.Equal(0, _lab.Number("select open from public_payable"));
        Assert.Equal(0, _lab.Balance("PayableTo", Ana));
        Assert.Equal(3000 + 6000, _lab.Balance("SettledPool", _north.Code));
        Assert.Equal(0, _lab.Number("select count(*) from public_recovery_case"));
    }

    [Fact]
    public void Refund_PaidTwice_OpensACaseThatClosesWhenMoreIsOwed()
    {
        var owed = TwoDeductibles();
        _north.Refund(owed, 6000, "2025-03-10");
        _south.Refund(owed, 6000, "2025-03-10");
        Deliver();

        Assert.Equal(-6000, _lab.Number("select open from public_payable"));
        Assert.Equal(-6000, _lab.Balance("PayableTo", Ana));
        Assert.Equal(3000 + 3000 + 6000, _lab.Balance("SettledPool", _north.Code) + _lab.Balance("SettledPool", _south.Code));
        Assert.Equal(6000, _lab.Balance("Suspense", _north.Code) + _lab.Balance("Suspense", _south.Code));
        Assert.Equal(6000, _lab.Number("select sum(refunded) from public_decided_rollup"));
        Assert.Equal(6000, _lab.Number($"select amount from public_recovery_case where kind = '{Codes.RefundOverpaid}' and status = 'Open'"));
    }

    [Fact]
    public void Refund_BeforeItsSettlement_WaitsAndIsPostedWhenThatComes()
    {
        // An earlier visit at north uses the deductible: south's patient is owed 60.00, of which 5.00 was paid out already.
        var visit = _south.Settle(Ana, "2025-03-04", 150.00m);
        _north.Settle(Ana, "2025-03-03", 150.00m);
        _north.Refund(visit, 500, "2025-03-05");
        _north.Send();
        _lab.SettleAll();
        Assert.Equal(1, _lab.Number("select count(*) from public_quarantine where released_ms is null"));
        Assert.Equal(3000, _lab.Balance("SettledPool", _north.Code));

        Deliver();

        Assert.Equal(0, _lab.Number("select count(*) from public_quarantine where released_ms is null"));
        Assert.Equal(3500, _lab.Balance("SettledPool", _north.Code));
    }

    [Fact]
    public void Refund_OfWhatWasNeverOwed_LiesInSuspenseUntilItIs()
    {
        // South's visit comes first and is right: nothing is owed. North's earlier visit then makes it 60.00.
        var visit = _south.Settle(Ana, "2025-03-04", 150.00m);
        _south.Refund(visit, 9000, "2025-03-05");
        _north.Settle(Ana, "2025-03-03", 150.00m);
        _south.Send();
        _lab.SettleAll();
        Assert.Equal((3000, 9000), (_lab.Balance("SettledPool", _south.Code), _lab.Balance("Suspense", _south.Code)));
        Assert.Equal(9000, _lab.Number($"select amount from public_recovery_case where kind = '{Codes.RefundOverpaid}' and status = 'Open'"));

        Deliver();

        Assert.Equal((9000, 3000), (_lab.Balance("SettledPool", _south.Code), _lab.Balance("Suspense", _south.Code)));
        Assert.Equal(3000, _lab.Number($"select amount from public_recovery_case where kind = '{Codes.RefundOverpaid}' and status = 'Open'"));
    }

    [Theory]
    [InlineData(6000, 0)] // the same refund sealed again
    [InlineData(5999, 1)]
    public void Refund_KnownIdAgain_IsSetAsideWhenItsContentIsAnother(long amount, int quarantined)
    {
        var owed = TwoDeductibles();
        var refund = _north.Refund(owed, 6000, "2025-03-10");
        _north.Write(Kinds.RefundPaid, "2025-03-10", refund with { Amount = amount });
        Deliver();

        Assert.Equal(quarantined, _lab.Number("select count(*) from public_quarantine where code = 'Duplicated' and owner = 'bureau'"));
        Assert.Equal(3000 + 6000, _lab.Balance("SettledPool", _north.Code));
    }

    [Fact]
    public void Settle_BookThatWasRightOnTheSitesOwnDay_IsNotIgnored()
    {
        // Half past midnight by the hub, still 9 March by the site's clock; the site had been told of the book that is known from the 10th.
        _lab.AddPolicy(LabPolicy.Lower, version: 5);
        _north.Feeds[FeedNames.Policies] = 5;
        var visit = _north.Settle(Ana, "2025-03-09", 150.00m, at: new DateTimeOffset(2025, 3, 9, 16, 30, 0, TimeSpan.Zero));

        Deliver();

        Assert.Equal("Adjusted  PolicyStale 2500/0/12500 Package", _lab.Decision(visit.Settlement));
    }

    [Fact]
    public void Settle_LevelThatChangedAtTheHub_IsNotTheInstitutions()
    {
        // A limit of 50.00 at level 1; the site still computes as level 0, where there is none. 50 - 100 of deductible: the fund pays nothing.
        _lab.Store.Write(session => session.Execute("update catalogue set limit1 = '50.00' where code = 'A1'"));
        _lab.Store.Write(session => session.Execute("update institution set level = 1 where code = @code", new { code = _north.Code }));
        var visit = _north.Settle(Ana, "2025-03-10", 150.00m);

        Deliver();

        Assert.Equal("Adjusted  SiteStale 0/0/15000 Package", _lab.Decision(visit.Settlement));
    }

    [Theory]
    [InlineData("2025-03-09", "Accepted   3000/0/12000 Nobody")] // the last day of the item
    [InlineData("2025-03-10", "Adjusted  CatalogueStale 0/0/15000 Package")]
    public void Settle_ItemThatEnded_CountsByTheServiceDay(string day, string decision)
    {
        LoadItem("A", "0", "2025-01-01", "2025-03-10", version: 5);
        var visit = _north.Settle(Ana, day, 150.00m);

        Deliver();

        Assert.Equal(decision, _lab.Decision(visit.Settlement));
    }

    [Theory]
    [InlineData("2025-03-09", "Accepted   3000/0/12000 Nobody")] // before the new row's first day the old one holds
    [InlineData("2025-03-10", "Adjusted  CatalogueStale 2100/0/12900 Package")]
    public void Settle_ItemWithARowOfALaterPeriod_IsJudgedByTheRowOfItsDay(string day, string decision)
    {
        LoadItem("B", "0.1", "2025-03-10", "", version: 5);
        var visit = _north.Settle(Ana, day, 150.00m);

        Deliver();

        Assert.Equal(decision, _lab.Decision(visit.Settlement));
    }

    [Theory]
    [InlineData(1, "Adjusted  NotCovered 0/0/15000 Package")]
    [InlineData(3, "Adjusted  NotCovered 0/0/15000 Institution")]
    public void Settle_MemberWhoWasRemoved_IsNotCovered(long had, string decision)
    {
        _lab.Store.Write(session => EdgeHub.Hub.Feeds.FeedStore.RemoveMember(session, SettlementLab.Region, Ana, 3));
        _north.Feeds[FeedNames.Members] = had;
        var visit = _north.Settle(Ana, "2025-03-10", 150.00m);

        Deliver();

        Assert.Equal(decision, _lab.Decision(visit.Settlement));
    }

    private void LoadItem(string itemClass, string preSelfPay, string first, string ends, long version) => _lab.Store.Write(session =>
        EdgeHub.Hub.Feeds.FeedStore.PutItem(
            session, SettlementLab.Region, ["A1", "A1", "", itemClass, "9", "", "", "", "", "", "", preSelfPay, first, ends, ""], 9, version));

    [Fact]
    public void Settle_AClosedMonth_IsNotOpenedAgain_TheDifferenceStandsInTheNextOne()
    {
        TwoDeductibles(sendNorth: false);
        _lab.Store.Write(session => EdgeHub.Hub.Ledger.PeriodStore.Close(session, SettlementLab.Region, "2025-03", "clerk", _lab.Clock.Now));
        _lab.Clock.Now = new DateTimeOffset(2025, 4, 2, 8, 0, 0, TimeSpan.Zero);

        Deliver();

        Assert.Equal(["2025-03 2025-03 3000", "2025-04 2025-03 9000"], _lab.Query<string>(
            "select posting_month || ' ' || service_month || ' ' || sum(fund) from public_decided_rollup group by posting_month, service_month order by 1"));
    }

    /// <summary>Two visits of 150.00 at two sites that do not know of each other; the second patient is owed 60.00.</summary>
    private VisitSettled TwoDeductibles(bool sendNorth = true)
    {
        _north.Settle(Ana, "2025-03-03", 150.00m);
        var second = _south.Settle(Ana, "2025-03-04", 150.00m);
        if (sendNorth)
        {
            _north.Send();
        }
        _south.Send();
        _lab.SettleAll();
        return second;
    }

    private void Deliver()
    {
        _north.Send();
        _south.Send();
        _lab.SettleAll();
        Assert.Null(_lab.Store.Read(session => EdgeHub.Hub.VerifyCommand.Run(session, SettlementLab.Region)).First);
    }
}
