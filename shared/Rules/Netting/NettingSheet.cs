using EdgeHub.Rules.Calendars;

namespace EdgeHub.Rules.Netting;

/// <summary>One version of one record of what one party owes another. A later version supersedes the earlier ones.</summary>
/// <param name="Key">Business key of the record, for example registration and settlement number.</param>
/// <param name="Version">From 1.</param>
/// <param name="Payer">Who owes where the amount is positive, for example the insured place's province.</param>
/// <param name="Amount">Signed: a deduction or refusal is negative, a supplement positive.</param>
/// <param name="Cycle">The month in which it is cleared.</param>
public sealed record NettingRecord(string Key, int Version, string Payer, string Payee, Money Amount, YearMonth Cycle);

/// <summary>What a payer owes a payee in a cycle, gross, and of how many records it is the sum.</summary>
public sealed record PairAmount(string Payer, string Payee, Money Amount, int Records);

/// <summary>What remains between two parties once each way is set against the other; zero or more.</summary>
public sealed record PairNet(string Payer, string Payee, Money Amount);

/// <summary>A party's cycle: all it owes and all it is owed, gross.</summary>
public sealed record PartyPosition(string Party, Money Payable, Money Receivable)
{
    /// <summary>Receivable less payable; the sum over all parties is zero.</summary>
    public Money Net => Receivable - Payable;
}

/// <summary>A cycle's payables and receivables. The sum of all payables is the sum of all receivables, always.</summary>
/// <param name="Pairs">Gross, one per payer and payee, in the order of their codes.</param>
/// <param name="Nets">One per pair of parties.</param>
public sealed record NettingSheet(
    YearMonth Cycle, IReadOnlyList<PairAmount> Pairs, IReadOnlyList<PairNet> Nets, IReadOnlyList<PartyPosition> Parties, Money Total);
