namespace EdgeHub.Agent.Devices;

/// <summary>All readers of this site as they stand now. Readers write here, desk and kiosk read here and wait for a change.</summary>
public sealed class CardReaders(TimeProvider time)
{
    /// <summary>More names than that are no readers.</summary>
    public const int MaxReaders = 64;

    /// <summary>How often a reader that cannot speak up (the simulated one's file) is looked at while somebody waits.</summary>
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(200);

    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, ReaderState> _states = new(StringComparer.Ordinal);
    private readonly List<Action> _looks = [];

    /// <summary>What was seen in each reader last, nothing or a card, and the version at which that card came; 0: it was in when the reader was first seen.</summary>
    private readonly Dictionary<string, (string? CardNumber, string? IdNumber, long At)> _came = new(StringComparer.Ordinal);

    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _version;

    /// <summary>Cards that were refused for what they are.</summary>
    public RefusedCards Refused { get; } = new(time);

    /// <summary>Grows with each change.</summary>
    public long Version
    {
        get
        {
            Look();
            lock (_gate)
            {
                return _version;
            }
        }
    }

    /// <summary>Every reader, by name.</summary>
    public IReadOnlyList<ReaderState> States
    {
        get
        {
            Look();
            lock (_gate)
            {
                return [.. _states.Values];
            }
        }
    }

    /// <summary>The card that was read last and is still in; null: none.</summary>
    public CardRead? Current => States.Where(state => state.Status == ReaderStatus.Read).Select(state => state.Card).OfType<CardRead>().MaxBy(card => card.At);

    /// <summary>The card that came into a reader behind a version and is in it still, and the version up to which was looked: who asks again from there
    /// misses none. A card that was in before is nobody's who came later, whatever moved meanwhile at this reader or another.</summary>
    /// <param name="seen">The version that the caller knows.</param>
    /// <param name="reader">Null: any.</param>
    public (CardRead? Card, long Seen) CameAfter(long seen, string? reader)
    {
        Look();
        lock (_gate)
        {
            return (_states.Values
                .Where(state => (reader is null || state.Name == reader) && state.Status == ReaderStatus.Read && _came.TryGetValue(state.Name, out var came) && came.At > seen)
                .Select(state => state.Card).OfType<CardRead>().MaxBy(card => card.At), _version);
        }
    }

    /// <summary>One reader; null: none of that name.</summary>
    public ReaderState? Find(string name) => States.FirstOrDefault(state => state.Name == name);

    /// <summary>A reader's new state; the same as before is no change.</summary>
    public void Put(string name, ReaderStatus status, CardRead? card = null, DeviceError? error = null)
    {
        var state = new ReaderState(name, status, card, error, time.GetUtcNow());
        lock (_gate)
        {
            if (_states.TryGetValue(name, out var before) ? before.IsAs(state) : _states.Count >= MaxReaders)
            {
                return;
            }
            _states[name] = state;
            // Before anybody hears of it: who is told that a card was refused must not find its holder served by hand.
            Refused.Seen(state);
            Moved();
            Keep(state);
        }
    }

    /// <summary>A reader of which nobody needs to hear any more.</summary>
    public void Forget(string name)
    {
        lock (_gate)
        {
            if (_states.Remove(name))
            {
                Refused.Gone(name);
                _came.Remove(name);
                Moved();
            }
        }
    }

    /// <summary>Waits until something differs from what the caller saw.</summary>
    /// <param name="seen">The version that the caller knows; 0: none.</param>
    /// <returns>The version now; <paramref name="seen"/> when the time is over.</returns>
    public async Task<long> WaitForChange(long seen, TimeSpan atMost, CancellationToken cancel)
    {
        var begun = time.GetTimestamp();
        while (true)
        {
            Task changed;
            Look();
            lock (_gate)
            {
                if (_version != seen)
                {
                    return _version;
                }
                changed = _changed.Task;
            }
            var left = atMost - time.GetElapsedTime(begun);
            if (left <= TimeSpan.Zero)
            {
                return seen;
            }
            await Waited(changed, _looks.Count > 0 && left > Glance ? Glance : left, cancel);
        }
    }

    /// <summary>A reader that must be looked at to be seen.</summary>
    internal void OnLook(Action look) => _looks.Add(look);

    private async Task Waited(Task changed, TimeSpan atMost, CancellationToken cancel)
    {
        try
        {
            await changed.WaitAsync(atMost, time, cancel);
        }
        catch (TimeoutException)
        {
            // Nothing changed meanwhile: the caller of this looks again.
        }
    }

    private void Look()
    {
        foreach (var look in _looks)
        {
            look();
        }
    }

    /// <summary>A reader that waits for a card is empty. One that was away, or could not read for a while, may hold the card that it held: the same one
    /// read anew has not come anew, nor has one that was in before this program looked.</summary>
    private void Keep(ReaderState state)
    {
        if (state.Status == ReaderStatus.Ready)
        {
            _came[state.Name] = (null, null, 0);
        }
        else if (state is { Status: ReaderStatus.Read, Card: { } card })
        {
            var wasSeen = _came.TryGetValue(state.Name, out var before);
            if (!wasSeen || before.CardNumber != card.CardNumber || before.IdNumber != card.IdNumber)
            {
                _came[state.Name] = (card.CardNumber, card.IdNumber, wasSeen ? _version : 0);
            }
        }
    }

    private void Moved()
    {
        _version++;
        var waiting = _changed;
        _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        waiting.TrySetResult();
    }
}
