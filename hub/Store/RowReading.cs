using Dapper;
using EdgeHub.Sync.Stores;

namespace EdgeHub.Hub.Store;

/// <summary>Rows of a statement that stays prepared: for what is read for every entry.</summary>
internal static class RowReading
{
    public static IReadOnlyList<T> Rows<T>(this StoreSession session, string sql, params ReadOnlySpan<object?> values)
    {
        DapperHandlers.Register();
        using var reader = session.Prepared(sql).Read(values);
        return [.. reader.Parse<T>()];
    }

    /// <summary>The first row; null: there is none.</summary>
    public static T? Row<T>(this StoreSession session, string sql, params ReadOnlySpan<object?> values) where T : class
    {
        var rows = session.Rows<T>(sql, values);
        return rows.Count == 0 ? null : rows[0];
    }
}
