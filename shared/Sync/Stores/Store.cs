using System.Data.Common;
using EdgeHub.Rules;
using EdgeHub.Sync.Seams;

namespace EdgeHub.Sync.Stores;

/// <summary>One connection to a store, used by one thread at a time. What differs between the engines stands in its children;
/// everything above speaks the common SQL through <see cref="StoreSession"/>.</summary>
public abstract partial class Store : IDisposable
{
    /// <summary>Most statements that one connection keeps prepared: they are written in code, so more means that SQL is being glued together.</summary>
    public const int MaxPrepared = 512;

    private readonly Dictionary<string, PreparedStatement> _prepared = [];

    /// <summary>The same by the text's object: statements are constants, so that a settlement's thirty are found without reading them.</summary>
    private readonly Dictionary<string, PreparedStatement> _preparedHere = new(ReferenceEqualityComparer.Instance);

    private protected Store(DbConnection connection, string name, IStoreWatch watch)
    {
        Connection = connection;
        Name = name;
        Watch = watch;
    }

    /// <summary>The file, or the database's name: what an error is reported under.</summary>
    public string Name { get; }

    /// <summary>"sqlite" or "postgres".</summary>
    public abstract string Engine { get; }

    internal DbConnection Connection { get; }

    internal IStoreWatch Watch { get; }

    /// <summary>True between Begin and its Commit or Rollback.</summary>
    internal bool InTransaction { get; private set; }

    /// <summary>A transaction may stand open that was not taken back: nothing else runs on this connection before it is.</summary>
    private bool _leftOpen;

    /// <summary>One transaction of its own: committed when the work returns, rolled back when it throws.</summary>
    /// <exception cref="StoreException">DiskFull, StoreDamaged, Busy or StoreUnreachable: nothing was stored, unless it says that the
    /// outcome is unknown.</exception>
    public T Write<T>(Func<StoreSession, T> work) => InOne(forWriting: true, work);

    /// <inheritdoc cref="Write{T}(Func{StoreSession, T})"/>
    public void Write(Action<StoreSession> work) => InOne(forWriting: true, session =>
    {
        work(session);
        return true;
    });

    /// <summary>Reads on one snapshot.</summary>
    /// <exception cref="StoreException">StoreDamaged, Busy or StoreUnreachable.</exception>
    public T Read<T>(Func<StoreSession, T> work) => InOne(forWriting: false, work);

    /// <summary>What an engine's exception means for us; null: not the store's fault (a constraint, wrong SQL).</summary>
    internal abstract StoreException? Fault(Exception exception);

    /// <summary>The common SQL's <c>in (list $2)</c> as the engine says it: the value is a list of texts, ids or numbers.</summary>
    internal abstract string Lists(string sql);

    /// <summary>A value as the engine's driver wants it.</summary>
    internal abstract object ToColumn(object? value);

    /// <summary>Name of the parameter at a position from 1, for SQL that says $1, $2 …</summary>
    internal abstract string ParameterName(int position);

    /// <summary>The statement that begins a writing or a reading transaction.</summary>
    private protected abstract string BeginSql(bool forWriting);

    /// <summary>The statement that ends a transaction and makes it durable. It must fail where a statement of it has failed.</summary>
    private protected virtual string CommitSql => "commit";

    private protected virtual void RunCommit(PreparedStatement statement) => statement.Run();

    /// <summary>The connection is gone.</summary>
    private protected virtual bool IsLost => false;

    /// <summary>Before a transaction: opens a lost connection again where it is time to.</summary>
    private protected virtual void Ready() { }

    /// <summary>A connection that turned out to be lost as a transaction began; true: it was opened again.</summary>
    private protected virtual bool Reopened() => false;

    private protected virtual PreparedStatement Prepare(string sql) => new(this, sql);

    /// <summary>A writer of this store was started, on its thread.</summary>
    internal virtual void WhenStarted() { }

    internal virtual string? StructureFault() => null;

    /// <summary>Locks the rows of a table with these numbers, in their order, until the transaction ends.</summary>
    internal abstract void Lock(string table, string column, string region, IReadOnlyList<long> numbers);

    /// <summary>Begins to write many rows into one table.</summary>
    internal abstract RowWriter Rows(string table, IReadOnlyList<string> columns);

    /// <summary>After a commit, on the writer's thread: what the engine needs from time to time.</summary>
    internal virtual void AfterCommit() { }

    /// <summary>Whether <see cref="AfterCommit"/> has anything to do that this connection knows of; cheap. Asked between two transactions.</summary>
    internal virtual bool NeedsUpkeep => true;

    /// <summary>Nothing was written for a while, on the writer's thread.</summary>
    internal virtual void WhenIdle() { }

    internal PreparedStatement Prepared(string sql)
    {
        if (_preparedHere.TryGetValue(sql, out var known))
        {
            return known;
        }
        if (!_prepared.TryGetValue(sql, out var statement))
        {
            if (_prepared.Count == MaxPrepared)
            {
                throw new InvalidOperationException($"{MaxPrepared} statements are prepared already; statements are written in code, not put together. Last: {sql}");
            }
            statement = Prepare(sql);
            _prepared.Add(sql, statement);
        }
        if (_preparedHere.Count < MaxPrepared)
        {
            _preparedHere.Add(sql, statement);
        }
        return statement;
    }

    internal void Begin(bool forWriting)
    {
        if (InTransaction)
        {
            throw new InvalidOperationException("A transaction is open already on this connection.");
        }
        Ready();
        try
        {
            if (_leftOpen)
            {
                // PostgreSQL would only warn of a second begin, and its commit would store what was told to be lost.
                Guarded(Rollback);
            }
            BeginOnce(forWriting);
        }
        catch (StoreException lost) when (lost.Code == Codes.StoreUnreachable && Reopened())
        {
            // The connection ended while nobody used it: nothing was asked of it yet.
            BeginOnce(forWriting);
        }
        InTransaction = true;
    }

    private void BeginOnce(bool forWriting) => Guarded(() =>
    {
        Watch.At(StorePoint.Begin, "");
        // Where the lock behind the begin is not had in time, the begin itself stands.
        _leftOpen = true;
        Prepared(BeginSql(forWriting)).Run();
        _leftOpen = false;
    });

    /// <summary>Returns only after the engine has made the transaction durable. When it throws, nothing of it holds, unless the
    /// exception says that its outcome is not known.</summary>
    internal void Commit()
    {
        Guarded(Flush);
        try
        {
            Guarded(() =>
            {
                Watch.At(StorePoint.Commit, "");
                RunCommit(Prepared(CommitSql));
            });
        }
        catch (StoreException lost) when (lost.Code == Codes.StoreUnreachable)
        {
            throw new StoreException(lost.Code, Name, lost.Detail + "; whether the transaction was stored is not known", lost) { OutcomeUnknown = true };
        }
        InTransaction = false;
        Watch.At(StorePoint.Committed, "");
    }

    internal void Rollback()
    {
        InTransaction = false;
        _leftOpen = true;
        ForgetWaiting();
        Watch.At(StorePoint.Rollback, "");
        try
        {
            // Where the connection is lost the engine takes back what its client left.
            if (!IsLost)
            {
                Prepared("rollback").Run();
            }
        }
        catch (DbException noTransaction) when (AlreadyRolledBack(noTransaction))
        {
            // A full disk or an I/O error made the engine roll back by itself; that is what was asked for.
        }
        _leftOpen = false;
    }

    private protected abstract bool AlreadyRolledBack(DbException exception);

    /// <summary>Runs and gives the engine's faults our names.</summary>
    internal void Guarded(Action work)
    {
        try
        {
            work();
        }
        catch (Exception engine) when (engine is not StoreException && Fault(engine) is not null)
        {
            throw Named(engine);
        }
    }

    /// <summary>Where the engine undid the transaction to let another one go first, the work runs again, at most so often.</summary>
    public const int MostTries = 4;

    private T InOne<T>(bool forWriting, Func<StoreSession, T> work)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                return Once(forWriting, work);
            }
            catch (StoreException undone) when (undone.MayRunAgain && tries < MostTries)
            {
                // Nothing of it was stored.
            }
        }
    }

    private T Once<T>(bool forWriting, Func<StoreSession, T> work)
    {
        Begin(forWriting);
        T result;
        try
        {
            result = work(new StoreSession(this));
            Commit();
        }
        catch (Exception engine) when (engine is not StoreException && Fault(engine) is not null)
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
        ForgetPrepared();
        Connection.Dispose();
    }

    /// <summary>Prepared statements end with their connection.</summary>
    private protected void ForgetPrepared()
    {
        foreach (var statement in _prepared.Values)
        {
            statement.Dispose();
        }
        _prepared.Clear();
        _preparedHere.Clear();
    }

    private StoreException Named(Exception engine) => Fault(engine) ?? throw new InvalidOperationException("A fault without a name.", engine);

    private protected StoreException Damaged(string detail, Exception inner) => new(Codes.StoreDamaged, Name, detail, inner);
}
