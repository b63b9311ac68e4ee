namespace EdgeHub.Agent.Devices.Pcsc;

/// <summary>Times and numbers of the readers.</summary>
/// <param name="ReadWithin">A card that is not read by then holds its reader up, and the reader is shown so.</param>
/// <param name="Wait">The longest wait for a change: a cancelled wait may be missed once.</param>
/// <param name="Again">Between two tries to reach daemon or service.</param>
public sealed record PcscLimits(TimeSpan ReadWithin, TimeSpan Wait, TimeSpan Again)
{
    public static readonly PcscLimits Usual = new(TimeSpan.FromSeconds(8), TimeSpan.FromSeconds(2), TimeSpan.FromMilliseconds(250));

    /// <summary>The platform takes 16 entries in one wait, and the one for new readers is one of them.</summary>
    public const int MostReaders = 15;

    /// <summary>Tries at one card before its error is shown.</summary>
    public const int MostTries = 3;

    /// <summary>Threads that a driver never gave back; with so many no further reader is begun.</summary>
    public const int MostStuck = 8;

    /// <summary>A stop waits so long for threads, then leaves them to the end of the process.</summary>
    public static readonly TimeSpan StopWithin = TimeSpan.FromSeconds(3);
}
