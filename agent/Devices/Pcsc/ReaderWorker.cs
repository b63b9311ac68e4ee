using EdgeHub.Agent.Devices.Cards;

namespace EdgeHub.Agent.Devices.Pcsc;

/// <summary>One reader's thread: it reads each card that comes. A card that never answers holds up this thread and no other; the
/// watchdog then shows the reader as faulty until the card is pulled or answers. All that is shown of a reader is put here, under
/// one lock.</summary>
internal sealed partial class ReaderWorker : IDisposable
{
    private readonly IScard _scard;
    private readonly CardReaders _readers;
    private readonly CardReading _reading;
    private readonly PcscLimits _limits;
    private readonly ILogger _log;
    private readonly Lock _gate = new();
    private readonly AutoResetEvent _wake = new(false);
    private readonly ManualResetEventSlim _stop = new(false);
    private readonly ITimer _watchdog;
    private readonly Thread _thread;

    /// <summary>Which card it is since the reader came: grows with each. 0: none is in.</summary>
    private long _card;
    private long _lastCard;
    private uint? _count;
    private byte[] _atr = [];
    private bool _isMute;

    /// <summary>The card that the thread is at; 0: none.</summary>
    private long _busyWith;
    private bool _isHung;
    private bool _isRetired;

    /// <summary>The worker's own context; the thread's alone.</summary>
    private nint _context;

    public ReaderWorker(string name, IScard scard, CardReaders readers, CardReading reading, PcscLimits limits, TimeProvider time, ILogger log)
    {
        (Name, _scard, _readers, _reading, _limits, _log) = (name, scard, readers, reading, limits, log);
        _watchdog = time.CreateTimer(_ => Expired(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _thread = new Thread(Run) { IsBackground = true, Name = "reader " + name };
        _thread.Start();
    }

    public string Name { get; }

    /// <summary>The thread has come back.</summary>
    public bool IsOver => !_thread.IsAlive;

    /// <summary>What the monitor saw. Called by its thread alone.</summary>
    public void Seen(ReaderFlags state, byte[] atr)
    {
        var (flags, count) = (state & (ReaderFlags)0xFFFF, (uint)state >> 16);
        lock (_gate)
        {
            if (_isRetired)
            {
                return;
            }
            if (!flags.HasFlag(ReaderFlags.Present))
            {
                var error = _card != 0 || _busyWith != 0 ? Left() : null;
                (_card, _count) = (0, count);
                Show(ReaderStatus.Ready, null, error ?? LastPulled());
                return;
            }
            if (_card != 0 && _count == count)
            {
                return;
            }
            (_card, _count, _atr) = (++_lastCard, count, atr);
            _isMute = flags.HasFlag(ReaderFlags.Mute);
            ShowUnread();
        }
        _wake.Set();
    }

    /// <summary>The reader, or what speaks to it, is gone: nothing more is heard of this worker.</summary>
    public void Retire(DeviceError error)
    {
        lock (_gate)
        {
            if (!_isRetired)
            {
                _isHung = false;
                Show(ReaderStatus.Absent, null, error);
                _isRetired = true;
            }
        }
        _stop.Set();
        _wake.Set();
    }

    /// <returns>False: the thread is stuck in the driver.</returns>
    public bool Join(TimeSpan atMost) => _thread.Join(atMost > TimeSpan.Zero ? atMost : TimeSpan.Zero);

    public void Dispose()
    {
        _watchdog.Dispose();
        if (IsOver)
        {
            _wake.Dispose();
            _stop.Dispose();
        }
    }

    private void Run()
    {
        while (_wake.WaitOne() && !_stop.IsSet)
        {
            long card;
            byte[] atr;
            lock (_gate)
            {
                if (_card == 0 || _isMute)
                {
                    continue;
                }
                (card, _busyWith, atr) = (_card, _card, _atr);
                Show(ReaderStatus.Reading, null, null);
            }
            _watchdog.Change(_limits.ReadWithin, Timeout.InfiniteTimeSpan);
            var outcome = ReadWithTries(card, atr);
            _watchdog.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            Finished(card, outcome);
        }
        Drop();
    }

    private CardOutcome ReadWithTries(long card, byte[] atr)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                if (_context == 0 && _scard.Establish(out _context) is var failed and not ScardError.Success)
                {
                    throw new ScardException("EstablishContext", failed);
                }
                return new CardSession(_scard, _context, Name).Read(_reading, atr);
            }
            catch (ScardException failed)
            {
                if (ScardErrors.IsContextLost(failed.Error))
                {
                    Drop();
                }
                var isWorthIt = ScardErrors.IsPassing(failed.Error) || ScardErrors.IsContextLost(failed.Error);
                if (!isWorthIt || tries >= PcscLimits.MostTries || !IsStillIn(card) || _stop.Wait(_limits.Again))
                {
                    Log.Failed(_log, Name, failed.Message);
                    return new CardOutcome(null, new DeviceError(ScardErrors.ToDevice(failed.Error), failed.Message));
                }
            }
            catch (CardProtocolException failed)
            {
                Log.Failed(_log, Name, failed.Message);
                return new CardOutcome(null, new DeviceError(DeviceErrorCode.CardUnreadable, failed.Message));
            }
            catch (Exception broken)
            {
                // A fault of the program with this card: this reader shows it, everything else goes on.
                Log.Broke(_log, Name, broken);
                return new CardOutcome(null, new DeviceError(DeviceErrorCode.ReaderFailed, broken.GetType().Name));
            }
        }
    }

    private bool IsStillIn(long card)
    {
        lock (_gate)
        {
            return _card == card;
        }
    }

    private void Finished(long card, CardOutcome outcome)
    {
        lock (_gate)
        {
            (_busyWith, _isHung) = (0, false);
            if (_card == card)
            {
                var isReaders = outcome.Error is { Code: < DeviceErrorCode.CardPulled };
                Show(outcome.Error is null ? ReaderStatus.Read : isReaders ? ReaderStatus.Faulty : ReaderStatus.NotRead, outcome.Card, outcome.Error);
            }
            else
            {
                // It left while it was read; another may be in already, and the thread was told so.
                ShowUnread();
            }
        }
    }

    private void ShowUnread()
    {
        var error = _card == 0 ? new DeviceError(DeviceErrorCode.CardPulled) : _isMute ? new DeviceError(DeviceErrorCode.CardMute, nameof(ReaderFlags.Mute)) : null;
        Show(_card == 0 ? ReaderStatus.Ready : _isMute ? ReaderStatus.NotRead : ReaderStatus.CardIn, null, error);
    }

    private void Expired()
    {
        lock (_gate)
        {
            if (_busyWith == 0 || _isRetired)
            {
                return;
            }
            Show(ReaderStatus.Faulty, null, new DeviceError(DeviceErrorCode.ReaderHung, $"no answer within {_limits.ReadWithin.TotalSeconds:0} s"));
            _isHung = true;
        }
        Log.Hung(_log, Name);
    }

    /// <summary>A card that went while the thread was at it was pulled.</summary>
    private DeviceError? Left() => _busyWith != 0 && !_isHung ? new DeviceError(DeviceErrorCode.CardPulled) : null;

    private DeviceError? LastPulled() => _readers.Find(Name) is { Status: ReaderStatus.Ready or ReaderStatus.NotRead, Error: { Code: DeviceErrorCode.CardPulled } pulled } ? pulled : null;

    /// <summary>While the thread hangs the reader is shown so, whatever the monitor sees.</summary>
    private void Show(ReaderStatus status, CardRead? card, DeviceError? error)
    {
        if (!_isRetired && !_isHung)
        {
            _readers.Put(Name, status, card, error);
        }
    }

    private void Drop()
    {
        if (_context != 0)
        {
            _ = _scard.Release(_context);
            _context = 0;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "A card in {Reader} was not read: {What}")]
        public static partial void Failed(ILogger logger, string reader, string what);

        [LoggerMessage(3, LogLevel.Error, "Reading a card in {Reader} broke")]
        public static partial void Broke(ILogger logger, string reader, Exception why);

        [LoggerMessage(2, LogLevel.Error, "{Reader} does not answer; it is shown as faulty until its card is pulled")]
        public static partial void Hung(ILogger logger, string reader);
    }
}
