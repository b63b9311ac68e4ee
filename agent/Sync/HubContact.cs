using EdgeHub.Agent.Store;
using EdgeHub.Rules.Benefit;
using EdgeHub.Sync.Wire;

namespace EdgeHub.Agent.Sync;

/// <summary>When the hub was last heard, by the monotonic clock where this process heard it, and what came of the last try. It
/// decides offline or not; it is shown with the status.</summary>
/// <param name="offlineAfter">For demonstrations: instead of the parameter, which counts minutes.</param>
public sealed class HubContact(AgentClock clock, TimeSpan? offlineAfter = null)
{
    private readonly Lock _gate = new();
    private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Dictionary<string, DateTimeOffset> _currentAt = new(StringComparer.Ordinal);
    private DateTimeOffset? _lastExchange;
    private long? _heardTick;

    /// <summary>Ends when the hub was asked once since the start, whatever came of it: before that no settlement is made, for a
    /// restored store must learn that it was restored.</summary>
    public Task Asked => _asked.Task;

    /// <summary>What the last try met; null: it went well.</summary>
    public string? LastFailure { get; private set; }

    public DateTimeOffset? LastExchange
    {
        get
        {
            lock (_gate)
            {
                return _lastExchange;
            }
        }
    }

    /// <summary>What an earlier process knew.</summary>
    public void Remember(DateTimeOffset? lastExchange, IEnumerable<KeyValuePair<string, DateTimeOffset>> currentAt)
    {
        lock (_gate)
        {
            _lastExchange = lastExchange;
            foreach (var (feed, at) in currentAt)
            {
                _currentAt[feed] = at;
            }
        }
    }

    /// <summary>The hub answered.</summary>
    public void Heard(HelloAnswer hello)
    {
        clock.Heard(hello.HubTime);
        Heard();
    }

    public void Heard()
    {
        lock (_gate)
        {
            (_lastExchange, _heardTick) = (clock.Now, clock.TickMilliseconds);
        }
        LastFailure = null;
        _asked.TrySetResult();
    }

    /// <summary>These feeds are the newest here.</summary>
    public void Current(IEnumerable<string> feeds)
    {
        lock (_gate)
        {
            foreach (var feed in feeds)
            {
                _currentAt[feed] = clock.Now;
            }
        }
    }

    public void Failed(string what)
    {
        LastFailure = what;
        _asked.TrySetResult();
    }

    /// <summary>Null: never, or a wall clock that stands before the last exchange, which counts as offline.</summary>
    public TimeSpan? SinceLastExchange
    {
        get
        {
            lock (_gate)
            {
                if (_heardTick is { } tick)
                {
                    return TimeSpan.FromMilliseconds(clock.TickMilliseconds - tick);
                }
                return _lastExchange is { } last && clock.Now >= last ? clock.Now - last : null;
            }
        }
    }

    /// <summary>Since the hub last said that this feed is the newest here; null: never.</summary>
    public TimeSpan? AgeOf(string feed)
    {
        lock (_gate)
        {
            return _currentAt.TryGetValue(feed, out var at) ? clock.Now - at : null;
        }
    }

    public IReadOnlyDictionary<string, DateTimeOffset> CurrentAt
    {
        get
        {
            lock (_gate)
            {
                return new Dictionary<string, DateTimeOffset>(_currentAt, StringComparer.Ordinal);
            }
        }
    }

    public bool IsOffline(OfflineLimits limits) => offlineAfter is { } demo
        ? SinceLastExchange is not { } since || since >= demo
        : limits.IsOffline(SinceLastExchange);
}
