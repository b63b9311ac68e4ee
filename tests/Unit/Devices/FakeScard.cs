using EdgeHub.Agent.Devices.Pcsc;

namespace EdgeHub.Tests.Unit.Devices;

/// <summary>PC/SC in memory: readers that come and go, cards, a service that stops, calls that hang. For what no daemon on Linux shows,
/// Windows' codes among it.</summary>
internal sealed class FakeScard : IScard
{
    private sealed class Slot
    {
        public int Events { get; set; }
        public Func<byte[], byte[]>? Card { get; set; }
        public byte[] Atr { get; set; } = [];
        public ReaderFlags More { get; set; }
    }

    private readonly object _gate = new();
    private readonly SortedDictionary<string, Slot> _slots = new(StringComparer.Ordinal);
    private readonly HashSet<nint> _contexts = [];
    private readonly HashSet<nint> _cancelled = [];
    private readonly Dictionary<nint, (string Reader, int Events)> _cards = [];
    private nint _next = 1;

    /// <summary>What every call but Establish answers from now on; Success: as usual.</summary>
    public ScardError Down { get; set; }

    /// <summary>What the next calls of Connect answer, one each.</summary>
    public Queue<ScardError> Connects { get; } = [];

    /// <summary>Contexts that were given and not released.</summary>
    public int OpenContexts
    {
        get
        {
            lock (_gate)
            {
                return _contexts.Count;
            }
        }
    }

    public int MostWatched { get; private set; }

    public int Establishes { get; private set; }

    public int OpenCards
    {
        get
        {
            lock (_gate)
            {
                return _cards.Count;
            }
        }
    }

    public void Plug(params string[] readers) => Change(() => Array.ForEach(readers, reader => _slots[reader] = new Slot()));

    public void Unplug(string reader) => Change(() => _slots.Remove(reader));

    public void Insert(string reader, Func<byte[], byte[]> card, ReaderFlags more = default) =>
        Change(() => (_slots[reader].Card, _slots[reader].Events, _slots[reader].More, _slots[reader].Atr) = (card, _slots[reader].Events + 1, more, [0x3B, 0x00]));

    public void Pull(string reader) => Change(() => (_slots[reader].Card, _slots[reader].Events) = (null, _slots[reader].Events + 1));

    /// <summary>The service is gone: contexts are dead, and every call says so until it is back.</summary>
    public void Stop(ScardError says) => Change(() =>
    {
        Down = says;
        _contexts.Clear();
    });

    public void Back() => Change(() => Down = ScardError.Success);

    public ScardError Establish(out nint context)
    {
        lock (_gate)
        {
            Establishes++;
            context = Down == ScardError.Success ? _next++ : 0;
            if (context != 0)
            {
                _contexts.Add(context);
            }
            return Down;
        }
    }

    public ScardError Release(nint context)
    {
        lock (_gate)
        {
            return _contexts.Remove(context) ? ScardError.Success : ScardError.InvalidHandle;
        }
    }

    public ScardError Cancel(nint context)
    {
        lock (_gate)
        {
            _cancelled.Add(context);
            Monitor.PulseAll(_gate);
            return ScardError.Success;
        }
    }

    public ScardError ListReaders(nint context, out IReadOnlyList<string> readers)
    {
        lock (_gate)
        {
            readers = [.. _slots.Keys];
            return !_contexts.Contains(context) ? Lost() : readers.Count == 0 ? ScardError.NoReadersAvailable : ScardError.Success;
        }
    }

    public ScardError GetStatusChange(nint context, uint timeoutMilliseconds, Span<ReaderWatch> readers)
    {
        lock (_gate)
        {
            MostWatched = Math.Max(MostWatched, readers.Length);
            if (readers.Length > 16)
            {
                return ScardError.InvalidParameter;
            }
            // Cancelling before somebody waits is forgotten, as the platform forgets it.
            _cancelled.Remove(context);
            while (true)
            {
                if (!_contexts.Contains(context))
                {
                    return Lost();
                }
                if (_cancelled.Remove(context))
                {
                    return ScardError.Cancelled;
                }
                var isChanged = false;
                for (var i = 0; i < readers.Length; i++)
                {
                    var now = StateOf(readers[i].Name);
                    if (now is null)
                    {
                        return ScardError.UnknownReader;
                    }
                    var differs = now != readers[i].Current;
                    readers[i].Event = now.Value | (differs ? ReaderFlags.Changed : default(ReaderFlags));
                    readers[i].Atr = _slots.GetValueOrDefault(readers[i].Name)?.Atr ?? [];
                    isChanged |= differs;
                }
                if (isChanged)
                {
                    return ScardError.Success;
                }
                if (!Monitor.Wait(_gate, TimeSpan.FromMilliseconds(timeoutMilliseconds)))
                {
                    return ScardError.Timeout;
                }
            }
        }
    }

    public ScardError Connect(nint context, string reader, out nint card, out uint protocol)
    {
        lock (_gate)
        {
            (card, protocol) = (0, 2);
            if (!_contexts.Contains(context))
            {
                return Lost();
            }
            if (Connects.TryDequeue(out var says) && says != ScardError.Success)
            {
                return says;
            }
            if (!_slots.TryGetValue(reader, out var slot))
            {
                return ScardError.UnknownReader;
            }
            if (slot.Card is null)
            {
                return ScardError.NoSmartcard;
            }
            _cards[card = _next++] = (reader, slot.Events);
            return ScardError.Success;
        }
    }

    public ScardError Disconnect(nint card, bool reset)
    {
        lock (_gate)
        {
            return _cards.Remove(card) ? ScardError.Success : ScardError.InvalidHandle;
        }
    }

    public ScardError Begin(nint card) => ScardError.Success;

    public ScardError End(nint card) => ScardError.Success;

    public ScardError Transmit(nint card, uint protocol, ReadOnlySpan<byte> command, Span<byte> answer, out int length)
    {
        length = 0;
        Func<byte[], byte[]>? chip;
        lock (_gate)
        {
            if (!_cards.TryGetValue(card, out var open) || !_slots.TryGetValue(open.Reader, out var slot))
            {
                return ScardError.InvalidHandle;
            }
            if (slot.Events != open.Events)
            {
                return ScardError.RemovedCard;
            }
            chip = slot.Card;
        }
        var said = chip!(command.ToArray());
        said.CopyTo(answer);
        length = said.Length;
        return ScardError.Success;
    }

    private ReaderFlags? StateOf(string name)
    {
        if (name.StartsWith(@"\\?PnP?\", StringComparison.Ordinal))
        {
            return (ReaderFlags)((uint)_slots.Count << 16);
        }
        return _slots.TryGetValue(name, out var slot)
            ? (slot.Card is null ? ReaderFlags.Empty : ReaderFlags.Present | slot.More) | (ReaderFlags)((uint)slot.Events << 16)
            : null;
    }

    private ScardError Lost() => Down == ScardError.Success ? ScardError.InvalidHandle : Down;

    private void Change(Action change)
    {
        lock (_gate)
        {
            change();
            Monitor.PulseAll(_gate);
        }
    }
}
