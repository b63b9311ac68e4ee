using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;

namespace EdgeHub.Tests.Bench;

/// <summary>How long a desk waits for its pages: each is asked for as a browser asks, forms with their tokens, redirects followed. What the
/// browser itself needs to paint is not in it.</summary>
internal sealed partial class DeskPages : IDisposable
{
    private readonly HttpClient _http;

    public DeskPages(Uri address, string session)
    {
        var cookies = new CookieContainer();
        cookies.Add(address, new Cookie("edgehub-desk", session));
        _http = new HttpClient(new SocketsHttpHandler { CookieContainer = cookies }) { BaseAddress = address };
        _http.DefaultRequestHeaders.AcceptLanguage.ParseAdd("zh-CN");
    }

    /// <summary>One patient whose card is in the reader: person and cover on the page; a line's price and quantity to the sum; confirmed to the
    /// receipt.</summary>
    public async Task<(double PersonMilliseconds, double PriceMilliseconds, double ReceiptMilliseconds)> Patient(int person)
    {
        var begun = Stopwatch.GetTimestamp();
        var (arrivals, _) = await Page(await _http.GetAsync(new Uri("/desk", UriKind.Relative)));
        Expect(arrivals, "class=\"person");
        var seen = Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
        var (bill, at) = await Page(await Send("/desk?handler=CheckIn", arrivals, ("how", "card"), ("visitType", "11"), ("reader", "simulated")));
        (bill, at) = await Page(await Send(at, bill, ("add-diagnosis", "J06.900")));
        for (var line = 0; line < 3; line++)
        {
            (bill, at) = await Page(await Send(at, bill, [.. Lines(bill, person), ("add-item", Samples.Code((person * 7 + line) % AgentFixture.Items))]));
        }
        begun = Stopwatch.GetTimestamp();
        (bill, at) = await Page(await Send(at, bill, [.. Lines(bill, person), ("step", "enter"), ("useAccount", "yes")]));
        Expect(bill, "class=\"pay\"");
        var price = Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
        begun = Stopwatch.GetTimestamp();
        var (receipt, _) = await Page(await Send(at, bill, [.. Lines(bill, person), ("step", "confirm"), ("useAccount", "yes")]));
        Expect(receipt, "receipt");
        return (seen, price, Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
    }

    public void Dispose() => _http.Dispose();

    /// <summary>Each line that stands in the form, at a price of its own.</summary>
    private static IEnumerable<(string Name, string Value)> Lines(string page, int person)
    {
        var count = Regex.Count(page, "name=\"quantity\"");
        for (var line = 0; line < count; line++)
        {
            yield return ("price", string.Create(CultureInfo.InvariantCulture, $"{5 + ((person + line) % 30)}.50"));
            yield return ("quantity", "2");
        }
    }

    private async Task<HttpResponseMessage> Send(string path, string page, params IEnumerable<(string Name, string Value)> fields)
    {
        // The last form's token and hidden fields are the bill's own.
        var hidden = Hidden().Matches(page).Select(match => (match.Groups["name"].Value, WebUtility.HtmlDecode(match.Groups["value"].Value)))
            .Where(field => field.Item1 is "__RequestVerificationToken" or "revision" or "requestKey" or "expectedCash" or "editor").DistinctBy(field => field.Item1);
        using var content = new FormUrlEncodedContent(hidden.Concat(fields).Select(field => KeyValuePair.Create(field.Item1, field.Item2)));
        return await _http.PostAsync(new Uri(path, UriKind.RelativeOrAbsolute), content);
    }

    private static async Task<(string Page, string Path)> Page(HttpResponseMessage answer)
    {
        using (answer)
        {
            var text = await answer.Content.ReadAsStringAsync();
            return answer.IsSuccessStatusCode
                ? (text, answer.RequestMessage!.RequestUri!.AbsolutePath)
                : throw new InvalidOperationException($"{(int)answer.StatusCode} at {answer.RequestMessage?.RequestUri?.AbsolutePath}: {WebUtility.HtmlDecode(Regex.Replace(text, "<[^>]+>|\\s+", " "))}");
        }
    }

    private static void Expect(string page, string mark)
    {
        if (!page.Contains(mark, StringComparison.Ordinal))
        {
            throw new InvalidOperationException($"A page lacks {mark}.");
        }
    }

    [GeneratedRegex("<input (type=\"hidden\" )?name=\"(?<name>[^\"]+)\"( type=\"hidden\")? value=\"(?<value>[^\"]*)\"", RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex Hidden();
}
