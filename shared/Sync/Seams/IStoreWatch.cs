namespace EdgeHub.Sync.Seams;

/// <summary>A point at which a store can break.</summary>
public enum StorePoint { Open, Begin, Statement, Commit, Committed, Rollback, Checkpoint, Batch }

/// <summary>Stands before and behind each statement and commit of a store, so that a simulator can take it over: it may throw
/// what a full disk or a crash would throw, or count. The product runs with <see cref="None"/>.</summary>
public interface IStoreWatch
{
    static readonly IStoreWatch None = new Nothing();

    /// <param name="sql">The statement; with Batch how many statements go in one message, each of which was told before; empty for the other points.</param>
    void At(StorePoint point, string sql);

    private sealed class Nothing : IStoreWatch
    {
        public void At(StorePoint point, string sql) { }
    }
}
