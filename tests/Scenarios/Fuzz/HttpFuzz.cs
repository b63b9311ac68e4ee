using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using EdgeHub.Rules;

namespace EdgeHub.Tests.Scenarios.Fuzz;

/// <summary>Tries requests at a running program: each has an answer of below 500 in time and within the program's memory; a refusal of an interface for
/// programs names code, field and what would be right.</summary>
internal sealed class HttpFuzz(HttpClient http)
{
    /// <summary>Of this process's processor time. More, or more allocated, is tried again, and the least counts: a process has other work too.</summary>
    private static readonly TimeSpan MostTime = TimeSpan.FromSeconds(2);

    /// <summary>On the wall, for what waits and does not work; a machine may have much other work.</summary>
    private static readonly TimeSpan MostWait = TimeSpan.FromSeconds(30);

    private const long MostAllocated = 96L << 20;
    private const int Tries = 3;

    public List<string> Wrong { get; } = [];

    public int Cases { get; private set; }

    public int Taken { get; private set; }

    /// <summary>How many cases of each route; EDGEHUB_FUZZ_SECONDS asks for more of them.</summary>
    public static int CasesOf(int usual) =>
        int.TryParse(Environment.GetEnvironmentVariable("EDGEHUB_FUZZ_SECONDS"), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? usual * Math.Max(1, seconds / 10) : usual;

    /// <returns>The status.</returns>
    public async Task<int> Try(string name, Func<Task<HttpRequestMessage>> make, Func<int, byte[], string, string?> judge)
    {
        Cases++;
        var (wrong, status, least, allocated, sent) = ((string?)"", 0, TimeSpan.MaxValue, long.MaxValue, "");
        for (var left = Tries; left > 0 && (least > MostTime || allocated > MostAllocated); left--)
        {
            using var request = await make();
            sent = request.Content is null ? request.RequestUri!.ToString() : $"{request.RequestUri} {request.Content.Headers.ContentType} {Convert.ToBase64String(await request.Content.ReadAsByteArrayAsync() is { Length: > 2_000 } much ? much[..2_000] : await request.Content.ReadAsByteArrayAsync())}";
            var (since, worked, before) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime, GC.GetTotalAllocatedBytes());
            using var answer = await http.SendAsync(request);
            var body = await answer.Content.ReadAsByteArrayAsync();
            var (waited, work) = (Stopwatch.GetElapsedTime(since), Environment.CpuUsage.TotalTime - worked);
            (least, allocated) = (Least(least, waited > MostWait ? waited : Least(waited, work)), Math.Min(allocated, GC.GetTotalAllocatedBytes() - before));
            status = (int)answer.StatusCode;
            wrong = judge(status, body, answer.Content.Headers.ContentType?.MediaType ?? "");
        }
        wrong ??= least > MostTime ? $"{least.TotalSeconds:N1} s" : allocated > MostAllocated ? $"{allocated >> 20} MiB allocated" : null;
        if (wrong is not null && Wrong.Count < 20)
        {
            Wrong.Add($"{name}: {wrong}\n  {sent}");
        }
        Taken += status is >= 200 and < 400 ? 1 : 0;
        return status;
    }

    /// <summary>An interface for programs: taken, or refused by its name.</summary>
    public static string? Named(int status, byte[] body, string type)
    {
        if (status is >= 200 and < 300)
        {
            return null;
        }
        if (status is < 400 or >= 500)
        {
            return $"status {status}: {Shown(body)}";
        }
        try
        {
            using var problem = JsonDocument.Parse(body);
            return problem.RootElement.TryGetProperty("code", out var code) && Texts.All.ContainsKey(code.GetString() ?? "")
                && problem.RootElement.TryGetProperty("field", out var field) && field.GetString() is { Length: > 0 }
                && problem.RootElement.TryGetProperty("expected", out var expected) && expected.GetString() is { Length: > 0 } ? null : $"status {status} without code, field or expectation: {Shown(body)}";
        }
        catch (JsonException)
        {
            return $"status {status}, {type}, no JSON: {Shown(body)}";
        }
    }

    /// <summary>A page: shown, refused on a page, or led on.</summary>
    public static string? Page(int status, byte[] body, string type) => status >= 500 ? $"status {status}: {Shown(body)}" : null;

    private static TimeSpan Least(TimeSpan a, TimeSpan b) => a < b ? a : b;

    private static string Shown(byte[] body) => System.Text.Encoding.UTF8.GetString(body.Length <= 600 ? body : body[..600]);
}
