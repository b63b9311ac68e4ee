using System.Net;

namespace EdgeHub.Agent.Kiosk;

/// <summary>How much a kiosk on another machine may ask: as much as a screen needs, and far less before it is paired.</summary>
public sealed class KioskRates(TimeProvider time)
{
    private const double Paired = 20;
    private const double Stranger = 2;
    private const double Burst = 120;

    /// <summary>Several machines may stand behind one address, and each takes a page with its files before it is paired. Codes are not guarded by this.</summary>
    private const double StrangersBurst = 200;
    private const int MostKept = 256;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, (double Left, long At)> _buckets = new(StringComparer.Ordinal);

    /// <param name="kiosk">Null: not paired; then all of one address count together.</param>
    public bool May(string? kiosk, IPAddress? from)
    {
        var (key, rate, burst) = kiosk is not null ? ("k " + kiosk, Paired, Burst) : ("a " + from, Stranger, StrangersBurst);
        lock (_gate)
        {
            if (_buckets.Count >= MostKept && !_buckets.ContainsKey(key))
            {
                // Whoever is forgotten begins anew; a stranger with many addresses gains a burst, not a rate.
                _buckets.Remove(_buckets.MinBy(each => each.Value.At).Key);
            }
            var now = time.GetTimestamp();
            var before = _buckets.GetValueOrDefault(key, (Left: burst, At: now));
            var left = Math.Min(burst, before.Left + (time.GetElapsedTime(before.At, now).TotalSeconds * rate));
            var may = left >= 1;
            _buckets[key] = (may ? left - 1 : left, now);
            return may;
        }
    }
}
