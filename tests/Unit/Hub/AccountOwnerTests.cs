using System.Text;
using EdgeHub.Hub.Feeds;
using EdgeHub.Hub.Jobs;
using EdgeHub.Hub.Operations;
using EdgeHub.Sync.Feeds;

namespace EdgeHub.Tests.Unit.Hub;

/// <summary>The family shared account in the members' file and in the feeds.</summary>
public sealed class AccountOwnerTests
{
    private const int Account = 15;
    private const int Owner = 16;
    private static readonly string[] Columns = [.. MemberFile.Columns, MemberFile.AccountOwner];
    private static readonly int AccountCell = MemberFile.Columns.ToList().IndexOf("account");

    private static string[][] Rows(int count) =>
        [.. new MemberSample(TempHub.Region, [FeedPull.Village, FeedPull.OtherVillage], 7).Persons(count).Select(row => (string[])[.. row.Take(AccountCell), "100.00", ""])];

    private static IReadOnlyList<MemberRow> Read(params string[][] rows)
    {
        var text = new StringWriter();
        CsvFile.Write(text, Columns, rows);
        return MemberFile.Read(CsvTable.Read(new MemoryStream(Encoding.UTF8.GetBytes(text.ToString())), "members.csv", MemberFile.Columns));
    }

    private static string[] Under(string[] row, string owner, string account = "") => [.. row[..AccountCell], account, owner];

    private static FileFault Refused(TempHub hub, params string[][] rows) =>
        Assert.Single(Assert.Throws<FileFaultException>(() => MemberFile.Load(hub.Store, Read(rows), whole: false, "members.csv")).Faults);

    [Fact]
    public void Load_DependantWithoutAmount_HasTheOwnersBalance()
    {
        using var hub = new TempHub();
        var rows = Rows(3);
        MemberFile.Load(hub.Store, Read(rows[0], Under(rows[1], rows[0][0]), Under(rows[2], rows[0][0], "100.00")), whole: true);
        Assert.Equal(3, hub.Count("select count(*) from public_member where account = 10000"));
        Assert.Equal(2, hub.Count($"select count(*) from public_member where account_owner = '{rows[0][0]}'"));
    }

    [Fact]
    public void Load_WhatABillRestsOnChanges_TheFormerRowIsKept()
    {
        using var hub = new TempHub();
        var rows = Rows(3);
        MemberFile.Load(hub.Store, Read(rows[0], Under(rows[1], rows[0][0]), rows[2]), whole: true);
        rows[0][AccountCell] = "70.00";
        MemberFile.Load(hub.Store, Read(rows[0]), whole: false); // the owner's row, and the dependant's through it
        Assert.Equal(2, hub.Count("select count(*) from member_past where account = 10000 and version = 1 and until_ms > 0"));
        rows[0][4] = rows[0][4] == "1" ? "2" : "1"; // no bill rests on it
        MemberFile.Load(hub.Store, Read(rows[0]), whole: false);
        Assert.Equal(2, hub.Count("select count(*) from member_past"));
        MemberFile.Load(hub.Store, Read(rows[0], Under(rows[1], rows[0][0])), whole: true); // the third is removed
        Assert.Equal(1, hub.Count($"select count(*) from member_past where person = '{rows[2][0]}'"));
    }

    [Fact]
    public void Load_OwnersBalanceChanges_DependantsGetANewVersion()
    {
        using var hub = new TempHub();
        var rows = Rows(3);
        MemberFile.Load(hub.Store, Read(rows[0], Under(rows[1], rows[0][0]), rows[2]), whole: true);
        rows[0][AccountCell] = "70.00";
        Assert.Equal((2, 0), MemberFile.Load(hub.Store, Read(rows[0]), whole: false));
        Assert.Equal(2, hub.Count("select count(*) from member where account = 7000 and version = 2"));
        Assert.Equal((0, 0), MemberFile.Load(hub.Store, Read(rows[0], Under(rows[1], rows[0][0])), whole: false));
        Assert.Equal((1, 0), MemberFile.Load(hub.Store, Read(rows[1]), whole: false));
        Assert.Equal(1, hub.Count("select count(*) from member where account = 7000"));
    }

    [Fact]
    public void Load_OwnerThatIsNone_IsNamedByLineAndColumn()
    {
        using var hub = new TempHub();
        var rows = Rows(4);
        var unknown = Refused(hub, rows[0], Under(rows[1], "530924999"));
        Assert.Equal((3, "account_owner", "530924999"), (unknown.Line, unknown.Column, unknown.Value));
        Assert.Equal((2, "account_owner"), (Refused(hub, Under(rows[0], rows[0][0])).Line, Refused(hub, Under(rows[0], rows[0][0])).Column));
        var chain = Refused(hub, rows[0], Under(rows[1], rows[0][0]), Under(rows[2], rows[1][0]));
        Assert.Equal((4, "account_owner", rows[1][0]), (chain.Line, chain.Column, chain.Value));
        rows[3][9] = "530925";
        Assert.Equal((3, "account_owner"), (Refused(hub, rows[0], Under(rows[3], rows[0][0])).Line, Refused(hub, rows[0], Under(rows[3], rows[0][0])).Column));
        Assert.Equal((3, "account"), (Refused(hub, rows[0], Under(rows[1], rows[0][0], "99.99")).Line, Refused(hub, rows[0], Under(rows[1], rows[0][0], "99.99")).Column));
    }

    [Fact]
    public void Load_OwnerChangesUnderItsDependants_IsRefusedAtTheOwnersLine()
    {
        using var hub = new TempHub();
        var rows = Rows(4);
        MemberFile.Load(hub.Store, Read(rows[0], Under(rows[1], rows[0][0]), rows[2]), whole: true);
        var dependant = Refused(hub, rows[2], Under(rows[0], rows[2][0]));
        Assert.Equal((3, "account_owner"), (dependant.Line, dependant.Column));
        rows[0][9] = "530925";
        var area = Refused(hub, rows[0]);
        Assert.Equal((2, "pooling_area", "530925"), (area.Line, area.Column, area.Value));
    }

    [Fact]
    public void Load_TwentyDependants_AreTakenAndTheNextIsRefused()
    {
        using var hub = new TempHub();
        var rows = Rows(22);
        var family = rows.Take(21).Select((row, i) => i == 0 ? row : Under(row, rows[0][0])).ToArray();
        Assert.Equal((21, 0), MemberFile.Load(hub.Store, Read(family), whole: true));
        Assert.Equal((2, "account_owner"), (Refused(hub, Under(rows[21], rows[0][0])).Line, Refused(hub, Under(rows[21], rows[0][0])).Column));
        Assert.Equal(23, Refused(hub, [.. family, Under(rows[21], rows[0][0])]).Line);
    }

    [Fact]
    public void Load_WholeListWithoutTheOwner_IsRefused()
    {
        using var hub = new TempHub();
        var rows = Rows(2);
        MemberFile.Load(hub.Store, Read(rows[0], Under(rows[1], rows[0][0])), whole: true);
        Assert.Equal(2, Assert.Throws<FileFaultException>(() => MemberFile.Load(hub.Store, Read(Under(rows[1], rows[0][0])), whole: true)).Faults[0].Line);
        Assert.Equal((0, 2), MemberFile.Load(hub.Store, [], whole: true));
    }

    [Fact]
    public void Feeds_OfADependantsSite_BringTheOwnerAndWhatWasSpentOfTheAccount()
    {
        using var hub = new TempHub();
        using var site = new FeedPull(hub);
        site.Serve(FeedPull.Village);
        var rows = Rows(3);
        rows[0][6] = FeedPull.OtherVillage;
        (rows[1][6], rows[2][6]) = (FeedPull.Village, FeedPull.Village);
        MemberFile.Load(hub.Store, Read(rows[0], Under(rows[1], rows[0][0]), rows[2]), whole: true);
        site.Accumulate((rows[0][0], "AccountSpent/Year/2025/*", 12), (rows[0][0], "FundPay/Year/2025/*", 99), (rows[1][0], "FundPay/Year/2025/*", 5));

        var members = site.Pull(FeedNames.Members, 0);
        Assert.Equal([rows[0][0], ""], members.Rows.OrderBy(row => row.Key).Select(row => row.Text(Owner - 1)));
        Assert.Equal([100_00L, 100_00], members.Rows.Select(row => row.Number(Account - 1)));
        var (fed, held) = site.Pull(FeedNames.Accumulators, 0);
        Assert.Equal([(rows[0][0] + "|AccountSpent/Year/2025/*", 12L), (rows[1][0] + "|FundPay/Year/2025/*", 5)], fed.Select(row => (row.Key, row.Number(4))).Order());

        site.Accumulate((rows[0][0], "AccountSpent/Year/2025/*", 13), (rows[0][0], "FundPay/Year/2025/*", 100));
        (fed, held) = site.Pull(FeedNames.Accumulators, held);
        Assert.Equal([(rows[0][0] + "|AccountSpent/Year/2025/*", 13L)], fed.Select(row => (row.Key, row.Number(4))));

        MemberFile.Load(hub.Store, Read(Under(rows[2], rows[0][0])), whole: false);
        (fed, held) = site.Pull(FeedNames.Accumulators, held);
        Assert.Equal([(rows[0][0] + "|AccountSpent/Year/2025/*", 13L)], fed.Select(row => (row.Key, row.Number(4))));
        Assert.Empty(site.Pull(FeedNames.Accumulators, held).Rows);
    }
}
