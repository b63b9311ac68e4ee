using System.Collections.Concurrent;

namespace EdgeHub.Tests.Scenarios.Simulation;

/// <summary>Each run has a thread of its own from its beginning to its end; so many run beside each other as the machine has processors.</summary>
internal static class Threads
{
    private const int Most = 8;

    public static IEnumerable<TResult> Each<T, TResult>(IEnumerable<T> given, Func<T, TResult> play)
    {
        using var results = new BlockingCollection<TResult>();
        using var next = given.GetEnumerator();
        var (gate, left) = (new Lock(), Math.Clamp(Environment.ProcessorCount, 1, Most));
        void Work()
        {
            while (true)
            {
                T one;
                lock (gate)
                {
                    if (results.IsAddingCompleted || !next.MoveNext())
                    {
                        left--;
                        if (left == 0 && !results.IsAddingCompleted)
                        {
                            results.CompleteAdding();
                        }
                        return;
                    }
                    one = next.Current;
                }
                results.Add(play(one));
            }
        }
        var threads = Enumerable.Range(0, left).Select(_ => new Thread(Work) { IsBackground = true }).ToList();
        threads.ForEach(thread => thread.Start());
        foreach (var result in results.GetConsumingEnumerable())
        {
            yield return result;
        }
        threads.ForEach(thread => thread.Join());
    }
}
