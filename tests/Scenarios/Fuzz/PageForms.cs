using System.Globalization;
using System.Net;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using EdgeHub.Tests.Unit.Fuzz;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace EdgeHub.Tests.Scenarios.Fuzz;

/// <summary>A page of the program as its own list of pages has it, with every form of it: fields are what its handlers take, and what the page shows.</summary>
/// <param name="Pattern">Of the route; its parameters in braces.</param>
/// <param name="Handlers">Method, name of the handler (null: the plain one), and the fields that it takes.</param>
internal sealed record PageForms(string Pattern, IReadOnlyList<(string Method, string? Name, IReadOnlyList<string> Fields)> Handlers)
{
    private static readonly Regex Named = new("<(?:input|select|textarea|button)[^>]*?\\sname=\"(?<name>[^\"]+)\"(?:[^>]*?\\svalue=\"(?<value>[^\"]*)\")?", RegexOptions.Compiled | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(5));

    private static readonly string[] Hostile =
    [
        "", " ", "\0", "a\0b", "-1", "0", "9223372036854775808", "1e400", "NaN", "99999999999.99", "0.005", "1,5", "١٢", "<script>alert(1)</script>", "\"><b>", "'; drop table person; --", "\u202e", "𠮷", "\r\nSet-Cookie: a=b", "2025-02-30", "9999-12-31",
        "0001-01-01", "00000000-0000-0000-0000-000000000000", "A1", "P1", "J06.9", "../../x", "{\"a\":1}", "manager", "true", "12.34", "739154",
    ];

    public static async Task<IReadOnlyList<PageForms>> Of(IServiceProvider services)
    {
        var (found, loader) = (new List<PageForms>(), services.GetRequiredService<PageLoader>());
        foreach (var endpoint in services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>())
        {
            if (endpoint.Metadata.GetMetadata<PageActionDescriptor>() is { } page)
            {
                var compiled = await loader.LoadAsync(page, EndpointMetadataCollectionOf(endpoint));
                var bound = compiled.ModelTypeInfo!.GetProperties().Where(each => each.GetCustomAttribute<BindPropertyAttribute>() is not null).Select(each => each.Name).ToList();
                found.Add(new PageForms("/" + endpoint.RoutePattern.RawText!.Trim('/'),
                    [.. compiled.HandlerMethods.Select(handler => (handler.HttpMethod.ToUpperInvariant(), (string?)handler.Name, (IReadOnlyList<string>)[.. bound, .. handler.Parameters.Select(each => each.Name)]))]));
            }
        }
        return [.. found.DistinctBy(each => each.Pattern)];
    }

    private static Microsoft.AspNetCore.Http.EndpointMetadataCollection EndpointMetadataCollectionOf(RouteEndpoint endpoint) => endpoint.Metadata;

    /// <summary>The fields that the page shows, with their values.</summary>
    public static List<(string Name, string Value)> Shown(string html) => [.. Named.Matches(html).Select(match => (match.Groups["name"].Value, WebUtility.HtmlDecode(match.Groups["value"].Value)))];

    /// <summary>A form as a browser would send it, with hostile values in some of its fields; the token stays in most cases.</summary>
    public static (byte[] Body, string Type) Altered(IReadOnlyList<(string Name, string Value)> shown, IReadOnlyList<string> fields, Func<string, string> good, int number)
    {
        var chance = new Mutation(unchecked((int)string.Concat(fields).Aggregate(2_166_136_261u, (hash, letter) => (hash ^ letter) * 16_777_619u) + (number * 7_919)));
        var pairs = shown.Concat(fields.Where(field => shown.All(each => each.Name != field)).Select(field => (Name: field, Value: good(field)))).ToList();
        for (var times = number == 0 ? 0 : 1 + chance.Next(3); times > 0 && pairs.Count > 0; times--)
        {
            var at = chance.Next(pairs.Count);
            var isToken = pairs[at].Name.Contains("RequestVerificationToken", StringComparison.Ordinal);
            switch (chance.Next(8))
            {
                case 0 when !isToken:
                    pairs.RemoveAt(at);
                    break;
                case 1:
                    pairs.Add((pairs[at].Name, Hostile[chance.Next(Hostile.Length)]));
                    break;
                case 2 when !isToken:
                    pairs[at] = (pairs[at].Name, new string('9', 1 << chance.Next(17)));
                    break;
                case 3:
                    pairs.AddRange(Enumerable.Range(0, 1 << chance.Next(11)).Select(i => (Name: string.Create(CultureInfo.InvariantCulture, $"{pairs[at].Name}[{i}]"), pairs[at].Value)));
                    break;
                default:
                    pairs[at] = isToken && chance.Next(6) > 0 ? pairs[at] : (pairs[at].Name, Hostile[chance.Next(Hostile.Length)]);
                    break;
            }
        }
        var body = Encoding.UTF8.GetBytes(string.Join('&', pairs.Select(each => $"{WebUtility.UrlEncode(each.Name)}={WebUtility.UrlEncode(each.Value)}")));
        return number > 0 && chance.Next(6) == 0
            ? (chance.Of(body, [body]), chance.Next(2) == 0 ? "multipart/form-data; boundary=a" : "application/x-www-form-urlencoded")
            : (body, "application/x-www-form-urlencoded");
    }

    public static string Cookie(int number, string good)
    {
        var chance = new Mutation(31_337 + (number * 7_919));
        return new string([.. Encoding.Latin1.GetString(chance.Of(Encoding.Latin1.GetBytes(good), [Encoding.Latin1.GetBytes(good)])).Where(letter => letter is >= ' ' and < (char)127).Take(4_000)]);
    }
}
