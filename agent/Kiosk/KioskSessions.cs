using EdgeHub.Agent.CheckIn;
using EdgeHub.Sync.Seams;

namespace EdgeHub.Agent.Kiosk;

/// <summary>Who stands at a kiosk now, in memory alone: nothing of a person is in an address or a cookie but a number drawn for this
/// minute, and nothing is left when the screen is wiped.</summary>
public sealed class KioskSessions(TimeProvider time, IEntropy entropy)
{
    public const string Cookie = "edgehub-kiosk";
    private const int Most = 100;
    private const int KeyBytes = 16;

    /// <summary>Longer than a screen waits for a touch.</summary>
    private static readonly TimeSpan Lasts = TimeSpan.FromMinutes(2);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, KioskSession> _sessions = new(StringComparer.Ordinal);

    public void Begin(HttpContext http, KioskPerson person)
    {
        Wipe(http);
        Span<byte> random = stackalloc byte[KeyBytes];
        entropy.Fill(random);
        var key = Convert.ToHexStringLower(random);
        lock (_gate)
        {
            Sweep();
            if (_sessions.Count >= Most)
            {
                _sessions.Remove(_sessions.MinBy(each => each.Value.SeenAt).Key);
            }
            _sessions[key] = new KioskSession(person, time.GetTimestamp());
        }
        http.Response.Cookies.Append(Cookie, key, new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Strict, IsEssential = true, Secure = http.Request.IsHttps, Path = "/kiosk" });
    }

    /// <summary>Who stands there; null: nobody, or too long ago.</summary>
    public KioskSession? Of(HttpContext http)
    {
        lock (_gate)
        {
            Sweep();
            if (http.Request.Cookies[Cookie] is not { } key || !_sessions.TryGetValue(key, out var session))
            {
                return null;
            }
            session.SeenAt = time.GetTimestamp();
            return session;
        }
    }

    public void Wipe(HttpContext http)
    {
        lock (_gate)
        {
            _sessions.Remove(http.Request.Cookies[Cookie] ?? "");
        }
        http.Response.Cookies.Delete(Cookie, new CookieOptions { Path = "/kiosk" });
    }

    private void Sweep()
    {
        foreach (var (key, _) in _sessions.Where(each => time.GetElapsedTime(each.Value.SeenAt) > Lasts).ToList())
        {
            _sessions.Remove(key);
        }
    }
}

/// <summary>One person at one kiosk.</summary>
public sealed class KioskSession(KioskPerson person, long seenAt)
{
    public KioskPerson Person { get; } = person;

    /// <summary>Timestamp of the monotonic clock.</summary>
    public long SeenAt { get; set; } = seenAt;

    /// <summary>The ticket of the last check-in; null: none yet.</summary>
    public KioskTicket? Ticket { get; set; }

    /// <summary>What became of that ticket's slip.</summary>
    public SlipState Slip { get; set; }
}
