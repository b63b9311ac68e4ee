using Dapper;
using EdgeHub.Sync.Seams;

namespace EdgeHub.Sync.Stores;

/// <summary>The statements of one transaction. Every one passes the store's watch. It ends with its transaction.</summary>
public sealed class StoreSession
{
    private readonly Store _store;

    internal StoreSession(Store store) => _store = store;

    /// <summary>What runs now is the last that writes in this transaction, but for what its writer does before the commit.</summary>
    public bool IsLast { get; internal set; }

    /// <summary>Runs a statement, or several, without parameters; the number of rows that changed.</summary>
    public int Execute(string sql)
    {
        _store.At(sql);
        using var command = _store.Connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteNonQuery();
    }

    /// <summary>Runs a statement with named parameters (@name); the number of rows that changed.</summary>
    public int Execute(string sql, object? parameters)
    {
        DapperHandlers.Register();
        _store.At(sql);
        return _store.Connection.Execute(sql, parameters);
    }

    /// <summary>All rows. The caller's SQL holds the limit.</summary>
    public IReadOnlyList<T> Query<T>(string sql, object? parameters = null)
    {
        DapperHandlers.Register();
        _store.At(sql);
        return _store.Connection.Query<T>(sql, parameters).AsList();
    }

    /// <summary>The one row, or the default; two rows are an error of the caller's.</summary>
    public T? QuerySingleOrDefault<T>(string sql, object? parameters = null)
    {
        DapperHandlers.Register();
        _store.At(sql);
        return _store.Connection.QuerySingleOrDefault<T>(sql, parameters);
    }

    /// <summary>The first column of the first row.</summary>
    public T? ExecuteScalar<T>(string sql, object? parameters = null)
    {
        DapperHandlers.Register();
        _store.At(sql);
        return _store.Connection.ExecuteScalar<T>(sql, parameters);
    }

    /// <summary>Rows one by one, for reading much without holding it; read to the end or dispose it before the session ends.</summary>
    public IEnumerable<T> Stream<T>(string sql, object? parameters = null)
    {
        DapperHandlers.Register();
        _store.At(sql);
        return _store.Connection.Query<T>(sql, parameters, buffered: false);
    }

    /// <summary>A statement kept prepared on this connection, with $1, $2 … bound by position.</summary>
    public PreparedStatement Prepared(string sql) => _store.Prepared(sql);

    /// <summary>Runs a statement whose outcome nobody waits for, with $1, $2 …: before the next one that is asked directly, and before
    /// the commit, with all others that wait. What is wrong with it is thrown there. On PostgreSQL they are one round trip.</summary>
    public void Later(string sql, params ReadOnlySpan<object?> values) => _store.Later(sql, values);

    /// <summary>The same for a statement that adds amounts to a row, or makes the row of them: several that wait for one row become one.</summary>
    /// <param name="keys">The first so many values name the row; the others are amounts.</param>
    public void LaterAdd(string sql, int keys, params ReadOnlySpan<object?> values) => _store.LaterAdd(sql, keys, values);

    /// <summary>Each question is a message to a server and back. Where it is not, many small ones cost no more than one large.</summary>
    public bool AsksAServer => _store.Engine == PostgresStore.EngineName;

    /// <summary>What was read before it is asked for.</summary>
    public ReadAhead Ahead { get; } = new();

    /// <summary>Many rows into one table, as fast as the engine takes them: a prepared insert on SQLite, COPY on PostgreSQL. No
    /// other statement may run before <see cref="RowWriter.Done"/>.</summary>
    public RowWriter Rows(string table, params IReadOnlyList<string> columns)
    {
        _store.At("insert into " + table);
        return _store.Rows(table, columns);
    }

    /// <summary>What the engine's own check of the whole store finds, indexes against rows too; null: it is sound, or its server checks it.</summary>
    public string? StructureFault() => _store.StructureFault();

    /// <summary>Runs what waits.</summary>
    internal void Flush() => _store.Flush();

    /// <summary>Until this transaction ends nobody else changes the rows with these numbers, nor locks them. They are locked in the
    /// order of their numbers, so that two who lock the same table never wait for each other. On SQLite the one writer makes it so.</summary>
    public void Lock(string table, string column, string region, IReadOnlyList<long> numbers) => _store.Lock(table, column, region, numbers);

    /// <summary>Runs the work inside a savepoint: when it throws, what it wrote is taken back and the transaction goes on.</summary>
    public T InSavepoint<T>(Func<StoreSession, T> work)
    {
        Savepoint();
        T result;
        try
        {
            result = work(this);
            _store.Flush();
        }
        catch (Exception failed) when (_store.Fault(failed) is null)
        {
            RollbackToSavepoint();
            throw;
        }
        ReleaseSavepoint();
        return result;
    }

    /// <summary>Whether the store itself is at fault (full, damaged, busy): then the whole transaction is void and nothing may be caught.</summary>
    public bool IsStoreFault(Exception exception) => _store.Fault(exception) is not null;

    /// <summary>Marks a point to which <see cref="RollbackToSavepoint"/> returns. Savepoints nest.</summary>
    public void Savepoint()
    {
        _store.Flush();
        _store.Prepared("savepoint item").Run();
    }

    public void ReleaseSavepoint()
    {
        _store.Flush();
        _store.Prepared("release savepoint item").Run();
    }

    public void RollbackToSavepoint()
    {
        _store.ForgetWaiting();
        Ahead.Forget();
        _store.Watch.At(StorePoint.Rollback, "");
        _store.Prepared("rollback to savepoint item").Run();
        _store.Prepared("release savepoint item").Run();
    }
}
