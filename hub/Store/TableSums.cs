using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using EdgeHub.Hub.Jobs;
using EdgeHub.Sync.Stores;

namespace EdgeHub.Hub.Store;

/// <summary>A room's tables that nothing but its loaders writes, and the columns that are summed up. Whatever a migration adds to such a table later is
/// not in the sums of before: a new column is summed up under a new name.</summary>
/// <param name="Name">Of the sum: what was loaded.</param>
public sealed record SummedTables(string Name, params IReadOnlyList<(string Table, string Columns)> Tables);

/// <summary>Table table_sum: a sum over what was loaded, renewed with each load that changes something. Verify sees by it whether anything else changed
/// a row, a disk for example. A hub of before has none until its next load.</summary>
public static class TableSums
{
    private const char Apart = '\u001f';

    /// <summary>At the end of a load, in its transaction.</summary>
    public static void KeepIf(bool changed, StoreSession session, string region, SummedTables what)
    {
        if (!changed)
        {
            return;
        }
        var (rows, sum) = Of(session, region, what);
        session.Prepared("insert into table_sum (region, name, rows, sum) values ($1, $2, $3, $4) on conflict (region, name) do update set rows = excluded.rows, sum = excluded.sum")
            .Execute(region, what.Name, rows, sum);
    }

    /// <summary>For verify.</summary>
    public static void Compare(StoreSession session, string region, SummedTables what, AuditNotes notes)
    {
        string kept;
        using (var row = session.Prepared("select rows, sum from table_sum where region = $1 and name = $2").Read(region, what.Name))
        {
            if (!row.Read())
            {
                return;
            }
            kept = Shown(row.GetInt64(0), row.GetInt64(1));
        }
        var (rows, sum) = Of(session, region, what);
        notes.Count("loaded row", rows);
        notes.Same("loaded", what.Name, kept, Shown(rows, sum));
    }

    private static string Shown(long rows, long sum) => string.Create(CultureInfo.InvariantCulture, $"{rows} rows, sum {sum:x16}");

    /// <summary>In no order: each row's hash is added, and a count.</summary>
    private static (long Rows, long Sum) Of(StoreSession session, string region, SummedTables what)
    {
        var (rows, sum) = (0L, 0L);
        var text = new StringBuilder();
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        foreach (var (table, columns) in what.Tables)
        {
            var many = columns.Count(letter => letter == ',') + 1;
            using var row = session.Prepared($"select {columns} from {table} where region = $1").Read(region);
            while (row.Read())
            {
                text.Clear().Append(table);
                for (var i = 0; i < many; i++)
                {
                    text.Append(Apart).Append(row.IsDBNull(i) ? "\0" : Convert.ToString(row.GetValue(i), CultureInfo.InvariantCulture));
                }
                SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString()), hash);
                (rows, sum) = (rows + 1, unchecked(sum + BitConverter.ToInt64(hash)));
            }
        }
        return (rows, sum);
    }
}
