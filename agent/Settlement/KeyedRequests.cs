using EdgeHub.Agent.Access;
using EdgeHub.Agent.Store;
using EdgeHub.Agent.Sync;
using EdgeHub.Rules;
using EdgeHub.Sync.Stores;
using static EdgeHub.Rules.Benefit.BenefitArticles;

namespace EdgeHub.Agent.Settlement;

/// <summary>A request under a key of its caller.</summary>
public interface IKeyed
{
    string? RequestKey { get; }
    string? Operator { get; }
}

/// <summary>A keyed request that says why.</summary>
public interface IReasoned : IKeyed
{
    string? Reason { get; }
}

/// <summary>A keyed request that came for the first time, its key, operator and reason checked.</summary>
/// <param name="Reason">Blank where the request has none to give.</param>
/// <param name="Hash">Of the content as understood.</param>
public sealed record Asked(SiteFacts Site, string Operation, string Key, string Operator, string Reason, byte[] Hash);

/// <summary>The way of every request that moves money: key, operator and reason are checked, the hub is asked once after a start,
/// the same request gets the same answer, and what is new is done in one transaction with the answer. Source: B15.</summary>
public sealed class KeyedRequests(AgentStore store, HubContact contact)
{
    /// <param name="target">What the request is on: a visit, a settlement, a decision.</param>
    /// <param name="once">Does it, inside the writer's transaction; its answer is kept by <see cref="Answered"/>.</param>
    /// <param name="first">What has to be asked over the line before, by the operator; null: nothing.</param>
    public async Task<MoneyOutcome> Do<T>(
        string operation, string target, T request, Func<StoreSession, Asked, MoneyOutcome> once, CancellationToken cancel, Func<string, Task>? first = null)
        where T : IKeyed
    {
        if (store.Site is not { } site)
        {
            return new MoneyOutcome.Refused(Refusal.NotEnrolled());
        }
        var faults = new List<Fault>();
        var key = Given.Text(request.RequestKey, "requestKey", Given.KeyCharacters, faults);
        var reason = request is IReasoned reasoned ? Given.Text(reasoned.Reason, "reason", Given.ReasonCharacters, faults) : "";
        var @operator = Given.Text(request.Operator, "operator", Given.NameCharacters, faults);
        if (faults.Count > 0)
        {
            return new MoneyOutcome.Refused(new Refusal(faults, B15));
        }
        await contact.FirstQuestion(cancel);
        if (first is not null)
        {
            await first(@operator);
        }
        var asked = new Asked(site, operation, key, @operator, reason, RequestContent.Hash(operation, target, request));
        store.WillSign();
        return await store.Do(session => RequestContent.Before(session, store.Requests, key, operation, asked.Hash) ?? once(session, asked));
    }

    /// <summary>Keeps the answer of a request that was done, in the transaction of what it tells.</summary>
    public MoneyOutcome.Done Answered<T>(StoreSession session, Asked asked, T answer, DateTimeOffset at)
    {
        var json = RequestContent.Written(answer);
        store.Requests.Add(session, asked.Key, asked.Operation, asked.Hash, json, at);
        return new MoneyOutcome.Done(json, Again: false);
    }
}
