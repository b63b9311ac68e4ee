using EdgeHub.Rules;

namespace EdgeHub.Hub;

/// <summary>Where the hub listens. Until devices speak mutual TLS, an address that other machines reach is refused in clear HTTP,
/// unless the operator says that something else protects the line.</summary>
/// <param name="Urls">As Kestrel wants them, separated by semicolons.</param>
/// <param name="Clear">Those that other machines reach without encryption.</param>
public sealed record HubUrls(string Urls, IReadOnlyList<string> Clear)
{
    /// <exception cref="FaultException">An address that is none, or one in clear HTTP that was not allowed.</exception>
    public static HubUrls Checked(string urls, bool allowClear)
    {
        var clear = new List<string>();
        foreach (var url in urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            // "http://*:5200" is Kestrel's, and no Uri.
            var known = Uri.TryCreate(url.Replace("//*", "//0.0.0.0", StringComparison.Ordinal).Replace("//+", "//0.0.0.0", StringComparison.Ordinal), UriKind.Absolute, out var uri);
            if (!known || (uri!.Scheme != Uri.UriSchemeHttp && uri.Scheme != Uri.UriSchemeHttps))
            {
                throw new FaultException(new Fault(Codes.BadCharacter, "--urls", url, "an address such as http://127.0.0.1:5200"));
            }
            if (uri.Scheme == Uri.UriSchemeHttp && !uri.IsLoopback)
            {
                clear.Add(url);
            }
        }
        return clear.Count == 0 || allowClear
            ? new HubUrls(urls, clear)
            : throw new FaultException(new Fault(Codes.BadCharacter, "--urls", clear[0], "an address of this machine alone, https, or --allow-clear-http where a tunnel protects the line"));
    }
}
