using System.Data.Common;

namespace EdgeHub.Sync.Stores;

/// <summary>A statement that stays prepared on its connection; values are bound by position to $1, $2 …. For hot paths: no
/// reflection, no parsing. One reader at a time.</summary>
public class PreparedStatement : IDisposable
{
    private readonly Store _store;
    private readonly string _sql;
    private DbCommand? _made;

    internal PreparedStatement(Store store, string sql)
    {
        _store = store;
        _sql = sql;
    }

    private DbCommand Command
    {
        get
        {
            if (_made is null)
            {
                _made = _store.Connection.CreateCommand();
                _made.CommandText = _store.Lists(_sql);
            }
            return _made;
        }
    }

    /// <summary>Runs it; the number of rows that changed.</summary>
    public virtual int Execute(params ReadOnlySpan<object?> values)
    {
        _store.At(_sql);
        Bind(values);
        return Command.ExecuteNonQuery();
    }

    /// <summary>The first column of the first row as the engine gives it (SQLite: long, string, byte[], double); null: no row, or null in it.</summary>
    public virtual object? Scalar(params ReadOnlySpan<object?> values)
    {
        _store.At(_sql);
        Bind(values);
        return Command.ExecuteScalar() is { } value and not DBNull ? value : null;
    }

    /// <summary>The rows; the caller disposes the reader before the statement runs again.</summary>
    public virtual DbDataReader Read(params ReadOnlySpan<object?> values)
    {
        _store.At(_sql);
        Bind(values);
        return Command.ExecuteReader();
    }

    public virtual void Dispose() => _made?.Dispose();

    /// <summary>Begin, commit and their like: their watch points are their own.</summary>
    internal virtual void Run() => Command.ExecuteNonQuery();

    private void Bind(ReadOnlySpan<object?> values)
    {
        var parameters = Command.Parameters;
        if (parameters.Count == 0 && values.Length > 0)
        {
            for (var i = 0; i < values.Length; i++)
            {
                var parameter = Command.CreateParameter();
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
