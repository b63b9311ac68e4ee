using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;

namespace EdgeHub.Quickstart.Parts;

/// <summary>One clinic: its agent's process, its state folder, and its local interface as a clinic's own system would call it.</summary>
public sealed class AgentSite(Options options, Children children, Place place, TimeProvider clock, DemoClock demo) : IDisposable
{
    private readonly string _program = Path.Combine(options.Root, "agent", "bin", options.Configuration, "net10.0", "EdgeHub.Agent.dll");
    private readonly int _port = Ports.Free();
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(60) };
    private Process? _service;

    public Place Place { get; } = place;
    public string State { get; } = Path.Combine(options.State, "agents", place.Code);
    public string Url => $"http://127.0.0.1:{_port}";
    public int ProcessId => _service?.Id ?? 0;

    /// <param name="cardSocket">The socket of a card daemon whose readers this clinic has; null: it has the simulated reader.</param>
    public async Task StartAsync(string hubUrl, CancellationToken stop, string? cardSocket = null)
    {
        string[] reader = cardSocket is null ? ["--Devices:SimulatedReader", "true"] : ["--Devices:SimulatedReader", "false", "--Devices:Cards:Areas", "site"];
        _service = children.Start("agent-" + Place.Code, _program,
        [
            "serve", "--State", State, "--Urls", Url, "--Hub", hubUrl,
            "--Clock:DemoOffsetSeconds", demo.OffsetSeconds.ToString(CultureInfo.InvariantCulture),
            "--Access:OpenApi", "true", "--Sync:IntervalSeconds", "2", .. reader,
        ], cardSocket is null ? null : new Dictionary<string, string>(StringComparer.Ordinal) { ["PCSCLITE_CSOCK_NAME"] = cardSocket });
        await Ports.ReadyAsync(_http, Url + "/health", _service, () => children.LastWords("agent-" + Place.Code), clock, stop);
    }

    public void KillHard() => children.KillHard(_service!);

    public void Stop() => children.Stop(_service!);

    /// <summary>The journal as the agent's own command prints it: exactly the bytes that the hub gets.</summary>
    public async Task<string> JournalAsync(CancellationToken stop)
    {
        var answer = await children.RunAsync(_program, ["journal", "--State", State], stop);
        MorningFault.Unless(answer.ExitCode == 0, $"{Place.Name}: the journal could not be printed: {answer.Errors.Trim()}");
        return answer.Output;
    }

    /// <summary>The first staff, while the service is stopped: what the command said, the one-time PIN among it.</summary>
    public async Task<string> HireAsync(string number, string name, string role, CancellationToken stop)
    {
        var answer = await children.RunAsync(_program,
        [
            "staff", "add", "--State", State, "--Number", number, "--Name", name, "--Role", role,
            "--Clock:DemoOffsetSeconds", demo.OffsetSeconds.ToString(CultureInfo.InvariantCulture),
        ], stop);
        MorningFault.Unless(answer.ExitCode == 0, $"{Place.Name}: {name} could not be hired: {answer.Errors.Trim()}");
        return answer.Output;
    }

    public Task<Reply> GetAsync(string path, CancellationToken stop) => SendAsync(HttpMethod.Get, path, null, stop);

    public Task<Reply> PostAsync(string path, JsonObject body, CancellationToken stop) => SendAsync(HttpMethod.Post, path, body, stop);

    public async Task EnrolAsync(string hubUrl, string code, CancellationToken stop) =>
        (await PostAsync("/api/v1/enrol", new JsonObject { ["hub"] = hubUrl, ["code"] = code }, stop)).Expect($"{Place.Name} enrols");

    public Task<Reply> SyncAsync(CancellationToken stop) => PostAsync("/api/v1/sync", [], stop);

    public async Task PresentCardAsync(Person person, CancellationToken stop) =>
        (await SendAsync(HttpMethod.Put, "/api/v1/card", new JsonObject { ["cardNumber"] = person.CardNumber }, stop)).Expect("A card is put into the reader");

    public async Task TakeCardAsync(CancellationToken stop) =>
        (await SendAsync(HttpMethod.Delete, "/api/v1/card", null, stop)).Expect("The card is taken out");

    /// <summary>Opens a visit by the number of the identity card, or by the card in the reader.</summary>
    public Task<Reply> OpenVisitAsync(Person person, string visitType, bool byCard, CancellationToken stop) =>
        PostAsync("/api/v1/visits", new JsonObject
        {
            ["visitType"] = visitType,
            ["evidence"] = byCard
                ? new JsonObject { ["kind"] = "card", ["number"] = person.CardNumber }
                : new JsonObject { ["kind"] = "idnumber", ["number"] = person.IdNumber },
            ["operator"] = "sample-01",
        }, stop);

    public Task<Reply> QuoteAsync(string visit, Bill bill, CancellationToken stop) =>
        PostAsync($"/api/v1/visits/{visit}/quote", bill.ToJson(), stop);

    public Task<Reply> SettleAsync(string visit, Bill bill, string requestKey, long? expectedCash, CancellationToken stop) =>
        PostAsync($"/api/v1/visits/{visit}/settlements", Confirm(bill, requestKey, expectedCash), stop);

    /// <summary>Check in, quote, confirm: an ordinary visit.</summary>
    public async Task<Reply> TreatAsync(Person person, Bill bill, string requestKey, CancellationToken stop)
    {
        var visit = await OpenVisitAsync(person, "11", byCard: false, stop);
        if (!visit.Good)
        {
            return visit;
        }
        var quote = await QuoteAsync(visit.Text("visit"), bill, stop);
        return quote.Good
            ? await SettleAsync(visit.Text("visit"), bill, requestKey, quote.Number("shares", "cash"), stop)
            : quote;
    }

    /// <summary>Check in and confirm at once, without asking for the price first.</summary>
    public async Task<Reply> SettleAtOnceAsync(Person person, Bill bill, string requestKey, CancellationToken stop)
    {
        var visit = (await OpenVisitAsync(person, "11", byCard: false, stop)).Expect("Check in");
        return await SettleAsync(visit.Text("visit"), bill, requestKey, null, stop);
    }

    /// <summary>Confirms without ever listening to the answer, as a caller does whose own power fails.</summary>
    public async Task ConfirmAndHangUpAsync(string visit, Bill bill, string requestKey, CancellationToken stop)
    {
        var body = Confirm(bill, requestKey, null).ToJsonString();
        var head = $"POST /api/v1/visits/{visit}/settlements HTTP/1.1\r\nHost: 127.0.0.1:{_port}\r\nContent-Type: application/json\r\n"
            + $"Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\nConnection: close\r\n\r\n";
        using var line = new TcpClient();
        await line.ConnectAsync(IPAddress.Loopback, _port, stop);
        await line.GetStream().WriteAsync(Encoding.UTF8.GetBytes(head + body), stop);
        // Until the agent has answered somewhere into the line: nobody reads it.
        for (var waited = 0; !line.GetStream().DataAvailable && waited < 400; waited++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), clock, stop);
        }
    }

    public void Dispose() => _http.Dispose();

    private static JsonObject Confirm(Bill bill, string requestKey, long? expectedCash)
    {
        var body = bill.ToJson();
        body["requestKey"] = requestKey;
        body["operator"] = "sample-01";
        if (expectedCash is { } cash)
        {
            body["expectedCash"] = cash;
        }
        return body;
    }

    private async Task<Reply> SendAsync(HttpMethod method, string path, JsonObject? body, CancellationToken stop)
    {
        using var request = new HttpRequestMessage(method, Url + path) { Content = body is null ? null : JsonContent.Create<JsonNode>(body) };
        request.Headers.AcceptLanguage.ParseAdd("en-GB");
        using var answer = await _http.SendAsync(request, stop);
        var text = await answer.Content.ReadAsStringAsync(stop);
        return new Reply((int)answer.StatusCode, text.Length > 0 && text[0] is '{' or '[' ? JsonNode.Parse(text) : null);
    }
}
