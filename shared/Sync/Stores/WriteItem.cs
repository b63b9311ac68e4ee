namespace EdgeHub.Sync.Stores;

/// <summary>Work that waits for the writer, and whom to tell.</summary>
internal abstract class WriteItem
{
    private protected Exception? Own { get; private set; }

    public abstract void Run(StoreSession session);

    /// <summary>Tells the caller: the group's failure, else its own, else its answer.</summary>
    public abstract void Complete(Exception? groupFailure);

    public void Failed(Exception failure) => Own = failure;

    /// <summary>The group runs again: what went wrong the first time does not count.</summary>
    public void Again() => Own = null;
}

/// <inheritdoc/>
internal sealed class WriteItem<T>(Func<StoreSession, T> work) : WriteItem
{
    // Continuations run elsewhere: nobody holds up the writer's thread.
    private readonly TaskCompletionSource<T> _told = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T? _answer;

    public Task<T> Task => _told.Task;

    public override void Run(StoreSession session) => _answer = work(session);

    public override void Complete(Exception? groupFailure)
    {
        if ((groupFailure ?? Own) is { } failure)
        {
            _told.SetException(failure);
        }
        else
        {
            _told.SetResult(_answer!);
        }
    }
}
