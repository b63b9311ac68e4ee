using EdgeHub.Agent.Access;
using EdgeHub.Rules;

namespace EdgeHub.Agent.LocalApi;

/// <summary>Who may call an endpoint of the local interface: a program with a token whose role has the endpoint's action. An endpoint that names
/// no action is answered to nobody. Access:OpenApi lets everybody on this machine in: for demonstrations and tests.</summary>
public sealed class ApiGate(RequestDelegate next, ApiClients clients, AgentOptions options)
{
    private const string Scheme = "Bearer ";

    public async Task Invoke(HttpContext http)
    {
        // No route: a path or method that nobody answers gets its status, which tells nothing.
        if (!http.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase) || http.GetEndpoint() is not RouteEndpoint endpoint
            || endpoint.Metadata.GetMetadata<ForEverybodyAttribute>() is not null)
        {
            await next(http);
            return;
        }
        var action = endpoint.Metadata.GetMetadata<NeedsAttribute>()?.Action;
        var caller = options.OpenApi ? new Operator("open", "", Roles.Client) : await Caller(http.Request.Headers.Authorization.ToString());
        var why =
            caller is null ? Refusal.Of(Codes.SignInNeeded, "Authorization", "", "a token of this site as Authorization: Bearer")
            : action is null || !caller.May(action) ? Refusal.Of(Codes.NotAllowed, action ?? "endpoint", caller.Role, "an action that this role has")
            : null;
        if (why is not null)
        {
            await Problems.Answer(http, why).ExecuteAsync(http);
            return;
        }
        http.Features.Set(caller);
        await next(http);
    }

    private async Task<Operator?> Caller(string header) =>
        header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? await clients.Of(header[Scheme.Length..].Trim()) : null;
}
