using System.Diagnostics;
using System.Runtime.InteropServices;

namespace EdgeHub.Tests.Unit.Fuzz;

/// <summary>The processor time that the calling thread has had: what others take of a machine meanwhile does not count. Where the platform does not tell
/// it, the time on the wall.</summary>
internal static partial class OwnTime
{
    private const int OfThisThread = 3;

    public static TimeSpan Now
    {
        get
        {
            if (!OperatingSystem.IsLinux())
            {
                return Stopwatch.GetElapsedTime(0);
            }
            return clock_gettime(OfThisThread, out var time) == 0
                ? TimeSpan.FromSeconds(time.Seconds) + TimeSpan.FromTicks(time.Nanoseconds / TimeSpan.NanosecondsPerTick)
                : throw new InvalidOperationException($"clock_gettime: {Marshal.GetLastPInvokeError()}");
        }
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct Time
    {
        public nint Seconds;
        public nint Nanoseconds;
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial int clock_gettime(int clock, out Time time);
}
