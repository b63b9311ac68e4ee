using EdgeHub.Agent.Store;
using EdgeHub.Rules;
using EdgeHub.Sync.Journal;
using EdgeHub.Sync.Stores;

namespace EdgeHub.Agent.Access;

public abstract record ApprovalOutcome
{
    private ApprovalOutcome() { }

    /// <summary>One person is enough.</summary>
    public sealed record NotNeeded : ApprovalOutcome;

    /// <summary>A second one agreed; it stands in the journal.</summary>
    public sealed record Approved(Operator By) : ApprovalOutcome;

    /// <summary>A second one is needed and did not sign: SecondPersonNeeded, or what was wrong with number and PIN.</summary>
    public sealed record Refused(Refusal Why) : ApprovalOutcome;
}

/// <summary>Four eyes: what one person at the desk may not do alone. Above an amount a bill, a reversal or a payment needs a manager's PIN
/// beside the operator's session. Amounts are the parameters access.second_person_…_above, as the hub feeds them. A program with a
/// token is not asked: the clinic's own system has its own.</summary>
public sealed class SecondPerson(AgentStore store, SignIn signIn)
{
    /// <summary>Above so much a person needs a second one, where the hub feeds no other amount: action, parameter, default.</summary>
    public static readonly IReadOnlyList<(string Action, string Parameter, Money Above)> Limits =
    [
        (Actions.Settle, "access.second_person_settle_above", Money.Fen(5_000_00)),
        (Actions.Reverse, "access.second_person_reverse_above", Money.Fen(500_00)),
        (Actions.RefundPart, "access.second_person_reverse_above", Money.Fen(500_00)),
        (Actions.PayOut, "access.second_person_pay_out_above", Money.Fen(2_000_00)),
    ];

    /// <summary>Whether this amount needs a second person: for a page that asks before it is sent.</summary>
    public Task<bool> IsNeeded(Operator me, string action, Money amount) => store.Do(session => Needs(session, me, action, amount));

    /// <summary>What needs a second person above how much, as it is now.</summary>
    public Task<IReadOnlyList<(string Action, Money Above)>> Known() => store.Do<IReadOnlyList<(string Action, Money Above)>>(session =>
        [.. Limits.Select(limit => (limit.Action, Above(session, limit)))]);

    /// <param name="number">The second person's, as typed; null: nobody signed yet.</param>
    /// <param name="requestKey">Of the request that follows: the entry names it.</param>
    public async Task<ApprovalOutcome> Ask(Operator me, string action, Money amount, string requestKey, string? number, string? pin)
    {
        if (!await IsNeeded(me, action, amount))
        {
            return new ApprovalOutcome.NotNeeded();
        }
        if (string.IsNullOrWhiteSpace(number) || number.Trim() == me.Number)
        {
            return Needed(amount);
        }
        if (await signIn.Check(number, pin) is not PinOutcome.Right right)
        {
            return new ApprovalOutcome.Refused(Refusal.Of(Codes.SignInWrong, "secondNumber", "", "a manager's number and PIN"));
        }
        var second = new Operator(right.Member.Number, right.Member.Name, right.Member.Role);
        if (!second.May(Actions.ApproveLarge) || right.Member.MustChange)
        {
            return Needed(amount);
        }
        await store.Do(session => store.Journal.Append(
            session, Kinds.ActionApproved, new ActionApproved(action, requestKey, amount.Currency.Code, amount.MinorUnits, me.Number, second.Number), store.Clock.Capture()));
        return new ApprovalOutcome.Approved(second);
    }

    private static bool Needs(StoreSession session, Operator me, string action, Money amount) =>
        me.Role != Roles.Client && Limits.Where(limit => limit.Action == action).Any(limit => amount > Above(session, limit));

    private static Money Above(StoreSession session, (string Action, string Parameter, Money Above) limit) =>
        AccessStore.Parameter(session, limit.Parameter) is { } fed ? Money.Parse(fed, limit.Above.Currency, limit.Parameter) : limit.Above;

    private static ApprovalOutcome.Refused Needed(Money amount) =>
        new(Refusal.Of(Codes.SecondPersonNeeded, "amount", amount.ToString(), "a second person's number and PIN, a manager's"));
}
