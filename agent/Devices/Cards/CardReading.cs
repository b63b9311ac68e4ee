using System.Globalization;

namespace EdgeHub.Agent.Devices.Cards;

/// <summary>What became of a card.</summary>
/// <param name="Card">What was read of it; null: nothing.</param>
/// <param name="Error">Why it is not taken; null: it is.</param>
public sealed record CardOutcome(CardRead? Card, DeviceError? Error);

/// <summary>Reads a card by the first profile whose application it has. Nothing is written to a card and no PIN is ever sent.</summary>
public sealed class CardReading(IReadOnlyList<CardProfile> profiles, Func<CardRules> rules, ICardAuthenticator authenticator, TimeProvider time, Func<DateOnly> today)
{
    private const int AreaDigits = 6;
    private const int ChallengeBytes = 8;

    /// <param name="pause">Runs what must not hold the card up: a question over a network.</param>
    /// <exception cref="CardProtocolException">The card breaks the protocol's own bounds.</exception>
    public CardOutcome Read(string reader, byte[] atr, CardChannel channel, Func<Func<AuthenticationAnswer>, AuthenticationAnswer> pause)
    {
        var tried = new List<string>();
        foreach (var profile in profiles)
        {
            var selected = channel.Send([0x00, 0xA4, 0x04, 0x00, (byte)profile.Application.Length, .. profile.Application]);
            if (profile.Blocked.Contains(selected.Status))
            {
                return new CardOutcome(null, new DeviceError(DeviceErrorCode.CardBlocked, $"{profile.Name}: {selected.Status:X4}"));
            }
            if (selected.IsWell)
            {
                return Checked(new ProfileReading(profile, channel), reader, atr, selected.Data, pause);
            }
            tried.Add($"{Convert.ToHexString(profile.Application)} {selected.Status:X4}");
        }
        return new CardOutcome(null, new DeviceError(DeviceErrorCode.CardUnknown, $"ATR {Convert.ToHexString(atr)}; tried {string.Join(", ", tried)}"));
    }

    private CardOutcome Checked(ProfileReading reading, string reader, byte[] atr, byte[] fci, Func<Func<AuthenticationAnswer>, AuthenticationAnswer> pause)
    {
        var wrong = reading.Open() ?? (reading.IsClosed ? new DeviceError(DeviceErrorCode.CardNeedsAuthentication) : reading.Personal());
        if (wrong is { Code: DeviceErrorCode.CardNeedsAuthentication })
        {
            wrong = Authenticate(reading, atr, fci, pause) ?? reading.Personal();
        }
        var card = Card(reading, reader);
        return new CardOutcome(card, wrong ?? (card is null ? new DeviceError(DeviceErrorCode.CardUnreadable, "no number") : rules().Wrong(card, today())));
    }

    /// <summary>External authentication (ISO 7816-4): the card's challenge, what answers it, and the card's verdict.</summary>
    private DeviceError? Authenticate(ProfileReading reading, byte[] atr, byte[] fci, Func<Func<AuthenticationAnswer>, AuthenticationAnswer> pause)
    {
        var challenge = reading.Channel.Send(0x00, 0x84, 0x00, 0x00, ChallengeBytes);
        if (!challenge.IsWell || challenge.Data.Length != ChallengeBytes)
        {
            return new DeviceError(DeviceErrorCode.CardNeedsAuthentication, $"challenge: {challenge.Status:X4}");
        }
        var asked = new AuthenticationAsked(
            reading.Profile.Name, Algorithm(fci) ?? Algorithm(atr) ?? 0, Convert.ToHexString(challenge.Data), Convert.ToHexString(atr),
            reading.Text(CardField.CardId), reading.Text(CardField.Version));
        switch (pause(() => authenticator.Answer(asked)))
        {
            case AuthenticationAnswer.Cryptogram cryptogram:
                var verdict = reading.Channel.Send([0x00, 0x82, 0x00, cryptogram.Key, (byte)cryptogram.Data.Length, .. cryptogram.Data]);
                reading.IsAuthenticated = verdict.IsWell;
                return verdict.Status switch
                {
                    0x9000 => null,
                    0x6983 or 0x6984 => new DeviceError(DeviceErrorCode.CardBlocked, $"authenticate: {verdict.Status:X4}"),
                    _ => new DeviceError(DeviceErrorCode.CardInvalid, $"authenticate: {verdict.Status:X4}"),
                };
            case AuthenticationAnswer.Silent silent:
                return new DeviceError(DeviceErrorCode.AuthenticatorSilent, silent.Why);
            default:
                return new DeviceError(DeviceErrorCode.CardNeedsAuthentication, $"version {reading.Text(CardField.Version) ?? "unknown"}");
        }
    }

    /// <summary>The byte behind 9F0C86: 1 DES, 2 SSF33, 3 SM4; null: it is not said here.</summary>
    private static int? Algorithm(byte[] data)
    {
        var at = data.AsSpan().IndexOf((ReadOnlySpan<byte>)[0x9F, 0x0C, 0x86]);
        return at >= 0 && at + 3 < data.Length ? data[at + 3] : null;
    }

    private CardRead? Card(ProfileReading reading, string reader)
    {
        var (number, id) = (reading.Text(CardField.CardNumber), reading.Text(CardField.IdNumber));
        if (number is null && id is null)
        {
            return null;
        }
        var cardId = reading.Text(CardField.CardId);
        return new CardRead(reader, number, id, time.GetUtcNow())
        {
            Name = reading.Text(CardField.Name), Profile = reading.Profile.Name, Version = reading.Text(CardField.Version),
            IssuerArea = cardId?.Length >= AreaDigits ? cardId[..AreaDigits] : null,
            Issued = reading.Day(CardField.Issued), Expires = reading.Day(CardField.Expires), Sex = reading.Text(CardField.Sex), BirthDate = reading.Day(CardField.BirthDate),
        };
    }

    /// <summary>The digits before a version's point: 2 of 2.00.</summary>
    internal static string? Major(string? version) => version is null ? null
        : int.TryParse(version.Split('.')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var major) ? major.ToString(CultureInfo.InvariantCulture) : null;
}
