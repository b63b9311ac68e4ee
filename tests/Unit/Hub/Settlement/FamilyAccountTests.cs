using EdgeHub.Sync.Feeds;
using EdgeHub.Tests.Unit.Hub.Lab;

namespace EdgeHub.Tests.Unit.Hub.Settlement;

/// <summary>Persons whom one account joins in a scheme year are computed together; what was spent lives once, under the owner.
/// Book: deductible 100.00 a year, then 60 %. Cleo owns an account of 100.00 and pays for Ana and Bo.</summary>
public sealed class FamilyAccountTests : IDisposable
{
    private const string Ana = "53092400000001";
    private const string Bo = "53092400000002";
    private const string Cleo = "53092400000003";
    private readonly SettlementLab _lab = new();
    private readonly LabSite _north;
    private readonly LabSite _south;

    public FamilyAccountTests()
    {
        _lab.Person(Cleo, account: 10_000);
        _lab.Person(Ana, account: 10_000, owner: Cleo);
        _lab.Person(Bo, account: 10_000, owner: Cleo);
        _north = _lab.Site("530924100201", 1);
        _south = _lab.Site("530924100202", 2);
        foreach (var site in (LabSite[])[_north, _south])
        {
            site.KnowsAccount(Cleo, 10_000);
        }
    }

    public void Dispose() => _lab.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Settle_OneAccountForThreePersonsAtTwoSites_IsSpentOnce(bool northFirst)
    {
        // 80 of eligible are under the deductible: the account pays 80.00 for Ana; for Bo 20.00 are left, for Cleo nothing.
        var ana = _north.Settle(Ana, "2025-03-03", 80.00m, useAccount: true, owner: Cleo);
        var bo = _south.Settle(Bo, "2025-03-04", 80.00m, useAccount: true, owner: Cleo);
        var cleo = _south.Settle(Cleo, "2025-03-05", 80.00m, useAccount: true);
        (northFirst ? _north : _south).Send();
        _lab.SettleAll();
        Deliver();

        Assert.Equal("Accepted   0/8000/0 Nobody", _lab.Decision(ana.Settlement));
        Assert.Equal("Adjusted  AccumulatorsStale 0/2000/6000 Package", _lab.Decision(bo.Settlement));
        Assert.Equal("Adjusted  AccumulatorsStale 0/0/8000 Package", _lab.Decision(cleo.Settlement));
        Assert.Equal((-10_000, 0, 0), (_lab.Balance("PersonalAccount", Cleo), _lab.Balance("PersonalAccount", Ana), _lab.Balance("PersonalAccount", Bo)));
        Assert.Equal([$"{Cleo} 10000"], _lab.Query<string>("select person || ' ' || amount from public_accumulator where accumulator = 'AccountSpent/Year/2025/*' order by 1"));
        Assert.Equal(0, _lab.Number("select count(*) from public_accumulator where accumulator like '%account:%'"));
    }

    [Fact]
    public void Settle_ReversedForOne_IsLeftForTheOthersAndOnlyWhatChangedIsWritten()
    {
        var ana = _north.Settle(Ana, "2025-03-03", 80.00m, useAccount: true, owner: Cleo);
        var bo = _south.Settle(Bo, "2025-03-04", 80.00m, useAccount: true, owner: Cleo);
        Deliver();
        var before = _lab.Number("select max(version) from public_accumulator where person = @Bo", new { Bo });
        _north.Reverse(ana, "2025-03-05");
        Deliver();

        Assert.Equal("Accepted   0/8000/0 Nobody", _lab.Decision(bo.Settlement));
        Assert.Equal(8_000, _lab.Number("select amount from public_accumulator where person = @Cleo and accumulator like 'AccountSpent%'", new { Cleo }));
        // Bo's own accumulators did not change and no entry of Bo's was judged: they keep their version.
        Assert.Equal(before, _lab.Number("select max(version) from public_accumulator where person = @Bo", new { Bo }));
    }

    [Theory]
    [InlineData(1, "MemberStale", "Package")]
    [InlineData(5, "MemberIgnored", "Institution")]
    public void Settle_WithAnAccountThatPaysNoMore_TheAccountPaysNothing(long had, string cause, string bears)
    {
        _lab.Person(Ana, account: 0, version: 5);
        _lab.Store.Write(session => session.Execute("update member set account_owner = '' where person = @Ana", new { Ana }));
        _north.Feeds[FeedNames.Members] = had;
        var visit = _north.Settle(Ana, "2025-03-03", 80.00m, useAccount: true, owner: Cleo);
        Deliver();

        Assert.Equal($"Adjusted  {cause} 0/0/8000 {bears}", _lab.Decision(visit.Settlement));
        Assert.Equal(0, _lab.Balance("PersonalAccount", Cleo));
    }

    [Fact]
    public void Settle_AccountThatThePatientDidNotWantUsed_PaysNothingAndTheInstitutionBearsIt()
    {
        var visit = _north.Settle(Cleo, "2025-03-03", 80.00m, useAccount: true, tamper: body => body with { UseAccount = false });
        Deliver();

        Assert.Equal("Adjusted  ComputedOtherwise 0/0/8000 Institution", _lab.Decision(visit.Settlement));
        Assert.Equal((0, -8_000), (_lab.Balance("PersonalAccount", Cleo), _lab.Balance("ReceivableFrom", _north.Code)));
    }

    [Fact]
    public void Settle_MorePersonsAtOneAccountThanAnyFamilyHas_AreSetAside()
    {
        for (var i = 0; i < _lab.Settings.MostJoinedByAccounts; i++)
        {
            var person = $"530924001000{i:00}";
            _lab.Person(person, account: 10_000, owner: Cleo);
            _north.Settle(person, "2025-03-03", 1.00m, useAccount: true, owner: Cleo);
        }
        Deliver();

        Assert.Equal("TooMany bureau", Assert.Single(_lab.Query<string>("select code || ' ' || owner from public_quarantine")));
        Assert.Equal(_lab.Settings.MostJoinedByAccounts - 1, _lab.Number("select count(*) from settlement_fact"));
    }

    private void Deliver()
    {
        _north.Send();
        _south.Send();
        _lab.SettleAll();
        Assert.Null(_lab.Store.Read(session => EdgeHub.Hub.VerifyCommand.Run(session, SettlementLab.Region)).First);
    }
}
