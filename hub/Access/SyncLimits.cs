namespace EdgeHub.Hub.Access;

/// <summary>How much of the devices' traffic a hub process takes at once. When a county's clinics all come back from a day without
/// a line, they wait their turn in the order in which they came, and the process holds no more than this of them in memory.</summary>
/// <param name="MostInside">Requests that are worked on at once.</param>
/// <param name="MostWaiting">Requests that wait for that; one more is refused with Busy and a time to come back.</param>
/// <param name="MostBodyBytes">Bytes of bodies that are being received or wait with their request.</param>
/// <param name="MostRawBytes">Bytes of batches that are unpacked and not yet stored.</param>
public sealed record SyncLimits(int MostInside = 64, int MostWaiting = 1_800, long MostBodyBytes = 64L << 20, long MostRawBytes = 64L << 20)
{
    /// <summary>Shorter than an agent waits for its answer, so that it hears that it shall come back.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(20);
}
