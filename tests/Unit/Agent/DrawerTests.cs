using EdgeHub.Agent.Access;
using EdgeHub.Agent.Desk.Daily;
using EdgeHub.Agent.Settlement;
using EdgeHub.Agent.Store;
using EdgeHub.Pages.Web;
using EdgeHub.Rules;
using EdgeHub.Sync.Journal;
using EdgeHub.Tests.Unit.Agent.Kit;

namespace EdgeHub.Tests.Unit.Agent;

/// <summary>Counting the drawer, and the evidence of instant settlement (Z27, rule 2).</summary>
public sealed class DrawerTests
{
    private static readonly Operator Cashier = new("03", "陈收费", Roles.Cashier);

    [Theory]
    [InlineData("28.00", "", true)]
    [InlineData("28", "", true)]
    [InlineData("28,00", "", true)]
    [InlineData("27.99", "", false)]
    [InlineData("27.99", "coins", true)]
    [InlineData("0", "stolen", true)]
    [InlineData("-1", "below nothing", false)]
    [InlineData("28.001", "", false)]
    [InlineData("many", "", false)]
    [InlineData(null, "", false)]
    public async Task Count_IsKept_WithAReasonWhereItDiffers(string? counted, string reason, bool kept)
    {
        await using var station = await Station.Start();
        await station.Treat(1, 40m);
        var outcome = await station.Part<Drawer>().Count(Cashier, counted, reason);
        Assert.Equal(kept, outcome is CountOutcome.Kept);
        await station.Sync();
        var entries = station.Hub.Entries().Where(each => each.Head.Kind == Kinds.DrawerCounted).ToList();
        Assert.Equal(kept ? 1 : 0, entries.Count);
        if (outcome is CountOutcome.Kept { Count: var count })
        {
            Assert.Equal((28_00L, reason, "03"), (count.Expected, count.Reason, count.Operator));
            Assert.Equal(count, JournalCodec.ReadBody<DrawerCounted>(System.Text.Encoding.UTF8.GetBytes(entries[0].Body)));
            var shown = Assert.Single(await station.Store.Do(session => EvidenceStore.Counts(session, count.Day)));
            Assert.Equal((count.Count, count.Counted), (shown.Count, shown.Counted));
        }
    }

    [Fact]
    public async Task Expected_IsWhatTheDayLeaves_ReversalsTakenOff()
    {
        await using var station = await Station.Start();
        await station.Treat(1, 40m);
        var back = await station.Treat(2, 40m);
        Assert.IsType<MoneyOutcome.Done>(await station.Reverse(back.Settlement));
        Assert.Equal(28_00, Drawer.Expected(await station.Part<LookUps>().DayTotals(station.Store.Clock.Today)));
    }

    [Fact]
    public async Task Evidence_HasEveryVisit_AndWhatTheLimitStopped()
    {
        await using var station = await Station.Start(["offline.after_minutes", 0, "1", "minutes"]);
        var settled = await station.Treat(1, 40m);
        var back = await station.Treat(2, 40m);
        await station.Reverse(back.Settlement);
        var open = await station.CheckIn(3);
        station.Hub.Up = false;
        station.Clock.Advance(TimeSpan.FromMinutes(5));
        var stopped = await station.CheckIn(4, "14");
        Assert.Equal(Codes.OfflineAmountPerVisit, Station.Refused(await station.Settle(stopped.Visit, station.Bill(560m))).Code);
        var rows = (await station.Store.Do(session => EvidenceStore.OfDay(session, station.Store.Clock.Today))).ToDictionary(row => row.Visit);
        Assert.Equal(4, rows.Count);
        Assert.Equal((settled.Settlement, null), (rows[settled.Visit].Settlement, rows[settled.Visit].Reversal));
        Assert.NotNull(rows[back.Visit].Reversal);
        Assert.Equal((null, null), (rows[open.Visit].Settlement, rows[open.Visit].RefusedBy));
        Assert.Equal((null, Codes.OfflineAmountPerVisit), (rows[stopped.Visit].Settlement, rows[stopped.Visit].RefusedBy));
    }

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("say \"a\"", "\"say \"\"a\"\"\"")]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("-12.50", "-12.50")]
    [InlineData("", "")]
    public void CsvField_IsQuoted_AndNoFormula(string value, string written) => Assert.Equal(written, CsvAnswer.Field(value));
}
