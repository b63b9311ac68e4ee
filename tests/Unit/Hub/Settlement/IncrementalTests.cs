using EdgeHub.Tests.Unit.Hub.Lab;

namespace EdgeHub.Tests.Unit.Hub.Settlement;

/// <summary>An entry costs what its own person's year costs: nobody else's rows are written, and what stays as it was writes nothing.
/// Book: deductible 100.00 a year, then 60 %, cap 400.00.</summary>
public sealed class IncrementalTests : IDisposable
{
    private const string Ana = "53092400000000";
    private readonly SettlementLab _lab = new();
    private readonly LabSite _north;
    private readonly LabSite _south;

    public IncrementalTests()
    {
        _north = _lab.Site("530924100201", 1);
        _south = _lab.Site("530924100202", 2);
        for (var i = 0; i < 20; i++)
        {
            var person = $"530924000000{i:00}";
            _lab.Person(person);
            for (var visit = 0; visit < 4; visit++)
            {
                _north.Settle(person, $"2025-03-{3 + visit:00}", 150.00m);
            }
        }
        _north.Send();
        _lab.SettleAll();
        _lab.Watch.Counts.Clear();
    }

    public void Dispose() => _lab.Dispose();

    [Fact]
    public void Settle_OneMoreVisit_WritesItsOwnRowsAlone()
    {
        _north.Settle(Ana, "2025-03-20", 10.00m);
        _north.Send();

        var report = _lab.SettleAll();

        Assert.Equal((1, 1), (report.PersonYears, report.Decisions));
        Assert.Equal((1, 1, 1), (Ran("insert into settlement_fact"), Ran("insert into decision "), Ran("update settlement_fact set decision")));
        // Deductible and fund pay of the year: Ana's two, told anew because an entry of Ana's was judged.
        Assert.Equal(2, Ran("insert into person_accumulator"));
        Assert.Equal((1, 2), (Ran("insert into ledger_set"), Ran("insert into ledger_leg")));
        Assert.Equal((0, 0, 0), (Ran("update settlement_fact set standing"), Ran("insert into payable"), Ran("insert into recovery_case")));
    }

    [Fact]
    public void Settle_EarlierVisitFromElsewhere_DecidesAnewOnlyWhatFollows()
    {
        _south.Settle(Ana, "2025-03-04", 10.00m);
        _south.Send();

        // The new one and the three behind it, which stand on other accumulators now; the one of 3 March stays. Nobody is owed anything.
        var report = _lab.SettleAll();
        Assert.Equal((1, 4), (report.PersonYears, report.Decisions));
        Assert.Equal(4, Ran("update settlement_fact set decision"));
        Assert.Equal((2, 0), (Ran("insert into person_accumulator"), Ran("update settlement_fact set standing")));
        Assert.Equal(1, _lab.Number("select decision_version from settlement_fact where person = @Ana and service_day = '2025-03-03'", new { Ana }));
        Assert.Equal(19 * 4, _lab.Number("select count(*) from settlement_fact where decision_version = 1 and person <> @Ana", new { Ana }));
    }

    /// <summary>Read ahead for all of them, or it would be asked for each: on PostgreSQL each question is a message there and back.</summary>
    [Fact]
    [Trait("Engine", "Postgres")] // SQLite reads some of it one by one, for it would read a whole region for a list
    public void Settle_ManyAtOnce_AsksNothingForEach()
    {
        for (var i = 0; i < 40; i++)
        {
            _north.Settle($"530924000000{i % 20:00}", $"2025-03-{10 + (i / 20):00}", 150.00m);
        }
        _north.Send();

        var report = _lab.SettleAll();

        Assert.Equal((40, 20, 40), (report.Entries, report.PersonYears, report.Decisions));
        Assert.DoesNotContain(_lab.Watch.Counts, each => each.Key.TrimStart().StartsWith("select", StringComparison.Ordinal) && each.Value > 4);
        // What every settlement adds to is written once for all.
        Assert.InRange(Ran("insert into ledger_month") + Ran("insert into decided_rollup") + Ran("insert into entry_count"), 3, 8);
    }

    [Fact]
    public void Settle_NothingNew_WritesNothing()
    {
        _lab.SettleAll();

        Assert.Equal(0, Ran("insert into") + Ran("update ") + Ran("delete from"));
    }

    [Fact]
    public void Settle_YearThatIsComputedAgainUnchanged_WritesNothing()
    {
        _lab.Store.Write(session => session.Execute("insert into year_again values ('530924', @Ana, 2025, 'test', 0)", new { Ana }));
        _lab.Watch.Counts.Clear();

        var report = _lab.Store.Write(_lab.Settler.SettleOnce);

        Assert.Equal((1, 0), (report.PersonYears, report.Decisions));
        Assert.Equal((0, 0, 0), (Ran("insert into"), Ran("update "), Ran("delete from") - Ran("delete from year_again")));
    }

    private int Ran(string statement) => _lab.Watch.Counts.Where(each => each.Key.TrimStart().StartsWith(statement, StringComparison.Ordinal)).Sum(each => each.Value);
}
