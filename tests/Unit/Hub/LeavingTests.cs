using EdgeHub.Hub.Feeds;
using EdgeHub.Sync.Feeds;

namespace EdgeHub.Tests.Unit.Hub;

/// <summary>A site that has no more business with a person is told to forget what it was told.</summary>
public sealed class LeavingTests
{
    private const string Spent = "AccountSpent/Year/2025/*";
    private const string Fund = "FundPay/Year/2025/*";

    private static MemberRow Member(string person, string village, string owner = "") => new(
        person, "ID" + person, "", "李文", "1", new DateOnly(1980, 1, 1), village, "390", "15", TempHub.Region, new DateOnly(2025, 1, 1), "", "1", 0) { AccountOwner = owner };

    private static void Load(TempHub hub, params MemberRow[] members) => MemberFile.Load(hub.Store, members, whole: false);

    private static void Payable(TempHub hub, string settlement, string person, long version) => hub.Store.Write(session => session.Execute(
        """
        insert into payable (region, settlement, person, decision, amount, paid, cause, currency, site, since_ms, version)
        values ('530924', @settlement, @person, @settlement, 500, 0, 'LimitIgnored', 'CNY', '530924100201', 0, @version)
        """, new { settlement = Guid.Parse(settlement), person, version }));

    private static IEnumerable<string> Gone(IEnumerable<FeedRow> rows) => rows.Where(row => row.Removed).Select(row => row.Key).Distinct().Order(StringComparer.Ordinal);

    private static IEnumerable<string> Come(IEnumerable<FeedRow> rows) => rows.Where(row => !row.Removed).Select(row => row.Key).Distinct().Order(StringComparer.Ordinal);

    [Fact]
    public void Village_LeavesTheCatchment_AmountsAndPayablesOfItsPersonsAreTakenAway()
    {
        using var hub = new TempHub();
        using var site = new FeedPull(hub);
        site.Serve(FeedPull.Village);
        site.Serve(FeedPull.OtherVillage);
        Load(hub, Member("P1", FeedPull.Village), Member("P2", FeedPull.Village), Member("P3", FeedPull.OtherVillage));
        hub.Store.Write(session => session.Execute("insert into site_person (region, site, person) values ('530924', '530924100201', 'P2')"));
        site.Accumulate(("P1", Fund, 1), ("P2", Fund, 2), ("P3", Fund, 3));
        Payable(hub, "00000000-0000-7000-8000-000000000001", "P1", 4);
        Payable(hub, "00000000-0000-7000-8000-000000000002", "P2", 4);
        var (fed, held) = site.Pull(FeedNames.Accumulators, 0);
        Assert.Equal(["P1|" + Fund, "P2|" + Fund, "P3|" + Fund], Come(fed));
        Assert.Equal(2, Come(site.Pull(FeedNames.Payables, 0).Rows).Count());

        site.Serve(FeedPull.Village, served: false);
        (fed, var later) = site.Pull(FeedNames.Accumulators, held);
        Assert.Equal(["P1|" + Fund], Gone(fed));
        Assert.Empty(Come(fed));
        Assert.Equal(["00000000-0000-7000-8000-000000000001"], Gone(site.Pull(FeedNames.Payables, held).Rows));
        Assert.Empty(site.Pull(FeedNames.Accumulators, later).Rows);
        Assert.Equal(["P3|" + Fund], Come(site.Pull(FeedNames.Accumulators, 0).Rows).Except(["P2|" + Fund]));

        site.Serve(FeedPull.Village);
        Assert.Equal(["P1|" + Fund, "P2|" + Fund], Come(site.Pull(FeedNames.Accumulators, later).Rows));
    }

    [Fact]
    public void Person_MovesAway_AmountsAreTakenAwayAndReachTheNewSite()
    {
        using var hub = new TempHub();
        using var site = new FeedPull(hub);
        site.Serve(FeedPull.Village);
        Load(hub, Member("P1", FeedPull.Village), Member("P2", FeedPull.Village));
        site.Accumulate(("P1", Fund, 1), ("P2", Fund, 2));
        Payable(hub, "00000000-0000-7000-8000-000000000001", "P1", 3);
        var held = site.Pull(FeedNames.Accumulators, 0).Version;

        Load(hub, Member("P1", FeedPull.OtherVillage));
        var (fed, later) = site.Pull(FeedNames.Accumulators, held);
        Assert.Equal(["P1|" + Fund], Gone(fed));
        Assert.Empty(Come(fed));
        Assert.Equal(["00000000-0000-7000-8000-000000000001"], Gone(site.Pull(FeedNames.Payables, held).Rows));

        Load(hub, Member("P1", FeedPull.Village));
        fed = site.Pull(FeedNames.Accumulators, held).Rows;
        Assert.Equal("P1|" + Fund, fed.Last(row => row.Key == "P1|" + Fund && !row.Removed).Key);
        Assert.False(fed.Last(row => row.Key == "P1|" + Fund).Removed);
        Assert.Equal(["P1|" + Fund], Come(site.Pull(FeedNames.Accumulators, later).Rows));
    }

    [Fact]
    public void Member_Removed_AmountsAreTakenAway()
    {
        using var hub = new TempHub();
        using var site = new FeedPull(hub);
        site.Serve(FeedPull.Village);
        Load(hub, Member("P1", FeedPull.Village), Member("P2", FeedPull.Village));
        site.Accumulate(("P1", Fund, 1), ("P2", Fund, 2));
        var held = site.Pull(FeedNames.Accumulators, 0).Version;
        MemberFile.Load(hub.Store, [Member("P2", FeedPull.Village)], whole: true);
        Assert.Equal(["P1|" + Fund], Gone(site.Pull(FeedNames.Accumulators, held).Rows));
    }

    [Fact]
    public void LastDependant_Leaves_WhatWasSpentOfTheOwnersAccountIsTakenAway()
    {
        using var hub = new TempHub();
        using var site = new FeedPull(hub);
        site.Serve(FeedPull.Village);
        Load(hub, Member("P0", FeedPull.OtherVillage), Member("P1", FeedPull.Village, "P0"), Member("P2", FeedPull.Village, "P0"));
        site.Accumulate(("P0", Spent, 7), ("P1", Fund, 1));
        var (fed, held) = site.Pull(FeedNames.Accumulators, 0);
        Assert.Equal(["P0|" + Spent, "P1|" + Fund], Come(fed));

        Load(hub, Member("P1", FeedPull.OtherVillage, "P0"));
        (fed, held) = site.Pull(FeedNames.Accumulators, held);
        Assert.Equal(["P1|" + Fund], Gone(fed));
        Load(hub, Member("P2", FeedPull.OtherVillage, "P0"));
        Assert.Equal(["P0|" + Spent], Gone(site.Pull(FeedNames.Accumulators, held).Rows));
    }
}
