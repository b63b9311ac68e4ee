using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace EdgeHub.Tests.Scenarios.Morning;

/// <summary>The desk that stays open after the morning, as somebody finds it who has only what the quickstart prints: address, PIN, a card to play with.</summary>
public sealed partial class StayingDesk(string printed) : IDisposable
{
    private const string OwnPin = "739154";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly HttpClient _http = new(new SocketsHttpHandler { CookieContainer = new CookieContainer() }) { Timeout = Patience };

    /// <summary>Of the desk, as printed.</summary>
    public string Address { get; } = Desk().Match(printed) is { Success: true } desk ? desk.Groups["url"].Value : throw new InvalidOperationException($"No desk's address in:\n{printed}");

    public string Pin { get; } = Doctor().Match(printed) is { Success: true } doctor ? doctor.Groups["pin"].Value : throw new InvalidOperationException($"No doctor's PIN in:\n{printed}");

    /// <summary>Signs in with the printed PIN, which is changed at once, and stands at the desk.</summary>
    public async Task<string> SignIn()
    {
        var mustChange = await Post(Address + "/signin", ("number", "02"), ("pin", Pin));
        Assert.Contains("name=\"wanted\"", mustChange, StringComparison.Ordinal);
        return await Post(Address + "/pin", ("old", Pin), ("wanted", OwnPin), ("again", OwnPin));
    }

    /// <summary>Puts the second card into the first reader: on the page that is printed, or where there is no virtual reader by the printed request.</summary>
    /// <returns>What the desk must show of it: the name on the card; its number's owner where the simulated reader stands in.</returns>
    public async Task<string> PutSecondCard()
    {
        if (Box().Match(printed) is not { Success: true } box)
        {
            var put = Put().Matches(printed)[1];
            using var content = new StringContent(put.Groups["body"].Value, Encoding.UTF8, "application/json");
            using var answer = await _http.PutAsync(new Uri(put.Groups["url"].Value), content);
            Assert.True(answer.IsSuccessStatusCode);
            return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["name"]!.ToString();
        }
        var page = new Uri(box.Groups["url"].Value);
        var row = Card().Matches(await _http.GetStringAsync(page))[1];
        using var done = await _http.PostAsync(new Uri(page, WebUtility.HtmlDecode(row.Groups["put"].Value)), null);
        Assert.True(done.IsSuccessStatusCode);
        return WebUtility.HtmlDecode(row.Groups["name"].Value);
    }

    /// <summary>Looks at the desk until it shows this; the desk itself waits for its reader the same way.</summary>
    public async Task<string> Shows(string words)
    {
        var since = Stopwatch.StartNew();
        while (true)
        {
            var page = WebUtility.HtmlDecode(await _http.GetStringAsync(new Uri(Address)));
            if (page.Contains(words, StringComparison.Ordinal) || since.Elapsed > Patience)
            {
                return page;
            }
            await Task.Delay(200);
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<string> Post(string address, params (string Name, string Value)[] fields)
    {
        var token = Token().Match(await _http.GetStringAsync(new Uri(address))).Groups["token"].Value;
        using var form = new FormUrlEncodedContent(fields.Append(("__RequestVerificationToken", token)).Select(field => KeyValuePair.Create(field.Item1, field.Item2)));
        using var answer = await _http.PostAsync(new Uri(address), form);
        Assert.True(answer.IsSuccessStatusCode, $"{address}: {(int)answer.StatusCode}");
        return await answer.Content.ReadAsStringAsync();
    }

    [GeneratedRegex(@"(?<url>http://127\.0\.0\.1:[0-9]+/desk)\s", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex Desk();

    [GeneratedRegex(@"number 02, PIN (?<pin>[0-9]+) +doctor", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex Doctor();

    [GeneratedRegex(@"Virtual cards: [^\n]*\n\s*(?<url>http://127\.0\.0\.1:[0-9]+/)\s", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex Box();

    [GeneratedRegex(@"curl -X PUT (?<url>\S+) [^\n]* -d '(?<body>[^']+)'", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex Put();

    [GeneratedRegex("<td>card of (?<name>[^<]+)</td><td><form method=\"post\" action=\"(?<put>[^\"]+)\">", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex Card();

    [GeneratedRegex("name=\"__RequestVerificationToken\"[^>]* value=\"(?<token>[^\"]+)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex Token();
}
