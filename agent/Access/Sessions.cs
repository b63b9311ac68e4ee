using System.Collections.Concurrent;
using System.Security.Cryptography;
using EdgeHub.Agent.Store;
using EdgeHub.Rules;
using EdgeHub.Sync.Seams;
using EdgeHub.Sync.Stores;

namespace EdgeHub.Agent.Access;

/// <summary>Who a request's session is.</summary>
/// <param name="Locked">Nothing is shown until the PIN is typed.</param>
/// <param name="MustChange">Nothing is done until an own PIN is chosen.</param>
public sealed record SignedIn(Operator Me, bool Locked, bool MustChange, byte[] Token);

/// <summary>Sessions of the desk. A browser keeps a random token, the store its hash; so they live over a restart of the service. Who does
/// nothing for a while is locked, by the monotonic clock where this process saw the last page, else by the wall clock.</summary>
public sealed class Sessions(AgentStore store, IEntropy entropy, AgentOptions options)
{
    private const int TokenBytes = 32;
    private static readonly TimeSpan LongestShift = TimeSpan.FromHours(14);
    private static readonly TimeSpan Noted = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, long> _ticks = new(StringComparer.Ordinal);

    /// <summary>Opens a session; the token goes to the browser alone.</summary>
    public async Task<string> Open(StaffMember member)
    {
        var token = new byte[TokenBytes];
        entropy.Fill(token);
        var now = store.Clock.Now;
        await store.Do(session =>
        {
            AccessStore.EndOlder(session, now - LongestShift);
            AccessStore.Put(session, new DeskSession(SHA256.HashData(token), member.Number, now, now, Locked: false));
            return true;
        });
        return Convert.ToHexStringLower(token);
    }

    /// <param name="active">False: the page asked by itself; that is no sign of a person.</param>
    /// <returns>Null: no such session, or it ended.</returns>
    public async Task<SignedIn?> Find(string? token, bool active)
    {
        if (Hash(token) is not { } hash)
        {
            return null;
        }
        var (key, tick, now) = (Convert.ToHexString(hash), store.Clock.TickMilliseconds, store.Clock.Now);
        var known = _ticks.TryGetValue(key, out var last);
        var (open, member) = await store.Do(session => AccessStore.Session(session, hash) is { } found
            ? (found, store.Staff.Find(session, found.Staff))
            : (null, null));
        if (open is null || member is not { LeftAt: null })
        {
            return null;
        }
        if (now - open.Opened > LongestShift || now < open.Opened - Noted)
        {
            await End(hash);
            return null;
        }
        var idle = known ? TimeSpan.FromMilliseconds(tick - last) : now >= open.Seen ? now - open.Seen : TimeSpan.MaxValue;
        var locked = open.Locked || idle > options.LockAfter;
        var seen = active && !locked ? now : open.Seen;
        if (active && !locked)
        {
            _ticks[key] = tick;
        }
        if (locked != open.Locked || seen - open.Seen >= Noted)
        {
            await Note(open with { Seen = seen, Locked = locked });
        }
        return new SignedIn(new Operator(member.Number, member.Name, member.Role), locked, member.MustChange, hash);
    }

    /// <summary>A page is shown on a full disk too: what cannot be noted is known here until there is room.</summary>
    private async Task Note(DeskSession open)
    {
        try
        {
            await store.Do(session =>
            {
                AccessStore.Put(session, open);
                return true;
            });
        }
        catch (StoreException full) when (full.Code == Codes.DiskFull)
        {
            // The tick in memory decides meanwhile.
        }
    }

    public Task Lock(SignedIn who) => store.Do(session => Changed(session, who, locked: true));

    /// <summary>The PIN was right.</summary>
    public Task Unlock(SignedIn who)
    {
        _ticks[Convert.ToHexString(who.Token)] = store.Clock.TickMilliseconds;
        return store.Do(session => Changed(session, who, locked: false));
    }

    public Task End(SignedIn who)
    {
        _ticks.TryRemove(Convert.ToHexString(who.Token), out _);
        return End(who.Token);
    }

    private Task End(byte[] hash) => store.Do(session =>
    {
        AccessStore.End(session, hash);
        return true;
    });

    private bool Changed(StoreSession session, SignedIn who, bool locked)
    {
        if (AccessStore.Session(session, who.Token) is { } open)
        {
            AccessStore.Put(session, open with { Locked = locked, Seen = store.Clock.Now });
        }
        return true;
    }

    private static byte[]? Hash(string? token) =>
        token is { Length: TokenBytes * 2 } && token.All(char.IsAsciiHexDigit) ? SHA256.HashData(Convert.FromHexString(token)) : null;
}
