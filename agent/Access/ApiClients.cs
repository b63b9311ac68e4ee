using System.Security.Cryptography;
using EdgeHub.Agent.Settlement;
using EdgeHub.Agent.Store;
using EdgeHub.Rules;
using EdgeHub.Sync.Journal;
using EdgeHub.Sync.Seams;

namespace EdgeHub.Agent.Access;

public abstract record ClientOutcome
{
    private ClientOutcome() { }

    /// <param name="Token">To be put into the program's settings now and shown never again; null: none was made.</param>
    public sealed record Done(string Name, string? Token) : ClientOutcome;

    public sealed record Refused(Refusal Why) : ClientOutcome;
}

/// <summary>Programs of the clinic's that speak to the local interface. Each has a token of its own, 256 random bits, kept as a hash;
/// the manager makes and revokes them.</summary>
public sealed class ApiClients(AgentStore store, IEntropy entropy)
{
    /// <summary>By it a token is known for one that was left lying somewhere.</summary>
    public const string Prefix = "edgehub_";

    private const int TokenBytes = 32;
    private const int MostTokenCharacters = 100;

    public async Task<ClientOutcome> Add(string? name, string by)
    {
        if (store.Site is null)
        {
            return new ClientOutcome.Refused(Refusal.NotEnrolled());
        }
        var faults = new List<Fault>();
        var called = Given.Text(name, "name", Given.NameCharacters, faults);
        if (faults.Count > 0)
        {
            return new ClientOutcome.Refused(new Refusal(faults, null));
        }
        var bytes = new byte[TokenBytes];
        entropy.Fill(bytes);
        var token = Prefix + Convert.ToHexStringLower(bytes);
        return await store.Do<ClientOutcome>(session =>
        {
            var at = store.Clock.Capture();
            if (!AccessStore.AddClient(session, called, Hash(token), by, at.At))
            {
                return new ClientOutcome.Refused(Refusal.Of(Codes.Duplicated, "name", called, "a name that no program has or had"));
            }
            store.Journal.Append(session, Kinds.AccessChanged, new AccessChanged("client", called, "Added", Roles.Client, by), at);
            return new ClientOutcome.Done(called, token);
        });
    }

    public Task<ClientOutcome> Revoke(string name, string by) => store.Do<ClientOutcome>(session =>
    {
        var at = store.Clock.Capture();
        if (!AccessStore.RevokeClient(session, name, at.At))
        {
            return new ClientOutcome.Refused(Refusal.Of(Codes.NotFound, "name", name, "a program whose token is taken"));
        }
        store.Journal.Append(session, Kinds.AccessChanged, new AccessChanged("client", name, "Revoked", Roles.Client, by), at);
        return new ClientOutcome.Done(name, null);
    });

    /// <summary>Who has this token; null: nobody.</summary>
    public async Task<Operator?> Of(string token)
    {
        if (token.Length > MostTokenCharacters || !token.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return null;
        }
        var hash = Hash(token);
        return await store.Do(session => AccessStore.ClientOf(session, hash)) is { } name ? new Operator(name, name, Roles.Client) : null;
    }

    private static byte[] Hash(string token) => SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(token));
}
