using EdgeHub.Agent.Access;
using EdgeHub.Agent.Store;
using EdgeHub.Rules.Benefit;

namespace EdgeHub.Agent.Settlement;

/// <summary>A bill that was computed and may be settled: everything that the quote shows and the entry holds.</summary>
/// <param name="OfflineLeft">What is left of each offline limit after it.</param>
public sealed record ComputedBill(
    SiteFacts Site, Visit Visit, Member Member, ReadBill Read, BenefitResult Result, bool Offline, TimeSpan? SnapshotAge,
    IReadOnlyDictionary<string, long> Feeds, IReadOnlyDictionary<string, long> OfflineLeft, IReadOnlyList<WarningShown> Warnings)
{
    public QuoteAnswer ToQuote() => new(
        Visit.Id, Read.Ordinal, Read.Bill.Visit.ServiceDay, Result.Totals.Total.Currency.Code, Offline, Explain.Policy(Result), Explain.Totals(Result),
        Explain.Shares(Result.Shares), Explain.Categories(Result), Explain.Lines(Read.Bill.Lines, Result.Lines, Read.Names), Explain.Limits(Result.Limits), OfflineLeft, Warnings, Explain.Steps(Result));
}

/// <summary>What computing a bill gives: the bill, or why not, with the evidence where an offline limit said no.</summary>
public abstract record BillOutcome
{
    private BillOutcome() { }

    public sealed record Computed(ComputedBill Bill) : BillOutcome;

    /// <param name="OfflineLimit">The offline limit that refused, what the fund was asked and what was left; null: another reason.</param>
    public sealed record Refused(Refusal Why, LimitRefusal? OfflineLimit) : BillOutcome;
}

/// <summary>An offline limit that refused. Minor units or counts.</summary>
public sealed record LimitRefusal(Visit Visit, int Ordinal, string Currency, long FundAsked, long Left);
