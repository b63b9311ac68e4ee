using EdgeHub.Rules;

namespace EdgeHub.Sync.Stores;

// One group: one transaction, a savepoint for each item.
public sealed partial class GroupCommitWriter
{
    /// <returns>True: committed.</returns>
    private bool WriteGroup()
    {
        var (committed, failure) = TryWrite(out var undone);
        for (var tries = 1; undone && tries < Store.MostTries; tries++)
        {
            // The engine let another transaction go first; nothing of ours was stored.
            foreach (var item in _group)
            {
                item.Again();
            }
            (committed, failure) = TryWrite(out undone);
        }
        failure = Mirrored(committed) ?? failure;
        foreach (var item in _group)
        {
            item.Complete(failure);
        }
        _group.Clear();
        return committed;
    }

    /// <param name="undone">The engine undid it and it may run again.</param>
    private (bool Committed, Exception? Failure) TryWrite(out bool undone)
    {
        undone = false;
        try
        {
            store.Begin(forWriting: true);
            var session = new StoreSession(store);
            if (!RunItems(session))
            {
                return (false, RolledBack());
            }
            beforeCommit?.Invoke(session);
            store.Commit();
            Commits++;
            return (true, null);
        }
        catch (Exception failed)
        {
            var fault = store.Fault(failed);
            undone = fault is { MayRunAgain: true };
            return (false, RolledBack() ?? fault ?? failed);
        }
    }

    /// <summary>Tells the memory that mirrors the store; a fault there ends all writing, for what it holds is unknown.</summary>
    private StoreException? Mirrored(bool committed)
    {
        try
        {
            afterGroup?.Invoke(committed);
            return null;
        }
        catch (Exception failed)
        {
            _broken = new StoreException(Codes.StoreDamaged, store.Name, "what mirrors the store failed: " + failed.Message, failed);
            // What was committed is told as it is; only what comes is refused.
            return committed ? null : _broken;
        }
    }

    /// <summary>Takes the group back; what went wrong when even that is not possible: nobody is told that it was stored.</summary>
    private StoreException? RolledBack()
    {
        try
        {
            if (store.InTransaction)
            {
                store.Rollback();
            }
            return null;
        }
        catch (Exception broken)
        {
            return new StoreException(Codes.StoreDamaged, store.Name, "not rolled back: " + broken.Message, broken);
        }
    }

    /// <summary>False: every item failed, there is nothing to commit. One item alone needs no savepoint: the transaction is its own.</summary>
    private bool RunItems(StoreSession session)
    {
        var alone = _group.Count == 1;
        var anyWrote = false;
        for (var i = 0; i < _group.Count; i++)
        {
            var item = _group[i];
            session.IsLast = beforeCommit is not null && i == _group.Count - 1;
            try
            {
                if (!alone)
                {
                    session.Savepoint();
                }
                item.Run(session);
                session.Flush();
                if (!alone)
                {
                    session.ReleaseSavepoint();
                }
                anyWrote = true;
            }
            catch (Exception failed) when (store.Fault(failed) is null)
            {
                item.Failed(failed);
                if (!alone)
                {
                    session.RollbackToSavepoint();
                }
            }
        }
        return anyWrote;
    }
}
