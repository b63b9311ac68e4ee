using System.Collections.Frozen;
using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace EdgeHub.Pages.Assets;

/// <summary>The files that every page loads, out of this assembly. An address holds a piece of the file's hash, so a browser keeps
/// it for good and an update is never mixed with what was kept.</summary>
public static class PageAssets
{
    private const int HashCharacters = 12;
    private const string ForGood = "public, max-age=31536000, immutable";

    private static readonly FrozenDictionary<string, Asset> ByName = Read();

    private sealed record Asset(string Url, string Type, byte[] Bytes, byte[] Packed);

    /// <summary>Where a file is fetched from.</summary>
    /// <exception cref="KeyNotFoundException">No such file is embedded: a fault of the program.</exception>
    public static string Url(string name) => ByName[name].Url;

    /// <summary>Answers every file, packed where the browser takes that. Files are open to everybody who may open a page.</summary>
    public static void MapPageAssets(this IEndpointRouteBuilder routes)
    {
        foreach (var asset in ByName.Values)
        {
            routes.MapGet(asset.Url, (HttpContext http) => Send(http, asset)).ExcludeFromDescription();
        }
    }

    private static Task Send(HttpContext http, Asset asset)
    {
        var packs = http.Request.Headers.AcceptEncoding.ToString().Contains("br", StringComparison.OrdinalIgnoreCase);
        var bytes = packs ? asset.Packed : asset.Bytes;
        var headers = http.Response.Headers;
        (headers.CacheControl, headers.Vary, headers.ContentType, headers.ContentLength) = (ForGood, "Accept-Encoding", asset.Type, bytes.Length);
        if (packs)
        {
            headers.ContentEncoding = "br";
        }
        return http.Response.Body.WriteAsync(bytes, http.RequestAborted).AsTask();
    }

    private static FrozenDictionary<string, Asset> Read()
    {
        const string folder = "Assets/";
        var assembly = typeof(PageAssets).Assembly;
        var found = new Dictionary<string, Asset>(StringComparer.Ordinal);
        foreach (var resource in assembly.GetManifestResourceNames().Where(name => name.StartsWith(folder, StringComparison.Ordinal)))
        {
            using var stream = assembly.GetManifestResourceStream(resource)!;
            using var all = new MemoryStream();
            stream.CopyTo(all);
            var (bytes, name) = (all.ToArray(), resource[folder.Length..]);
            var dot = name.LastIndexOf('.');
            var hash = Convert.ToHexStringLower(SHA256.HashData(bytes))[..HashCharacters];
            found[name] = new Asset($"/assets/{name[..dot]}.{hash}{name[dot..]}", TypeOf(name[dot..]), bytes, Pack(bytes));
        }
        return found.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private static byte[] Pack(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var brotli = new BrotliStream(packed, CompressionLevel.Optimal))
        {
            brotli.Write(bytes);
        }
        return packed.ToArray();
    }

    private static string TypeOf(string ending) => ending switch
    {
        ".css" => "text/css; charset=utf-8",
        ".svg" => "image/svg+xml",
        ".js" => "text/javascript; charset=utf-8",
        _ => "text/plain; charset=utf-8",
    };
}
