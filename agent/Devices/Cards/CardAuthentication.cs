using System.Text.Json;

namespace EdgeHub.Agent.Devices.Cards;

/// <summary>What an authenticator is asked for a card of version 3: what answers this challenge.</summary>
/// <param name="Algorithm">1 DES, 2 SSF33, 3 SM4, as the card says behind 9F0C86; 0: it does not say.</param>
/// <param name="Challenge">The card's random bytes, hexadecimal.</param>
/// <param name="Atr">The card's answer to reset, hexadecimal.</param>
/// <param name="CardId">Keys are made from it; null: it is closed, too.</param>
public sealed record AuthenticationAsked(string Profile, int Algorithm, string Challenge, string Atr, string? CardId, string? Version);

public abstract record AuthenticationAnswer
{
    private AuthenticationAnswer() { }

    /// <param name="Key">Reference of the card's key, P2 of EXTERNAL AUTHENTICATE.</param>
    public sealed record Cryptogram(byte Key, byte[] Data) : AuthenticationAnswer;

    /// <summary>Nobody is set up to authenticate.</summary>
    public sealed record None : AuthenticationAnswer;

    /// <summary>It was asked and gave no answer that can be used.</summary>
    public sealed record Silent(string Why) : AuthenticationAnswer;
}

/// <summary>Who authenticates to cards of version 3: a security module (PSAM) or a back end, or nobody.</summary>
public interface ICardAuthenticator
{
    AuthenticationAnswer Answer(AuthenticationAsked asked);
}

/// <summary>Nobody: such cards are refused clearly.</summary>
public sealed class NoAuthenticator : ICardAuthenticator
{
    public AuthenticationAnswer Answer(AuthenticationAsked asked) => new AuthenticationAnswer.None();
}

/// <summary>A service that holds the keys, on this machine beside a PSAM or at a back end: POST of the question as JSON, an answer
/// {"key": 1, "cryptogram": "hex"}. It is waited for a bounded time: a patient stands there.</summary>
public sealed class HttpAuthenticator(Uri address, HttpMessageHandler? handler = null) : ICardAuthenticator, IDisposable
{
    /// <summary>Less than the 5 seconds after which Windows takes a card back.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private const int MostAnswerBytes = 4_096;
    private const int MostCryptogramBytes = 64;
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    private readonly HttpClient _http = new(handler ?? new SocketsHttpHandler()) { Timeout = Patience, MaxResponseContentBufferSize = MostAnswerBytes };

    public AuthenticationAnswer Answer(AuthenticationAsked asked)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = JsonContent.Create(asked, options: Web) };
            using var answer = _http.Send(request);
            if (!answer.IsSuccessStatusCode)
            {
                return new AuthenticationAnswer.Silent($"HTTP {(int)answer.StatusCode}");
            }
            using var body = answer.Content.ReadAsStream();
            var given = JsonSerializer.Deserialize<Given>(body, Web);
            var data = Convert.FromHexString(given?.Cryptogram ?? "");
            return data.Length is > 0 and <= MostCryptogramBytes
                ? new AuthenticationAnswer.Cryptogram(given!.Key, data)
                : new AuthenticationAnswer.Silent($"a cryptogram of {data.Length} bytes");
        }
        catch (Exception failed) when (failed is HttpRequestException or TaskCanceledException or JsonException or FormatException or IOException)
        {
            return new AuthenticationAnswer.Silent(failed.GetType().Name);
        }
    }

    public void Dispose() => _http.Dispose();

    private sealed record Given(byte Key, string? Cryptogram);
}
