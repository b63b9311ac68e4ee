using EdgeHub.Rules;

namespace EdgeHub.Hub.Settlement;

/// <summary>What the hub decides of one settlement. Equal judgements need no new decision. Amounts are minor units.</summary>
/// <param name="Status">Accepted, Adjusted or Refused.</param>
/// <param name="Code">With Refused: why; else blank.</param>
/// <param name="Cause">Why it differs from the claim: one of <see cref="Codes"/>, or blank.</param>
/// <param name="Rule">Number and clause of what decides: a rule of the benefit.</param>
/// <param name="Fund">True shares; <paramref name="Account"/> never exceeds what was claimed of the account.</param>
/// <param name="Difference">Cash that was paid less cash that was right: above zero is owed to the patient, below zero was
/// paid too much by the fund.</param>
/// <param name="Bears">Who bears a difference below zero, or to whom one above is owed.</param>
/// <param name="Policy">id/version of the book that holds; blank: none.</param>
/// <param name="Moves">True accumulators before and after, as <see cref="MoveText"/> writes them.</param>
public sealed record Judgement(
    string Status, string Code, string Cause, string Rule, string Article,
    long Fund, long Catastrophic, long Assistance, long Account, long Cash, long Deductible, long Difference, string Bears, string Policy, long PolicyRow, string Moves)
{
    public const string Accepted = "Accepted";
    public const string Adjusted = "Adjusted";
    public const string Refused = "Refused";

    public const string Nobody = "Nobody";
    public const string Person = "Person";
    public const string Package = "Package";
    public const string Institution = "Institution";

    /// <summary>Whether the settlement counts: it is neither refused nor reversed.</summary>
    public bool Counts => Status != Refused && Cause != Codes.Reversed;

    /// <summary>Of a difference below zero, what the institution's own faults alone made: that it bears, the package the rest.</summary>
    public long OwnFault { get; init; }

    /// <summary>Whether people must look at it: it is refused, and not because people themselves withdrew it.</summary>
    public bool IsCase => Status == Refused && Code != Codes.Withdrawn;

    public ShareSums Shares => new(Fund, Catastrophic, Assistance, Account, Cash);

    /// <summary>What is owed to the patient, by all payers together.</summary>
    public long Owed => Difference > 0 ? Difference : 0;

    /// <summary>The settlement's money by payer; nothing where it does not count.</summary>
    public Borne BorneOf(SettledFact fact) => Counts ? WhoBears.Of(fact.Claimed, Shares, OwnFault) : Borne.Nothing;

    public static Judgement Refuse(string code, Article article) =>
        new(Refused, code, code, article.Rule, article.Clause, 0, 0, 0, 0, 0, 0, 0, Nobody, "", 0, MoveText.None);

    /// <summary>A settlement that was reversed owes and is owed nothing.</summary>
    public static Judgement Undone(Article article) =>
        new(Accepted, "", Codes.Reversed, article.Rule, article.Clause, 0, 0, 0, 0, 0, 0, 0, Nobody, "", 0, MoveText.None);
}
