using System.Security.Cryptography;
using System.Text;
using EdgeHub.Hub.Store;
using EdgeHub.Rules;

namespace EdgeHub.Hub.Access;

/// <summary>Programs of others that call this hub: each has a token, shown once and kept as a hash, and may one thing.</summary>
public static class Clients
{
    /// <summary>May load the bookings of every site.</summary>
    public const string Bookings = "bookings";

    /// <summary>May load patient fees under the high-cost protection.</summary>
    public const string Fees = "fees";

    public static readonly IReadOnlyList<string> Rights = [Bookings, Fees];

    private const int TokenBytes = 32;
    private const int MostNameCharacters = 60;

    /// <summary>A new client's token; nobody can read it again.</summary>
    /// <exception cref="FaultException">UnknownCode: no such right; BadLength; Duplicated: a client of this name.</exception>
    public static string Add(HubStore hub, string name, string may)
    {
        if (!Rights.Contains(may, StringComparer.Ordinal))
        {
            throw new FaultException(new Fault(Codes.UnknownCode, "--may", may, string.Join(", ", Rights)));
        }
        if (name.Length is 0 or > MostNameCharacters || name.Any(char.IsControl))
        {
            throw new FaultException(new Fault(Codes.BadLength, "name", name, $"1 to {MostNameCharacters} characters"));
        }
        Span<byte> random = stackalloc byte[TokenBytes];
        hub.Entropy.Fill(random);
        var token = Convert.ToHexStringLower(random);
        return hub.Write(session => ClientStore.Add(session, hub.Region, name, may, HashOf(token), hub.NowMilliseconds))
            ? token
            : throw new FaultException(new Fault(Codes.Duplicated, "name", name, "a name that no client had"));
    }

    /// <exception cref="FaultException">NotFound: no client of this name that goes on.</exception>
    public static void End(HubStore hub, string name)
    {
        if (!hub.Write(session => ClientStore.End(session, hub.Region, name, hub.NowMilliseconds)))
        {
            throw new FaultException(new Fault(Codes.NotFound, "name", name, "a client that was added and not ended"));
        }
    }

    internal static string HashOf(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}

/// <summary>Lets a program through that shows a token with the right: "Authorization: Bearer TOKEN".</summary>
/// <param name="right">One of <see cref="Clients.Rights"/>.</param>
public sealed class ClientGate(HubStore hub, string right) : IEndpointFilter
{
    private const string Scheme = "Bearer ";
    private const int MostCharacters = 200;

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var header = context.HttpContext.Request.Headers.Authorization.ToString();
        var token = header.StartsWith(Scheme, StringComparison.Ordinal) && header.Length <= MostCharacters ? header[Scheme.Length..].Trim() : "";
        return token.Length > 0 && hub.Read(session => ClientStore.May(session, hub.Region, Clients.HashOf(token))) == right
            ? await next(context)
            : Problems.Of(context.HttpContext, StatusCodes.Status401Unauthorized, new Fault(Codes.TokenInvalid, "Authorization", "", "Bearer and a token of hub client add"));
    }
}
