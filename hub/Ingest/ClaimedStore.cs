using System.Globalization;
using EdgeHub.Sync.Stores;

namespace EdgeHub.Hub.Ingest;

/// <summary>Table claimed_rollup: what the sites claim, cell by cell.</summary>
public static class ClaimedStore
{
    private const int Columns = 15;

    /// <summary>Cells in one statement: each size is prepared once, and a round to the server goes with each statement.</summary>
    private static readonly int[] Sizes = [32, 8, 1];

    private static readonly string[] Texts = [.. Sizes.Select(Text)];

    /// <summary>Adds what a transaction's batches claim, once for each cell whatever the number of batches. The sites' devices are locked:
    /// nobody else adds to these cells now.</summary>
    public static void Add(StoreSession session, string region, IReadOnlyList<NewSegment> segments)
    {
        if (segments is [var only])
        {
            Put(session, region, [.. only.Lines.Claims.Sums.Select(cell => (only.Site, cell.Key, cell.Value))]);
            return;
        }
        var cells = new Dictionary<(string Site, ClaimKey Key), ClaimSum>();
        foreach (var segment in segments)
        {
            foreach (var (key, sum) in segment.Lines.Claims.Sums)
            {
                var at = (segment.Site, key);
                cells[at] = cells.TryGetValue(at, out var before) ? before.Plus(sum) : sum;
            }
        }
        Put(session, region, [.. cells.Select(cell => (cell.Key.Site, cell.Key.Key, cell.Value))]);
    }

    /// <summary>Adds to each of these cells, which are different ones.</summary>
    public static void Put(StoreSession session, string region, IReadOnlyList<(string Site, ClaimKey Key, ClaimSum Sum)> cells)
    {
        var at = 0;
        for (var size = 0; size < Sizes.Length; size++)
        {
            for (; cells.Count - at >= Sizes[size]; at += Sizes[size])
            {
                var values = new object?[Sizes[size] * Columns];
                for (var row = 0; row < Sizes[size]; row++)
                {
                    var (site, key, sum) = cells[at + row];
                    ReadOnlySpan<object?> cell = [region, site, key.VisitType, key.ServiceMonth, key.Currency, sum.Settled, sum.Reversed, sum.Total, sum.Fund, sum.Account, sum.Cash,
                        sum.Catastrophic, sum.Assistance, sum.Invoices, sum.Invoiced];
                    cell.CopyTo(values.AsSpan(row * Columns));
                }
                session.Prepared(Texts[size]).Execute(values);
            }
        }
    }

    private static string Text(int rows)
    {
        var cells = Enumerable.Range(0, rows).Select(row =>
            "(" + string.Join(", ", Enumerable.Range(1, Columns).Select(column => "$" + ((row * Columns) + column).ToString(CultureInfo.InvariantCulture))) + ")");
        return $"""
            insert into claimed_rollup (region, site, visit_type, service_month, currency, settled, reversed, total, fund, account, cash,
                catastrophic, assistance, invoices, invoiced)
            values {string.Join(", ", cells)}
            on conflict (region, site, visit_type, service_month, currency) do update set
                settled = claimed_rollup.settled + excluded.settled, reversed = claimed_rollup.reversed + excluded.reversed,
                total = claimed_rollup.total + excluded.total, fund = claimed_rollup.fund + excluded.fund,
                account = claimed_rollup.account + excluded.account, cash = claimed_rollup.cash + excluded.cash,
                catastrophic = claimed_rollup.catastrophic + excluded.catastrophic, assistance = claimed_rollup.assistance + excluded.assistance,
                invoices = claimed_rollup.invoices + excluded.invoices, invoiced = claimed_rollup.invoiced + excluded.invoiced
            """;
    }
}
