using System.Globalization;
using EdgeHub.Rules;

namespace EdgeHub.Hub.Store;

/// <summary>Watches the hub's own clock. Every clinic's entries are filed under it for good: an entry never stands before its device's
/// entry before, so what was once filed a year ahead draws all that follows after it, and books known only then would hold. A hub whose
/// clock leaps therefore takes nothing, decides nothing and tells nobody its time, until the clock is right again; the clinics go on by
/// their own books meanwhile.</summary>
/// <param name="clock">The wall clock, and the monotonic one beside it that nobody sets.</param>
public sealed class ClockWatch(TimeProvider clock)
{
    /// <summary>The wall clock may move so far against the monotonic one between two looks.</summary>
    public static readonly TimeSpan MostLeap = TimeSpan.FromMinutes(5);

    /// <summary>After so long without any clinic's entry a hub that starts cannot tell its rest from a clock that stands ahead.</summary>
    public static readonly TimeSpan LongestRest = TimeSpan.FromDays(3);

    private readonly Lock _gate = new();
    private DateTimeOffset _wall = clock.GetUtcNow();
    private long _tick = clock.GetTimestamp();

    /// <exception cref="FaultException">HubClockJumped: the wall clock left the monotonic one; it holds until it is back where it should be.</exception>
    public void Demand()
    {
        lock (_gate)
        {
            var (wall, tick) = (clock.GetUtcNow(), clock.GetTimestamp());
            var expected = _wall + clock.GetElapsedTime(_tick, tick);
            if ((wall - expected).Duration() > MostLeap)
            {
                throw Leapt(wall, $"about {Text(expected)}");
            }
            (_wall, _tick) = (wall, tick);
        }
    }

    /// <summary>At a start there is no monotonic clock of before; what was last taken from a clinic stands for it.</summary>
    /// <param name="lastReceived">Null: nothing was taken yet.</param>
    /// <exception cref="FaultException">HubClockJumped: the clock stands before that, or more than <see cref="LongestRest"/> after it.</exception>
    public static void DemandAtStart(DateTimeOffset now, DateTimeOffset? lastReceived)
    {
        if (lastReceived is { } last && (now < last - MostLeap || now > last + LongestRest))
        {
            throw Leapt(now, $"from {Text(last)} to {Text(last + LongestRest)}");
        }
    }

    private static FaultException Leapt(DateTimeOffset seen, string expected) => new(new Fault(Codes.HubClockJumped, "clock", Text(seen), expected));

    private static string Text(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
