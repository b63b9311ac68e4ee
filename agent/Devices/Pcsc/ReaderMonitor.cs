using EdgeHub.Agent.Devices.Cards;

namespace EdgeHub.Agent.Devices.Pcsc;

/// <summary>Watches which readers there are and whether cards come and go, on a thread and a context of its own: a wait holds its
/// context, so no worker may share it. When daemon or service are gone the context is dead for good, and a fresh one is tried
/// four times a second.</summary>
internal sealed partial class ReaderMonitor(
    IScard scard, CardReaders readers, CardReading reading, PcscLimits limits, TimeProvider time, ILogger log) : IDisposable
{
    /// <summary>Where there is no reader to show, this name stands for all of them.</summary>
    public const string NoReaderName = "PC/SC";

    private const string NewReaders = @"\\?PnP?\Notification";

    /// <summary>After a wake-up that brought nothing: a platform that answers at once for ever must not take the processor.</summary>
    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(20);

    private readonly Dictionary<string, (ReaderWorker Worker, ReaderFlags Known)> _workers = new(StringComparer.Ordinal);
    private readonly List<ReaderWorker> _retired = [];
    private readonly HashSet<string> _unwatched = new(StringComparer.Ordinal);
    private readonly ManualResetEventSlim _stop = new(false);
    private Thread? _thread;
    private nint _context;
    private ReaderFlags _newReadersKnown;
    private bool _takesNewReaders = true;
    private ScardError _shown = ScardError.Success;

    public void Start()
    {
        _thread = new Thread(Run) { IsBackground = true, Name = "readers" };
        _thread.Start();
    }

    /// <summary>Ends the wait and every thread that comes back; what a driver holds is left to the end of the process.</summary>
    public void Stop()
    {
        var begun = time.GetTimestamp();
        _stop.Set();
        while (_thread is not null && !_thread.Join(TimeSpan.FromMilliseconds(50)) && time.GetElapsedTime(begun) < PcscLimits.StopWithin)
        {
            // Cancelling is forgotten where nobody waits at that moment: again until the thread is back.
            var context = Interlocked.CompareExchange(ref _context, 0, 0);
            if (context != 0)
            {
                _ = scard.Cancel(context);
            }
        }
        foreach (var worker in _workers.Values.Select(each => each.Worker).ToList())
        {
            worker.Retire(new DeviceError(DeviceErrorCode.CardSystemStopped, "stopped"));
            _retired.Add(worker);
        }
        foreach (var worker in _retired)
        {
            if (!worker.Join(PcscLimits.StopWithin - time.GetElapsedTime(begun)))
            {
                Log.Stuck(log, worker.Name);
            }
        }
    }

    public void Dispose()
    {
        foreach (var worker in _retired)
        {
            worker.Dispose();
        }
        if (_thread is null || !_thread.IsAlive)
        {
            _stop.Dispose();
        }
    }

    private void Run()
    {
        while (!_stop.IsSet)
        {
            var result = StepOrBreak();
            if (_stop.IsSet)
            {
                break;
            }
            if (result is not (ScardError.Success or ScardError.Timeout or ScardError.Cancelled or ScardError.UnknownReader or ScardError.ReaderUnavailable))
            {
                Lost(result);
                _stop.Wait(limits.Again);
            }
        }
        Release();
    }

    /// <summary>A fault of the program ends one step, not the agent.</summary>
    private ScardError StepOrBreak()
    {
        try
        {
            return Step();
        }
        catch (Exception broken)
        {
            Log.Broke(log, broken);
            return ScardError.InternalError;
        }
    }

    /// <summary>A context, the list of readers, one wait.</summary>
    private ScardError Step()
    {
        if (_context == 0)
        {
            var established = scard.Establish(out var context);
            if (established != ScardError.Success)
            {
                return established;
            }
            Interlocked.Exchange(ref _context, context);
        }
        var listed = scard.ListReaders(_context, out var names);
        if (listed is not (ScardError.Success or ScardError.NoReadersAvailable))
        {
            return listed;
        }
        Meet(names);
        return Wait();
    }

    /// <summary>Begins with readers that came, ends with those that left.</summary>
    private void Meet(IReadOnlyList<string> names)
    {
        _shown = ScardError.Success;
        foreach (var gone in _workers.Keys.Except(names, StringComparer.Ordinal).ToList())
        {
            Retire(gone, new DeviceError(DeviceErrorCode.ReaderGone));
        }
        foreach (var gone in _unwatched.Except(names, StringComparer.Ordinal).ToList())
        {
            _unwatched.Remove(gone);
            readers.Put(gone, ReaderStatus.Absent, null, new DeviceError(DeviceErrorCode.ReaderGone));
        }
        _retired.RemoveAll(worker =>
        {
            if (worker.IsOver)
            {
                worker.Dispose();
            }
            return worker.IsOver;
        });
        foreach (var name in names.Where(name => !_workers.ContainsKey(name)))
        {
            if (_workers.Count >= PcscLimits.MostReaders || _retired.Count >= PcscLimits.MostStuck)
            {
                _unwatched.Add(name);
                readers.Put(name, ReaderStatus.Faulty, null, _workers.Count >= PcscLimits.MostReaders
                    ? new DeviceError(DeviceErrorCode.TooManyReaders, $"at most {PcscLimits.MostReaders}")
                    : new DeviceError(DeviceErrorCode.ReaderHung, "too many drivers hang"));
                continue;
            }
            _unwatched.Remove(name);
            _workers[name] = (new ReaderWorker(name, scard, readers, reading, limits, time, log), ReaderFlags.Unaware);
            Log.Came(log, name);
        }
        if (names.Count > 0)
        {
            readers.Forget(NoReaderName);
        }
        else if (!readers.States.Any(state => state.Error?.Code == DeviceErrorCode.ReaderGone))
        {
            readers.Put(NoReaderName, ReaderStatus.Absent, null, new DeviceError(DeviceErrorCode.NoReader));
        }
    }

    private ScardError Wait()
    {
        var names = _workers.Keys.ToList();
        var watches = new ReaderWatch[names.Count + (_takesNewReaders ? 1 : 0)];
        for (var i = 0; i < names.Count; i++)
        {
            watches[i] = new ReaderWatch(names[i]) { Current = _workers[names[i]].Known };
        }
        if (_takesNewReaders)
        {
            watches[^1] = new ReaderWatch(NewReaders) { Current = _newReadersKnown };
        }
        if (watches.Length == 0)
        {
            _stop.Wait(limits.Again);
            return ScardError.Timeout;
        }
        var result = scard.GetStatusChange(_context, (uint)limits.Wait.TotalMilliseconds, watches);
        if (result == ScardError.UnknownReader && _takesNewReaders && names.Count == 0)
        {
            // A platform that does not know the entry for new readers: the list is looked at in turns.
            _takesNewReaders = false;
        }
        if (result == ScardError.Success && !Heard(names, watches))
        {
            _stop.Wait(Breath);
        }
        return result;
    }

    /// <returns>False: nothing changed.</returns>
    private bool Heard(List<string> names, ReaderWatch[] watches)
    {
        var isNews = false;
        for (var i = 0; i < names.Count; i++)
        {
            var (worker, known) = _workers[names[i]];
            var now = watches[i].Event & ~ReaderFlags.Changed;
            if (!watches[i].Event.HasFlag(ReaderFlags.Changed) || now == known)
            {
                continue;
            }
            isNews = true;
            if (now.HasFlag(ReaderFlags.Unknown) || now.HasFlag(ReaderFlags.Unavailable))
            {
                Retire(names[i], new DeviceError(DeviceErrorCode.ReaderGone, nameof(ReaderFlags.Unavailable)));
                continue;
            }
            _workers[names[i]] = (worker, now);
            worker.Seen(now, watches[i].Atr);
        }
        if (_takesNewReaders)
        {
            var now = watches[^1].Event & ~ReaderFlags.Changed;
            isNews |= now != _newReadersKnown;
            _newReadersKnown = now;
        }
        return isNews;
    }

    private void Retire(string name, DeviceError error)
    {
        var (worker, _) = _workers[name];
        worker.Retire(error);
        _retired.Add(worker);
        _workers.Remove(name);
        Log.Left(log, name, error);
    }

    private void Lost(ScardError result)
    {
        var error = new DeviceError(
            ScardErrors.IsContextLost(result) ? DeviceErrorCode.CardSystemStopped : DeviceErrorCode.ReaderFailed, ScardErrors.Name(result));
        foreach (var name in _workers.Keys.ToList())
        {
            Retire(name, error);
        }
        readers.Put(NoReaderName, ReaderStatus.Absent, null, error);
        Release();
        if (_shown != result)
        {
            Log.Lost(log, ScardErrors.Name(result));
            _shown = result;
        }
    }

    private void Release()
    {
        var context = Interlocked.Exchange(ref _context, 0);
        if (context != 0)
        {
            _ = scard.Release(context);
        }
        _newReadersKnown = ReaderFlags.Unaware;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Reader {Reader} is there")]
        public static partial void Came(ILogger logger, string reader);

        [LoggerMessage(2, LogLevel.Warning, "Reader {Reader} is gone: {Why}")]
        public static partial void Left(ILogger logger, string reader, DeviceError why);

        [LoggerMessage(3, LogLevel.Warning, "Readers cannot be watched ({Result}); it is tried again until they can")]
        public static partial void Lost(ILogger logger, string result);

        [LoggerMessage(5, LogLevel.Error, "Watching the readers broke")]
        public static partial void Broke(ILogger logger, Exception why);

        [LoggerMessage(4, LogLevel.Warning, "The thread of {Reader} is held by its driver and left behind")]
        public static partial void Stuck(ILogger logger, string reader);
    }
}
