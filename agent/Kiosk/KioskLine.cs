using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using EdgeHub.Agent.Store;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace EdgeHub.Agent.Kiosk;

/// <summary>The address inside the clinic at which kiosks on other machines are answered, and nothing else is. Off unless Kiosk:Listen says
/// so. By TLS with a key of this agent's own, which kiosks are told to trust by its print.</summary>
/// <param name="Address">https, an address of this machine in a private network, and a port.</param>
/// <param name="Certificate">Made anew at each start around the same key.</param>
/// <param name="Pin">SHA-256 of the public key in base64: what Chromium takes for --ignore-certificate-errors-spki-list.</param>
public sealed record KioskLine(Uri Address, X509Certificate2 Certificate, string Pin)
{
    private const string KeyName = "kiosk";
    private const int Years = 10;

    /// <summary>Kiosks are few: whatever somebody does at this address, the desk keeps its connections.</summary>
    private const int MostConnections = 64;

    /// <summary>On a connection that came in here.</summary>
    public sealed record Guest;

    public static KioskLine Of(Uri address, IKeyVault vault, DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        if (vault.Read(KeyName) is { } kept)
        {
            key.ImportPkcs8PrivateKey(kept, out _);
        }
        else
        {
            vault.Keep(KeyName, key.ExportPkcs8PrivateKey());
        }
        var request = new CertificateRequest("CN=EdgeHub kiosk", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Parse(address.Host.Trim('[', ']')));
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], critical: false));
        using var made = request.CreateSelfSigned(now.AddDays(-1), now.AddYears(Years));
        // By way of a file's form: Windows takes no key for TLS that is in memory alone.
        var certificate = X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), null);
        return new KioskLine(address, certificate, Convert.ToBase64String(SHA256.HashData(certificate.PublicKey.ExportSubjectPublicKeyInfo())));
    }

    /// <summary>Has the program listen where the desk does, and here too.</summary>
    /// <param name="line">Null: nowhere else.</param>
    public static void Listen(WebApplicationBuilder builder, string urls, KioskLine? line)
    {
        if (line is null)
        {
            builder.WebHost.UseUrls(urls);
            return;
        }
        builder.Services.AddSingleton(line);
        builder.WebHost.ConfigureKestrel(kestrel => Listen(kestrel, urls, line));
    }

    private static void Listen(KestrelServerOptions kestrel, string urls, KioskLine line)
    {
        foreach (var url in urls.Split(';').Select(each => new Uri(each)))
        {
            if (IPAddress.TryParse(url.Host.Trim('[', ']'), out var address))
            {
                kestrel.Listen(address, url.Port);
            }
            else
            {
                kestrel.ListenLocalhost(url.Port);
            }
        }
        var open = 0;
        kestrel.Listen(IPAddress.Parse(line.Address.Host.Trim('[', ']')), line.Address.Port, listen =>
        {
            listen.Use(next => async connection =>
            {
                connection.Features.Set(new Guest());
                try
                {
                    if (Interlocked.Increment(ref open) > MostConnections)
                    {
                        connection.Abort(new ConnectionAbortedException("too many connections of kiosks"));
                        return;
                    }
                    await next(connection);
                }
                finally
                {
                    Interlocked.Decrement(ref open);
                }
            });
            listen.UseHttps(line.Certificate);
        });
    }

    /// <exception cref="ArgumentException">Not such an address.</exception>
    public static Uri? AddressOf(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }
        return Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri is { Scheme: "https", AbsolutePath: "/", Query: "", UserInfo: "" } && !uri.IsDefaultPort
            && IPAddress.TryParse(uri.Host.Trim('[', ']'), out var address) && IsInside(address)
            ? uri
            : throw new ArgumentException(
                $"Kiosk:Listen = \"{text}\": expected https, an address of this machine in a private network and a port, such as https://192.168.1.10:5411.", nameof(text));
    }

    /// <summary>Private, link-local or this machine's own; never one that the world can reach, nor all of them at once.</summary>
    private static bool IsInside(IPAddress address) => IPAddress.IsLoopback(address) || address.IsIPv6UniqueLocal || address.IsIPv6LinkLocal
        || address.GetAddressBytes() is [10, _, _, _] or [172, >= 16 and <= 31, _, _] or [192, 168, _, _] or [169, 254, _, _];
}
