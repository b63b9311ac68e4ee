using EdgeHub.Sync.Journal;
using EdgeHub.Sync.Seams;

namespace EdgeHub.Agent.Store;

/// <summary>Signs heads beside the writer, on another core: a signature takes as long as a third of all other work for a settlement. It is woken where an entry
/// is about to be written, and looks out for its head for a quarter of a millisecond, then it sleeps. A core that still sleeps when the head is known
/// comes too late, and a writer that waits for it loses more than it gains: that head the writer signs itself.</summary>
public sealed class SigningThread : IDisposable
{
    /// <summary>Looks of about a third of a microsecond each.</summary>
    private const int Looks = 700;

    private const int SpinsOfLook = 10;

    private readonly AutoResetEvent _wake = new(initialState: false);
    private readonly Lock _gate = new();
    private EarlySignature? _next;
    private Thread? _thread;
    private volatile bool _sleeps = true;
    private volatile bool _ended;

    /// <summary>An entry is about to be written. Any thread.</summary>
    public void Awaken()
    {
        if (!_sleeps)
        {
            return;
        }
        lock (_gate)
        {
            if (_ended)
            {
                return;
            }
            if (_thread is null)
            {
                _thread = new Thread(Run) { IsBackground = true, Name = "store signer" };
                _thread.Start();
            }
            _wake.Set();
        }
    }

    /// <summary>Begins to sign; what nobody came to before the writer needs it is left to the writer. Used by one writer.</summary>
    public EarlySignature Begin(ISigner signer, string device, ChainHead head)
    {
        var begun = new EarlySignature(signer, device, head);
        if (!_sleeps)
        {
            // Who goes to sleep at this moment does not see it, or finds it behind its next waking, when it was made long ago.
            Volatile.Write(ref _next, begun);
        }
        return begun;
    }

    /// <summary>Behind the writer's end: nobody begins any more.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _ended = true;
            _wake.Set();
        }
        _thread?.Join();
        _wake.Dispose();
    }

    private void Run()
    {
        while (!_ended)
        {
            _wake.WaitOne();
            _sleeps = false;
            for (var looks = Looks; looks > 0 && !_ended; looks--)
            {
                if (Interlocked.Exchange(ref _next, null) is { } begun)
                {
                    begun.Make();
                    looks = Looks;
                }
                Thread.SpinWait(SpinsOfLook);
            }
            _sleeps = true;
        }
    }
}
