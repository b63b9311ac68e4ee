using EdgeHub.Agent.Devices.Cards;

namespace EdgeHub.Agent.Devices.Pcsc;

/// <summary>The readers of this machine, from the start of the agent to its end. A machine without PC/SC is said so by name, and the
/// agent does everything else.</summary>
public sealed partial class PcscReaders(
    CardReaders readers, CardReading reading, Func<IScard?> load, PcscLimits limits, TimeProvider time, ILogger<PcscReaders> log) : IHostedService, IDisposable
{
    private ReaderMonitor? _monitor;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (load() is not { } scard)
        {
            readers.Put(ReaderMonitor.NoReaderName, ReaderStatus.Absent, null, new DeviceError(DeviceErrorCode.CardSystemAbsent, PlatformScard.LibraryName));
            Log.NoLibrary(log, PlatformScard.LibraryName);
            return Task.CompletedTask;
        }
        _monitor = new ReaderMonitor(scard, readers, reading, limits, time, log);
        _monitor.Start();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        _monitor?.Stop();
        return Task.CompletedTask;
    }

    public void Dispose() => _monitor?.Dispose();

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "This machine has no {Library}: cards are not read until it is installed and the agent is started again")]
        public static partial void NoLibrary(ILogger logger, string library);
    }
}
