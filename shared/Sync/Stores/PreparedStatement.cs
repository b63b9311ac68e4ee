using System.Data.Common;
using EdgeHub.Sync.Seams;

namespace EdgeHub.Sync.Stores;

/// <summary>A statement that stays prepared on its connection; values are bound by position to $1, $2 …. For hot paths: no
/// reflection, no parsing. One reader at a time.</summary>
public sealed class PreparedStatement : IDisposable
{
    private readonly Store _store;
    private readonly DbCommand _command;
    private readonly string _sql;

    internal PreparedStatement(Store store, string sql)
    {
        _store = store;
        _sql = sql;
        _command = store.Connection.CreateCommand();
        _command.CommandText = sql;
    }

    /// <summary>Runs it; the number of rows that changed.</summary>
    public int Execute(params ReadOnlySpan<object?> values)
    {
        Bind(values);
        _store.Watch.At(StorePoint.Statement, _sql);
        return _command.ExecuteNonQuery();
    }

    /// <summary>The first column of the first row as the engine gives it (SQLite: long, string, byte[], double); null: no row, or null in it.</summary>
    public object? Scalar(params ReadOnlySpan<object?> values)
    {
        Bind(values);
        _store.Watch.At(StorePoint.Statement, _sql);
        return _command.ExecuteScalar() is { } value and not DBNull ? value : null;
    }

    /// <summary>The rows; the caller disposes the reader before the statement runs again.</summary>
    public DbDataReader Read(params ReadOnlySpan<object?> values)
    {
        Bind(values);
        _store.Watch.At(StorePoint.Statement, _sql);
        return _command.ExecuteReader();
    }

    public void Dispose() => _command.Dispose();

    /// <summary>Begin, commit and their like: their watch points are their own.</summary>
    internal void Run() => _command.ExecuteNonQuery();

    private void Bind(ReadOnlySpan<object?> values)
    {
        var parameters = _command.Parameters;
        if (parameters.Count == 0 && values.Length > 0)
        {
            for (var i = 0; i < values.Length; i++)
            {
                var parameter = _command.CreateParameter();
                parameter.ParameterName = _store.ParameterName(i + 1);
                parameters.Add(parameter);
            }
        }
        if (parameters.Count != values.Length)
        {
            throw new ArgumentException($"The statement was prepared with {parameters.Count} values, not {values.Length}: {_sql}", nameof(values));
        }
        for (var i = 0; i < values.Length; i++)
        {
            parameters[i].Value = _store.ToColumn(values[i]);
        }
    }
}
