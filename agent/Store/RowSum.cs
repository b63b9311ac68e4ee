using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using EdgeHub.Rules;
using EdgeHub.Sync.Stores;

namespace EdgeHub.Agent.Store;

/// <summary>A sum over the columns of a row that the hub fed, kept beside them: a bit that turned over on the disk is seen when the row is read. Not
/// keyed: who can write the file can write the sum too, and is met by the hub, which computes by its own rows. Rows of before have none (null),
/// until a snapshot brings them again.</summary>
public static class RowSum
{
    private const char Apart = '\u001f';

    /// <summary>Tables of fed rows with their columns in the sum's order, the key first; and the key's words for people.</summary>
    public static readonly IReadOnlyDictionary<string, string> Columns = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["catalogue_item"] = "code, name, pinyin, class, category, unit, price, limit0, limit1, limit2, limit3, pre_self_pay, valid_first, valid_end, remark",
        ["parameter"] = "name, value, unit",
        ["blacklist"] = "feed_key, person, reason, valid_first, valid_end",
        ["accumulator_fed"] = "person, accumulator, amount, includes_epoch, includes_seq",
        ["payable"] = "feed_key, person, settlement, decision, amount, open, cause, includes_epoch, includes_seq",
        ["decision"] = "feed_key, settlement, status, code, fund_difference, cause, decided_at",
        ["booking"] = "feed_key, person, starts_at, minutes, room, profession, staff, state, fee, currency",
        ["fee"] = "feed_key, person, day, amount, currency",
    };

    /// <summary>The sum of a row's values, in the order of <see cref="Columns"/>.</summary>
    public static long Of(string table, params ReadOnlySpan<object?> values)
    {
        var text = new StringBuilder(table);
        foreach (var value in values)
        {
            text.Append(Apart).Append(value switch { null => "\0", string word => word, IFormattable number => number.ToString(null, CultureInfo.InvariantCulture), var other => other.ToString() });
        }
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString()), hash);
        return BitConverter.ToInt64(hash);
    }

    /// <param name="kept">The row's sum as it stands there; null or DBNull: a row of before.</param>
    /// <exception cref="StoreException">StoreDamaged: the row is not what was fed.</exception>
    public static void Check(object? kept, string table, params ReadOnlySpan<object?> values)
    {
        if (kept is not (null or DBNull) && !Equals(kept, Of(table, values)))
        {
            throw new StoreException(Codes.StoreDamaged, table, $"the row {values[0]} is not what the hub fed");
        }
    }

    /// <summary>Reads every row of every such table.</summary>
    /// <exception cref="StoreException">StoreDamaged: the first that is not what was fed.</exception>
    public static void CheckAll(StoreSession session)
    {
        foreach (var (table, columns) in Columns)
        {
            using var row = session.Prepared($"select {columns}, row_sum from {table}").Read();
            var values = new object?[columns.Count(letter => letter == ',') + 1];
            while (row.Read())
            {
                for (var i = 0; i < values.Length; i++)
                {
                    values[i] = row.IsDBNull(i) ? null : row.GetValue(i);
                }
                Check(row.GetValue(values.Length), table, values);
            }
        }
    }
}
