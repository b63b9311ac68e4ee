using EdgeHub.Sync.Journal;
using EdgeHub.Sync.Seams;

namespace EdgeHub.Agent.Store;

/// <summary>Signs heads beside the writer, on another core: a signature takes as long as all other work of the .NET side for a settlement. After
/// each it looks out for the next for a quarter of a millisecond, then it sleeps. A sleeping core comes too late, and a writer that waits for it
/// loses more than it gains: only commits that follow one another at once are signed here.</summary>
public sealed class SigningThread(TimeProvider time) : IDisposable
{
    /// <summary>Between two commits on a quick disk; where a sync takes milliseconds each writer signs by itself.</summary>
    private static readonly TimeSpan AtOnce = TimeSpan.FromMicroseconds(800);

    /// <summary>Looks of about a third of a microsecond each.</summary>
    private const int Looks = 700;

    private const int SpinsOfLook = 10;

    private readonly AutoResetEvent _wake = new(initialState: false);
    private EarlySignature? _next;
    private Thread? _thread;
    private long _last;
    private volatile bool _sleeps;
    private volatile bool _ended;

    /// <summary>Begins to sign; one that nobody came to before the next is left to its writer. Used by one writer.</summary>
    public EarlySignature Begin(ISigner signer, string device, ChainHead head)
    {
        var begun = new EarlySignature(signer, device, head);
        var (last, now) = (_last, time.GetTimestamp());
        _last = now;
        if (time.GetElapsedTime(last, now) > AtOnce)
        {
            return begun;
        }
        if (_thread is null)
        {
            _thread = new Thread(Run) { IsBackground = true, Name = "store signer" };
            _thread.Start();
        }
        Interlocked.Exchange(ref _next, begun);
        if (_sleeps)
        {
            _wake.Set();
        }
        return begun;
    }

    /// <summary>Behind the writer's end: nobody begins any more.</summary>
    public void Dispose()
    {
        _ended = true;
        _wake.Set();
        _thread?.Join();
        _wake.Dispose();
    }

    private void Run()
    {
        var looks = 0;
        while (!_ended)
        {
            if (Interlocked.Exchange(ref _next, null) is { } begun)
            {
                begun.Make();
                looks = Looks;
            }
            else if (looks > 0)
            {
                looks--;
                Thread.SpinWait(SpinsOfLook);
            }
            else
            {
                Sleep();
            }
        }
    }

    /// <summary>Who begins sees that it sleeps, or what was begun is seen here: one of both.</summary>
    private void Sleep()
    {
        _sleeps = true;
        Interlocked.MemoryBarrier();
        if (Volatile.Read(ref _next) is null && !_ended)
        {
            _wake.WaitOne();
        }
        _sleeps = false;
    }
}
