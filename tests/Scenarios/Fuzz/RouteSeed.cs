using System.Net.Http.Headers;
using System.Text;
using EdgeHub.Tests.Unit.Fuzz;

namespace EdgeHub.Tests.Scenarios.Fuzz;

/// <summary>A good request of one route.</summary>
/// <param name="Route">Method and pattern as the endpoint list has them.</param>
/// <param name="Path">Path and query; what may be altered of it stands between &lt; and &gt;.</param>
internal sealed record RouteSeed(string Route, string Path, byte[]? Body = null, string Type = "application/json", Shape Shape = Shape.Json)
{
    private const int UsualLongest = 2_000;
    private static readonly string[] Types = ["application/json", "text/csv", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/plain; charset=utf-7", "*/*", "application/octet-stream", "application/fhir+json"];

    private static readonly string[] Values =
    [
        "", " ", "0", "-1", "1", "9223372036854775807", "9223372036854775808", "1e400", "NaN", "null", "../..", "..%2f", "%2500", "𠮷", "\u202e", "'; drop table entry; --", "<script>", "2025-02-30",
        "0001-01-01", "9999-12-31", "10000-01-01", "00000000-0000-0000-0000-000000000000", "{", "a/b", "?", "#", "P1", "S00000001",
    ];

    public Func<Task<AuthenticationHeaderValue?>> Authorization { get; init; } = () => Task.FromResult<AuthenticationHeaderValue?>(null);

    public string Method => Route.Split(' ')[0];

    public static byte[] Json(object value) => System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(value, value.GetType(), new System.Text.Json.JsonSerializerOptions(System.Text.Json.JsonSerializerDefaults.Web));

    /// <summary>The request of a case: 0 is the good one; every other depends on the route and the number alone.</summary>
    public async Task<HttpRequestMessage> Request(int number)
    {
        var chance = new Mutation(unchecked((int)Route.Aggregate(2_166_136_261u, (hash, letter) => (hash ^ letter) * 16_777_619u) + (number * 7_919)));
        var (path, body, type) = (Path, Body, Type);
        if (number > 0)
        {
            if (path.Contains('<') && (body is null || chance.Next(4) == 0))
            {
                path = Altered(path, chance);
            }
            else if (body is not null)
            {
                body = Shape != Shape.Bytes && chance.Next(3) > 0 ? new Hostile(chance).Of(Shape, body) : chance.Of(body, [body]);
            }
            type = chance.Next(12) == 0 ? Types[chance.Next(Types.Length)] : type;
        }
        var request = new HttpRequestMessage(new HttpMethod(Method), new Uri(path.Replace("<", "", StringComparison.Ordinal).Replace(">", "", StringComparison.Ordinal), UriKind.Relative));
        if (body is not null)
        {
            request.Content = new ByteArrayContent(body);
            request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
            if (number > 0 && chance.Next(12) == 0)
            {
                request.Content.Headers.TryAddWithoutValidation("Content-Encoding", chance.Next(2) == 0 ? "br" : "gzip");
            }
        }
        request.Headers.Authorization = number > 0 && chance.Next(10) == 0 ? new AuthenticationHeaderValue("Bearer", Convert.ToHexString(chance.Of(new byte[8], [new byte[8]]))) : await Authorization();
        request.Headers.TryAddWithoutValidation("Accept-Language", chance.Next(3) switch { 0 => "zh-CN", 1 => "sv-SE,sv;q=0.9", _ => "en-GB;q=x,*;q=9" });
        return request;
    }

    /// <summary>One of the marked values, or one value more, becomes another.</summary>
    private static string Altered(string path, Mutation chance)
    {
        var starts = Enumerable.Range(0, path.Length).Where(at => path[at] == '<').ToList();
        var (start, value) = (starts[chance.Next(starts.Count)], Values[chance.Next(Values.Length)]);
        var end = path.IndexOf('>', start);
        value = chance.Next(8) == 0 ? new string('a', 1 + chance.Next(UsualLongest)) : chance.Next(3) == 0 ? Encoding.Latin1.GetString(chance.Of(Encoding.UTF8.GetBytes(path[(start + 1)..end] + "x"), [[65]]) is { Length: > UsualLongest } much ? much[..UsualLongest] : chance.Of(Encoding.UTF8.GetBytes("x"), [[65]])) : value;
        // A zero byte in a path is refused by the server itself, before anything of ours: RawHttp sends such.
        value = value.Length <= UsualLongest ? value : value[..UsualLongest];
        return path[..(start + 1)] + Uri.EscapeDataString(value.Replace("\0", "", StringComparison.Ordinal)) + path[end..];
    }
}
