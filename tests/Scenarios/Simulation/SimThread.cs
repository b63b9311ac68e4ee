namespace EdgeHub.Tests.Scenarios.Simulation;

/// <summary>The one thread of a simulation. What waits goes on here, in the order in which it came; when nothing can go on, the given
/// step is made: a store writes, or the virtual time moves to the next timer. Runs may stand inside each other: what happens at a
/// desk while the line is being waited for.</summary>
internal sealed class SimThread(Func<bool> step) : SynchronizationContext
{
    private readonly Queue<(SendOrPostCallback Work, object? State)> _waiting = new();
    private readonly int _thread = Environment.CurrentManagedThreadId;
    private bool _strayed;

    public override void Post(SendOrPostCallback d, object? state)
    {
        _strayed |= Environment.CurrentManagedThreadId != _thread;
        lock (_waiting)
        {
            _waiting.Enqueue((d, state));
        }
    }

    public T Run<T>(Func<Task<T>> work)
    {
        var before = Current;
        SetSynchronizationContext(this);
        try
        {
            var task = work();
            while (!task.IsCompleted)
            {
                if (_waiting.TryDequeue(out var next))
                {
                    next.Work(next.State);
                }
                else if (!step())
                {
                    throw new InvalidOperationException("The work waits for something that nobody does.");
                }
            }
            Assert.False(_strayed, "something went on upon another thread: the run cannot be repeated exactly");
#pragma warning disable xUnit1031 // It has ended: nothing is waited for.
            return task.GetAwaiter().GetResult();
#pragma warning restore xUnit1031
        }
        finally
        {
            SetSynchronizationContext(before);
        }
    }
}
