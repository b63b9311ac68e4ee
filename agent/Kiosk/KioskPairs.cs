using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using EdgeHub.Agent.Store;
using EdgeHub.Rules;
using EdgeHub.Sync.Journal;
using EdgeHub.Sync.Seams;

namespace EdgeHub.Agent.Kiosk;

public abstract record PairOutcome
{
    private PairOutcome() { }

    /// <param name="Code">To be typed at that kiosk within ten minutes, once.</param>
    public sealed record Offered(string Name, string Code) : PairOutcome;

    /// <param name="Token">For that kiosk's browser alone.</param>
    public sealed record Paired(string Name, string Token) : PairOutcome;

    public sealed record Refused(Refusal Why) : PairOutcome;
}

/// <summary>Kiosks on other machines of the site: the manager offers a code at the desk, it is typed at the kiosk once, and that browser
/// keeps a token of 256 random bits from then on. Codes are in memory alone and end with the agent.</summary>
public sealed class KioskPairs(AgentStore store, TimeProvider time, IEntropy entropy)
{
    public const int CodeDigits = 8;

    /// <summary>After so many wrong codes every offer is void: 100,000,000 codes cannot be tried.</summary>
    public const int MostWrong = 10;

    private const int MostOffers = 20;
    private const int TokenBytes = 32;
    private const int TokenCharacters = TokenBytes * 2;
    private static readonly TimeSpan Lasts = TimeSpan.FromMinutes(10);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, (KioskPlace Place, string By, long At)> _offers = new(StringComparer.Ordinal);
    private int _wrong;

    public Task<IReadOnlyList<PairedKiosk>> All() => store.Do(KioskStore.All);

    public PairOutcome Offer(KioskPlace place, string by)
    {
        if (store.Site is null)
        {
            return new PairOutcome.Refused(Refusal.NotEnrolled());
        }
        if (!KioskPlace.IsName(place.Name))
        {
            return new PairOutcome.Refused(Refusal.Of(Codes.BadCharacter, "name", place.Name, "1 to 20 letters a to z, digits and -"));
        }
        Span<byte> random = stackalloc byte[8];
        entropy.Fill(random);
        var code = (BitConverter.ToUInt64(random) % 100_000_000).ToString("D8", CultureInfo.InvariantCulture);
        lock (_gate)
        {
            Sweep();
            foreach (var old in _offers.Where(each => each.Value.Place.Name == place.Name).Select(each => each.Key).ToList())
            {
                _offers.Remove(old);
            }
            if (_offers.Count >= MostOffers)
            {
                _offers.Clear();
            }
            _wrong = 0;
            _offers[code] = (place, by, time.GetTimestamp());
        }
        return new PairOutcome.Offered(place.Name, code);
    }

    /// <summary>A kiosk shows the code: it is let in from now on.</summary>
    public async Task<PairOutcome> Pair(string? code)
    {
        var typed = new string([.. (code ?? "").Where(char.IsAsciiDigit).Take(CodeDigits + 1)]);
        (KioskPlace Place, string By, long At) offer;
        lock (_gate)
        {
            Sweep();
            if (!_offers.Remove(typed, out offer))
            {
                if (++_wrong >= MostWrong)
                {
                    _offers.Clear();
                }
                return new PairOutcome.Refused(Refusal.Of(Codes.SignInNeeded, "code", "", "the code that the desk shows now"));
            }
        }
        var bytes = new byte[TokenBytes];
        entropy.Fill(bytes);
        var token = Convert.ToHexStringLower(bytes);
        return await store.Do<PairOutcome>(session =>
        {
            var at = store.Clock.Capture();
            var (place, by, _) = offer;
            KioskStore.Put(session, new PairedKiosk(place.Name, place.Reader, place.Printer, place.Scanner, by, at.At, null), Hash(token));
            store.Journal.Append(session, Kinds.AccessChanged, new AccessChanged("kiosk", place.Name, "Paired", "", by), at);
            return new PairOutcome.Paired(place.Name, token);
        });
    }

    /// <summary>Which kiosk has this token; null: none.</summary>
    public async Task<KioskPlace?> Of(string? token)
    {
        if (token is not { Length: TokenCharacters })
        {
            return null;
        }
        var hash = Hash(token);
        return await store.Do(session => KioskStore.ByToken(session, hash)) is { } kiosk ? new KioskPlace(kiosk.Name, kiosk.Reader, kiosk.Printer, kiosk.Scanner) : null;
    }

    /// <returns>False: no such kiosk is let in.</returns>
    public Task<bool> Revoke(string name, string by) => store.Do(session =>
    {
        var at = store.Clock.Capture();
        if (!KioskStore.Revoke(session, name, at.At))
        {
            return false;
        }
        store.Journal.Append(session, Kinds.AccessChanged, new AccessChanged("kiosk", name, "Revoked", "", by), at);
        return true;
    });

    private void Sweep()
    {
        foreach (var old in _offers.Where(each => time.GetElapsedTime(each.Value.At) > Lasts).Select(each => each.Key).ToList())
        {
            _offers.Remove(old);
        }
    }

    private static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
