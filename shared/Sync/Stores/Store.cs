using System.Data.Common;
using EdgeHub.Rules;
using EdgeHub.Sync.Seams;

namespace EdgeHub.Sync.Stores;

/// <summary>One connection to a store, used by one thread at a time. What differs between the engines stands in its children;
/// everything above speaks the common SQL through <see cref="StoreSession"/>.</summary>
public abstract class Store : IDisposable
{
    /// <summary>Most statements that one connection keeps prepared: they are written in code, so more means that SQL is being glued together.</summary>
    public const int MaxPrepared = 512;

    private readonly Dictionary<string, PreparedStatement> _prepared = [];

    static Store() => DapperHandlers.Register();

    private protected Store(DbConnection connection, string name, IStoreWatch watch)
    {
        Connection = connection;
        Name = name;
        Watch = watch;
    }

    /// <summary>The file, or the database's name: what an error is reported under.</summary>
    public string Name { get; }

    internal DbConnection Connection { get; }

    internal IStoreWatch Watch { get; }

    /// <summary>True between Begin and its Commit or Rollback.</summary>
    internal bool InTransaction { get; private set; }

    /// <summary>One transaction of its own: committed when the work returns, rolled back when it throws.</summary>
    /// <exception cref="StoreException">DiskFull, StoreDamaged or Busy: nothing was stored.</exception>
    public T Write<T>(Func<StoreSession, T> work) => InOne(forWriting: true, work);

    /// <inheritdoc cref="Write{T}(Func{StoreSession, T})"/>
    public void Write(Action<StoreSession> work) => InOne(forWriting: true, session =>
    {
        work(session);
        return true;
    });

    /// <summary>Reads on one snapshot.</summary>
    /// <exception cref="StoreException">StoreDamaged or Busy.</exception>
    public T Read<T>(Func<StoreSession, T> work) => InOne(forWriting: false, work);

    /// <summary>What an engine's exception means for us; null: not the store's fault (a constraint, wrong SQL).</summary>
    internal abstract StoreException? Fault(Exception exception);

    /// <summary>A value as the engine's driver wants it.</summary>
    internal abstract object ToColumn(object? value);

    /// <summary>Name of the parameter at a position from 1, for SQL that says $1, $2 …</summary>
    internal abstract string ParameterName(int position);

    /// <summary>The statement that begins a writing or a reading transaction.</summary>
    private protected abstract string BeginSql(bool forWriting);

    private protected virtual PreparedStatement Prepare(string sql) => new(this, sql);

    /// <summary>A writer of this store was started, on its thread.</summary>
    internal virtual void WhenStarted() { }

    /// <summary>After a commit, on the writer's thread: what the engine needs from time to time.</summary>
    internal virtual void AfterCommit() { }

    /// <summary>Nothing was written for a while, on the writer's thread.</summary>
    internal virtual void WhenIdle() { }

    internal PreparedStatement Prepared(string sql)
    {
        if (!_prepared.TryGetValue(sql, out var statement))
        {
            if (_prepared.Count == MaxPrepared)
            {
                throw new InvalidOperationException($"{MaxPrepared} statements are prepared already; statements are written in code, not put together. Last: {sql}");
            }
            statement = Prepare(sql);
            _prepared.Add(sql, statement);
        }
        return statement;
    }

    internal void Begin(bool forWriting)
    {
        if (InTransaction)
        {
            throw new InvalidOperationException("A transaction is open already on this connection.");
        }
        Guarded(() =>
        {
            Watch.At(StorePoint.Begin, "");
            Prepared(BeginSql(forWriting)).Run();
        });
        InTransaction = true;
    }

    /// <summary>Returns only after the engine has made the transaction durable. When it throws, nothing of it holds.</summary>
    internal void Commit()
    {
        Guarded(() =>
        {
            Watch.At(StorePoint.Commit, "");
            Prepared("commit").Run();
        });
        InTransaction = false;
        Watch.At(StorePoint.Committed, "");
    }

    internal void Rollback()
    {
        InTransaction = false;
        Watch.At(StorePoint.Rollback, "");
        try
        {
            Prepared("rollback").Run();
        }
        catch (DbException noTransaction) when (AlreadyRolledBack(noTransaction))
        {
            // A full disk or an I/O error made the engine roll back by itself; that is what was asked for.
        }
    }

    private protected abstract bool AlreadyRolledBack(DbException exception);

    /// <summary>Runs and gives the engine's faults our names.</summary>
    internal void Guarded(Action work)
    {
        try
        {
            work();
        }
        catch (DbException engine) when (Fault(engine) is not null)
        {
            throw Named(engine);
        }
    }

    private T InOne<T>(bool forWriting, Func<StoreSession, T> work)
    {
        Begin(forWriting);
        T result;
        try
        {
            result = work(new StoreSession(this));
            Commit();
        }
        catch (DbException engine) when (Fault(engine) is not null)
        {
            Rollback();
            throw Named(engine);
        }
        catch (Exception)
        {
            Rollback();
            throw;
        }
        if (forWriting)
        {
            AfterCommit();
        }
        return result;
    }

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        if (!disposing)
        {
            return;
        }
        foreach (var statement in _prepared.Values)
        {
            statement.Dispose();
        }
        _prepared.Clear();
        Connection.Dispose();
    }

    private StoreException Named(DbException engine) => Fault(engine) ?? throw new InvalidOperationException("A fault without a name.", engine);

    private protected StoreException Damaged(string detail, Exception inner) => new(Codes.StoreDamaged, Name, detail, inner);
}
