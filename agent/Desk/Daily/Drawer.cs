using EdgeHub.Agent.Access;
using EdgeHub.Agent.Settlement;
using EdgeHub.Agent.Store;
using EdgeHub.Rules;
using EdgeHub.Sync.Journal;
using EdgeHub.Sync.Seams;
using EdgeHub.Sync.Stores;

namespace EdgeHub.Agent.Desk.Daily;

public abstract record CountOutcome
{
    private CountOutcome() { }

    public sealed record Kept(DrawerCounted Count) : CountOutcome;

    public sealed record Refused(Refusal Why) : CountOutcome;
}

/// <summary>Counting the drawer: the cash that is there against what the day's entries leave, and why they differ. Each count is an entry;
/// none replaces another.</summary>
public sealed class Drawer(AgentStore store, LookUps lookUps, IEntropy entropy)
{
    /// <summary>The cash that a day's settlements, reversals, refunds and payments leave, without change money. Minor units.</summary>
    public static long Expected(DayTotalsAnswer day) => day.Net.Cash - day.Refunds.Amount;

    /// <param name="counted">As typed: 1234.56 or 1234,56.</param>
    /// <param name="reason">Needed where it differs from what is expected.</param>
    public async Task<CountOutcome> Count(Operator me, string? counted, string? reason)
    {
        if (store.Site is null)
        {
            return new CountOutcome.Refused(Refusal.NotEnrolled());
        }
        var totals = await lookUps.DayTotals(store.Clock.Today);
        var currency = Currency.Parse(totals.Currency);
        Money cash;
        try
        {
            cash = Money.Parse((counted ?? "").Trim().Replace(',', '.'), currency, "counted");
        }
        catch (FaultException wrong)
        {
            return new CountOutcome.Refused(new Refusal(wrong.Faults, null));
        }
        var faults = new List<Fault>();
        if (cash < Money.Zero(currency))
        {
            faults.Add(new Fault(Codes.BadAmount, "counted", cash.ToString(), "an amount with at most two decimals, for example 12.34"));
        }
        var why = cash.MinorUnits != Expected(totals) ? Given.Text(reason, "reason", Given.ReasonCharacters, faults) : (reason ?? "").Trim();
        if (faults.Count > 0 || why.Length > Given.ReasonCharacters)
        {
            return new CountOutcome.Refused(new Refusal(faults.Count > 0 ? faults : [new Fault(Codes.TooLong, "reason", "", $"at most {Given.ReasonCharacters} characters")], null));
        }
        return await store.Do<CountOutcome>(session => Keep(session, me, totals, cash, why));
    }

    private CountOutcome.Kept Keep(StoreSession session, Operator me, DayTotalsAnswer totals, Money cash, string why)
    {
        var at = store.Clock.Capture();
        var body = new DrawerCounted(entropy.NewId(at.At), totals.Day, totals.Currency, Expected(totals), cash.MinorUnits, why, me.Number);
        var head = store.Journal.Append(session, Kinds.DrawerCounted, body, at);
        EvidenceStore.AddCount(session, body, at.At, head);
        return new CountOutcome.Kept(body);
    }
}
