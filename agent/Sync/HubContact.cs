using EdgeHub.Agent.Store;
using EdgeHub.Rules.Benefit;
using EdgeHub.Sync.Feeds;
using EdgeHub.Sync.Wire;

namespace EdgeHub.Agent.Sync;

/// <summary>When the hub was last heard, by the monotonic clock where this process heard it, and what came of the last try. It
/// decides offline or not; it is shown with the status.</summary>
/// <param name="offlineAfter">For demonstrations: instead of the parameter, which counts minutes.</param>
public sealed class HubContact(AgentClock clock, TimeSpan? offlineAfter = null)
{
    private readonly Lock _gate = new();
    private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Dictionary<string, Freshness> _feeds = new(StringComparer.Ordinal);
    private DateTimeOffset? _lastExchange;
    private long? _heardTick;

    /// <summary>Ends when the hub was asked once since the start, whatever came of it: before that no settlement is made, for a
    /// restored store must learn that it was restored.</summary>
    public Task Asked => _asked.Task;

    /// <summary>How long work waits at start for the first question to the hub: a restored store must learn of it.</summary>
    public static readonly TimeSpan FirstQuestionWait = TimeSpan.FromSeconds(5);

    /// <summary>The gate before everything that moves money or opens a visit.</summary>
    /// <exception cref="OperationCanceledException">The caller hung up while it waited: nothing was done.</exception>
    public async Task FirstQuestion(CancellationToken cancel)
    {
        if (Asked.IsCompleted)
        {
            return;
        }
        try
        {
            await Asked.WaitAsync(FirstQuestionWait, clock.Time, cancel);
        }
        catch (TimeoutException)
        {
            // The hub does not answer: work goes on by the clinic's own books.
        }
    }

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

    /// <summary>What an earlier process knew. What the wall clock says went by since then is added; one that was set back adds
    /// nothing, and takes nothing away.</summary>
    public void Remember(DateTimeOffset? lastExchange, IEnumerable<KeyValuePair<string, FeedAge>> ages)
    {
        lock (_gate)
        {
            _lastExchange = lastExchange;
            foreach (var (feed, age) in ages)
            {
                _feeds[feed] = new Freshness(age.CurrentAt, age.Age + Longer(TimeSpan.Zero, clock.Now - age.SeenAt), clock.TickMilliseconds);
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
                _feeds[feed] = new Freshness(clock.Now, TimeSpan.Zero, clock.TickMilliseconds);
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

    /// <summary>Since the hub last said that this feed is the newest here; null: never. The age seen so far and the monotonic time
    /// behind it, or the wall clock's word where that is more: a clock that is set back makes nothing younger.</summary>
    public TimeSpan? AgeOf(string feed)
    {
        lock (_gate)
        {
            if (!_feeds.TryGetValue(feed, out var fresh))
            {
                return null;
            }
            var tick = clock.TickMilliseconds;
            var age = Longer(fresh.Age + TimeSpan.FromMilliseconds(tick - fresh.Tick), clock.Now - fresh.CurrentAt);
            _feeds[feed] = fresh with { Age = age, Tick = tick };
            return age;
        }
    }

    /// <summary>How old what is known of a person is: the members' or the index's age, or since the hub was asked for the person (never
    /// younger than the last exchange, for a clock may be set back); null: never brought up to date.</summary>
    public TimeSpan? AgeOf(Member member) => member.KnownBy switch
    {
        Member.KnownByIndex => AgeOf(FeedNames.County),
        Member.KnownByLookup when member.HeardAt is { } heard => Longer(clock.Now - heard, Longer(TimeSpan.Zero, SinceLastExchange ?? TimeSpan.Zero)),
        _ => AgeOf(FeedNames.Members),
    };

    /// <summary>The age of every feed that was ever the newest here, to be kept over a restart.</summary>
    public IReadOnlyDictionary<string, FeedAge> Ages
    {
        get
        {
            lock (_gate)
            {
                return _feeds.Keys.ToList().ToDictionary(
                    feed => feed, feed => new FeedAge(_feeds[feed].CurrentAt, AgeOf(feed)!.Value, clock.Now), StringComparer.Ordinal);
            }
        }
    }

    public bool IsOffline(OfflineLimits limits) => offlineAfter is { } demo
        ? SinceLastExchange is not { } since || since >= demo
        : limits.IsOffline(SinceLastExchange);

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;

    /// <param name="Age">As last seen, at the monotonic tick.</param>
    private sealed record Freshness(DateTimeOffset CurrentAt, TimeSpan Age, long Tick);
}
