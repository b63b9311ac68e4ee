using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using EdgeHub.Sync.Feeds;
using EdgeHub.Sync.Wire;

namespace EdgeHub.Agent.Sync;

/// <summary>The line over HTTP. Answers are bounded; what comes back that is not an answer is a line that is down, except a
/// refusal that names its code.</summary>
public sealed class HttpHubLine : IHubLine, IDisposable
{
    private const int MaxAnswerBytes = 8 * 1024 * 1024;
    private const int MaxDetailCharacters = 300;
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);
    private readonly HttpClient _http;

    public HttpHubLine()
        : this(new SocketsHttpHandler
        {
            ConnectTimeout = TimeSpan.FromSeconds(3),
            PooledConnectionLifetime = TimeSpan.FromMinutes(10),
            AllowAutoRedirect = false,
            UseProxy = false,
        })
    {
    }

    public HttpHubLine(HttpMessageHandler handler) =>
        _http = new HttpClient(handler) { Timeout = TimeSpan.FromSeconds(30), MaxResponseContentBufferSize = MaxAnswerBytes };

    public Task<EnrolAnswer> Enrol(Uri hub, EnrolRequest request, CancellationToken cancel) =>
        Ask<EnrolAnswer>(new HttpRequestMessage(HttpMethod.Post, At(hub, "enrol")) { Content = JsonContent.Create(request, options: Web) }, cancel);

    public Task<HelloAnswer> Hello(Uri hub, string device, CancellationToken cancel) =>
        Ask<HelloAnswer>(new HttpRequestMessage(HttpMethod.Get, At(hub, "hello?device=" + Uri.EscapeDataString(device))), cancel);

    public async Task<JournalAnswer> SendBatch(Uri hub, ReadOnlyMemory<byte> wire, CancellationToken cancel)
    {
        var content = new ReadOnlyMemoryContent(wire);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        using var message = new HttpRequestMessage(HttpMethod.Post, At(hub, "journal")) { Content = content };
        var (ok, bytes, answer) = await Exchange(message, cancel);
        // A refused batch is an answer too, whatever its status: it says how far the hub stands.
        return TryRead<JournalAnswer>(bytes) is { Status.Length: > 0, AckedHash: not null } told
            ? told
            : throw Refusal(ok, bytes, answer);
    }

    public async Task<byte[]> GetFeedPage(Uri hub, FeedAsked asked, string authorization, CancellationToken cancel)
    {
        var query = string.Create(CultureInfo.InvariantCulture, $"feeds/{Uri.EscapeDataString(asked.Feed)}?format={FeedFormats.Newest}&after={asked.After}");
        if (asked.UpTo is { } upTo)
        {
            query += string.Create(CultureInfo.InvariantCulture, $"&upto={upTo}");
        }
        if (asked.Cursor is { } cursor)
        {
            query += "&cursor=" + Uri.EscapeDataString(cursor);
        }
        using var message = Authorized(new HttpRequestMessage(HttpMethod.Get, At(hub, query)), authorization);
        var (ok, bytes, answer) = await Exchange(message, cancel);
        return ok ? bytes : throw Refusal(ok, bytes, answer);
    }

    public Task<EpochAnswer> NewEpoch(Uri hub, EpochRequest request, string authorization, CancellationToken cancel) =>
        Ask<EpochAnswer>(
            Authorized(new HttpRequestMessage(HttpMethod.Post, At(hub, "epoch")) { Content = JsonContent.Create(request, options: Web) }, authorization),
            cancel);

    public Task<PersonAnswer> FindPerson(Uri hub, PersonAsked asked, string authorization, CancellationToken cancel) =>
        Ask<PersonAnswer>(
            Authorized(new HttpRequestMessage(HttpMethod.Post, At(hub, "persons/find")) { Content = JsonContent.Create(asked, options: Web) }, authorization), cancel);

    public void Dispose() => _http.Dispose();

    private async Task<T> Ask<T>(HttpRequestMessage message, CancellationToken cancel)
        where T : class
    {
        using (message)
        {
            var (ok, bytes, answer) = await Exchange(message, cancel);
            return ok && TryRead<T>(bytes) is { } read ? read : throw Refusal(ok, bytes, answer);
        }
    }

    private async Task<(bool Ok, byte[] Bytes, (int Status, TimeSpan? ComeBack) Answer)> Exchange(HttpRequestMessage message, CancellationToken cancel)
    {
        try
        {
            using var response = await _http.SendAsync(message, cancel);
            return (response.IsSuccessStatusCode, await response.Content.ReadAsByteArrayAsync(cancel), ((int)response.StatusCode, response.Headers.RetryAfter?.Delta));
        }
        catch (HttpRequestException failed)
        {
            throw new HubUnreachable(failed.HttpRequestError.ToString(), failed);
        }
        catch (TaskCanceledException late) when (!cancel.IsCancellationRequested)
        {
            throw new HubUnreachable("no answer in time", late);
        }
    }

    private static Exception Refusal(bool ok, byte[] bytes, (int Status, TimeSpan? ComeBack) answer)
    {
        var problem = TryRead<HubProblem>(bytes);
        if (ok || problem?.Code is not { Length: > 0 and <= 60 } code)
        {
            return new HubUnreachable(string.Create(CultureInfo.InvariantCulture, $"status {answer.Status}, not an answer of /sync/v1"));
        }
        return answer.Status < 500
            ? new HubRefused(code, Shortened(problem.Detail ?? ""))
            : new HubUnreachable($"{code}: {Shortened(problem.Detail ?? "")}") { ComeBackAfter = answer.ComeBack };
    }

    private static T? TryRead<T>(byte[] bytes)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(bytes, Web);
        }
        catch (JsonException)
        {
            // Not ours: a proxy's page, or a hub that broke down. The caller says so with the status.
            return null;
        }
    }

    private static string Shortened(string text) => text.Length <= MaxDetailCharacters ? text : text[..MaxDetailCharacters];

    private static HttpRequestMessage Authorized(HttpRequestMessage message, string authorization)
    {
        message.Headers.TryAddWithoutValidation("Authorization", authorization);
        return message;
    }

    private static Uri At(Uri hub, string path) => new(hub.AbsoluteUri.TrimEnd('/') + "/sync/v1/" + path);

    private sealed record HubProblem(string? Code, string? Detail);
}
