using System.Collections.Concurrent;

namespace EdgeHub.Tests.Unit.Agent.Kit;

/// <summary>Runs work on the caller's thread alone: what waits for something goes on here, in the order in which it came; when
/// nothing can go on, the given step is made.</summary>
/// <param name="step">One step of what the work waits for, such as a store's writer; false: there is none.</param>
public sealed class OneThread(Func<bool> step) : SynchronizationContext
{
    private readonly ConcurrentQueue<(SendOrPostCallback Work, object? State)> _waiting = new();

    public int Steps { get; private set; }

    public override void Post(SendOrPostCallback d, object? state) => _waiting.Enqueue((d, state));

    public T Run<T>(Func<Task<T>> work)
    {
        var before = Current;
        var thread = Environment.CurrentManagedThreadId;
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
                else if (step())
                {
                    Steps++;
                }
                else
                {
                    throw new InvalidOperationException("The work waits for something that nobody does.");
                }
            }
            Assert.Equal(thread, Environment.CurrentManagedThreadId);
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
