using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using EdgeHub.Hub.Store;
using EdgeHub.Rules;
using EdgeHub.Sync.Keys;
using EdgeHub.Sync.Stores;
using EdgeHub.Sync.Wire;

namespace EdgeHub.Hub.Access;

/// <summary>How a device comes to be known: a clerk makes a one-time code for a site, somebody types it at the site's agent, the
/// agent makes its key and posts the public half with the code.</summary>
public sealed class Enrolment(HubStore hub)
{
    /// <summary>A code that nobody used in this time is worth nothing.</summary>
    public static readonly TimeSpan CodeLasts = TimeSpan.FromDays(7);

    private const int CodeLetters = 12;
    private const int MostCodeCharacters = 40;
    private const int MostKeyCharacters = 400;
    private const int MostVersionCharacters = 64;

    // Without letters that people mistake for digits.
    private const string Alphabet = "23456789ABCDEFGHJKMNPQRSTUVWXYZ2";

    /// <summary>A new code for the site, 60 random bits in three groups. Only its hash is stored.</summary>
    /// <exception cref="FaultException">The institution is not loaded, or a device speaks for it already.</exception>
    public string NewCode(string site)
    {
        Span<byte> random = stackalloc byte[CodeLetters];
        hub.Entropy.Fill(random);
        var letters = new StringBuilder(CodeLetters + 2);
        for (var i = 0; i < CodeLetters; i++)
        {
            letters.Append(i is 4 or 8 ? "-" : "").Append(Alphabet[random[i] % Alphabet.Length]);
        }
        var code = letters.ToString();
        hub.Write(session =>
        {
            if (AccessStore.FindInstitution(session, hub.Region, site) is null)
            {
                throw new FaultException(new Fault(Codes.UnknownCode, "--site", site, "the code of an institution that was loaded (hub load institutions)"));
            }
            if (AccessStore.DeviceOfSite(session, hub.Region, site) is { } device)
            {
                throw new FaultException(new Fault(Codes.Duplicated, "--site", site, $"a site without a device; revoke {device.Name} first (hub device revoke)"));
            }
            var now = hub.NowMilliseconds;
            AccessStore.AddCode(session, hub.Region, HashOf(code), site, now, now + (long)CodeLasts.TotalMilliseconds);
            return true;
        });
        return code;
    }

    /// <summary>Makes the device, or takes a revoked one back that has the same key and site. The same code with the same key is answered again, for the first answer may have been lost.</summary>
    /// <exception cref="FaultException">EnrolmentCodeInvalid: unknown, expired or used; BadCharacter: the key is none.</exception>
    public Task<EnrolAnswer> Enrol(EnrolRequest request)
    {
        hub.ClockWatch.Demand();
        if (request.Code.Length > MostCodeCharacters || request.PublicKey.Length > MostKeyCharacters || request.Version.Length > MostVersionCharacters)
        {
            throw new FaultException(new Fault(Codes.TooLong, "code, publicKey, version", "", $"at most {MostCodeCharacters}, {MostKeyCharacters} and {MostVersionCharacters} characters"));
        }
        var key = new byte[MostKeyCharacters];
        if (!Convert.TryFromBase64String(request.PublicKey, key, out var length) || !EcdsaKeys.IsPublicKey(key.AsSpan(0, length)))
        {
            throw new FaultException(new Fault(Codes.BadCharacter, "publicKey", request.PublicKey, "a public key on P-256 (SubjectPublicKeyInfo, base64)"));
        }
        var publicKey = key[..length];
        return hub.Submit(session => Answer(session, Taken(session, request, publicKey)));
    }

    private Device Taken(StoreSession session, EnrolRequest request, byte[] publicKey)
    {
        var hash = HashOf(request.Code);
        var code = AccessStore.FindCode(session, hub.Region, hash);
        if (code?.UsedDeviceNo is { } used && AccessStore.DeviceOfNumber(session, hub.Region, used) is { RevokedMilliseconds: null } made && made.PublicKey.AsSpan().SequenceEqual(publicKey))
        {
            return made;
        }
        var now = hub.NowMilliseconds;
        if (code is not null && request.Site is { } site && site != code.Site)
        {
            throw new FaultException(new Fault(Codes.EnrolmentCodeInvalid, "site", site, $"the site of the code, {code.Site}"));
        }
        if (code is null || code.UsedDeviceNo is not null || code.ExpiresMilliseconds <= now || AccessStore.DeviceOfSite(session, hub.Region, code.Site) is not null)
        {
            throw new FaultException(new Fault(Codes.EnrolmentCodeInvalid, "code", "", "a code that was not used, at most 7 days old, for a site without a device"));
        }
        if (AccessStore.RevokedWithKey(session, hub.Region, code.Site, EcdsaKeys.KeyId(publicKey)) is { } back && back.PublicKey.AsSpan().SequenceEqual(publicKey))
        {
            // The same device comes back: its chain goes on where it stood, so that nothing is sent twice and nothing is lost.
            AccessStore.TakeBack(session, hub.Region, back.DeviceNo, request.Version);
            AccessStore.UseCode(session, hub.Region, hash, back.DeviceNo, now);
            return back with { RevokedMilliseconds = null, AgentVersion = request.Version };
        }
        var serial = AccessStore.DevicesEver(session, hub.Region, code.Site) + 1;
        var device = new Device(
            Counters.Next(session, hub.Region, "device"), string.Create(CultureInfo.InvariantCulture, $"{code.Site}-{serial}"), code.Site,
            publicKey, EcdsaKeys.KeyId(publicKey), request.Version, now, null);
        AccessStore.AddDevice(session, hub.Region, device);
        AccessStore.UseCode(session, hub.Region, hash, device.DeviceNo, now);
        return device;
    }

    private EnrolAnswer Answer(StoreSession session, Device device)
    {
        var institution = AccessStore.FindInstitution(session, hub.Region, device.Site)
            ?? throw new InvalidOperationException($"The device {device.Name} speaks for no institution.");
        return new EnrolAnswer(
            hub.Region, device.Site, device.Name, 1, institution.Code, institution.Name, institution.Level, institution.Type,
            hub.Settings.TimeZone, Convert.ToBase64String(hub.Keys.Signer.PublicKey), AccessStore.Villages(session, hub.Region, device.Site), hub.Keys.HandWord(hub.Region));
    }

    /// <summary>Typed by people: case, spaces and dashes do not matter.</summary>
    private static string HashOf(string code)
    {
        var plain = code.Replace("-", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant();
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(plain)));
    }
}
