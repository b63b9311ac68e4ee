using System.Globalization;
using EdgeHub.Sync.Stores;

namespace EdgeHub.Agent.Store;

/// <summary>Single values of the parameters that the hub feeds.</summary>
public static class ParameterStore
{
    /// <summary>As it was fed; null: the hub says nothing of it.</summary>
    /// <exception cref="StoreException">StoreDamaged: the row is not what was fed.</exception>
    public static string? Text(StoreSession session, string name)
    {
        using var row = session.Prepared("select name, value, unit, row_sum from parameter where name = $1").Read(name);
        if (!row.Read())
        {
            return null;
        }
        RowSum.Check(row.GetValue(3), "parameter", row.GetString(0), row.GetString(1), row.GetString(2));
        return row.GetString(1);
    }

    /// <summary>A whole number from 0 to 100,000; null: none is fed, or it is something else.</summary>
    public static int? Whole(StoreSession session, string name) =>
        Text(session, name) is { } text
        && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value <= 100_000 ? value : null;
}
