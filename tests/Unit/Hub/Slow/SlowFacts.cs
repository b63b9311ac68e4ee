using EdgeHub.Sync.Journal;

namespace EdgeHub.Tests.Unit.Hub.Slow;

/// <summary>An entry as the hub files it. Effective: hub time in milliseconds, monotone per device.</summary>
public sealed record SlowEntry(string Site, long Device, long Epoch, long Seq, long Effective, object Body)
{
    public string Name => $"{Device}/{Epoch}/{Seq}";
}

public sealed record SlowMember(long Account, string Owner, DateOnly CoverEnd);

/// <summary>Fund, catastrophic, assistance, account, cash in fen.</summary>
public sealed record Five(long F, long C, long A, long Acc, long Cash)
{
    public static Five Of(SettledShares s) => new(s.Fund, s.Catastrophic, s.Assistance, s.Account, s.Cash);
}

/// <summary>By what a decision is explained.</summary>
/// <param name="Difference">Cash that was claimed above what is right, in fen.</param>
/// <param name="Bears">Who bears a difference, or to whom it is owed.</param>
/// <param name="Moves">Each amount that moved, before and after.</param>
/// <param name="KnownOn">The book is the one that was known on this day.</param>
public sealed record SlowWhy(string Name, long Difference, string Bears, string Moves, DateOnly KnownOn);

/// <summary>One claim of money, whichever kind of entry made it.</summary>
public sealed class SlowFact
{
    public required SlowEntry Entry { get; init; }
    public required Guid Id { get; init; }
    public required string Key { get; init; }
    public required string Institution { get; init; }
    public required string Person { get; init; }
    public required string Owner { get; init; }
    public required DateOnly Day { get; init; }
    public required long Total { get; init; }
    public required long Eligible { get; init; }
    public required Five Claimed { get; init; }
    public Guid? Replaces { get; init; }
    public bool Invoice { get; init; }
    public string Standing { get; set; } = "Waits";

    /// <summary>The settlement whose place in the order it has: itself, or what it replaces. Null: that is not here.</summary>
    public SlowFact? At { get; set; }

    public static SlowFact? Of(SlowEntry entry) => entry.Body switch
    {
        VisitSettled body => Visit(entry, body, null),
        VisitPartlyRefunded body => Visit(entry, body.Now, body.Settlement),
        ReimbursementClaimed body => new SlowFact
        {
            Entry = entry, Id = body.Claim, Key = $"{body.InvoiceIssuer} {body.InvoiceNumber}", Institution = body.Institution, Person = body.Person, Owner = body.Person,
            Day = body.ServiceDay, Total = body.Totals.Total, Eligible = body.Totals.Eligible, Claimed = new Five(0, 0, 0, 0, body.Totals.Total), Invoice = true,
        },
        _ => null,
    };

    private static SlowFact Visit(SlowEntry entry, VisitSettled body, Guid? replaces) => new()
    {
        Entry = entry, Id = body.Settlement, Key = $"{entry.Site} {body.Visit} {body.Ordinal}", Institution = body.Institution, Person = body.Person,
        Owner = body.AccountOwner.Length == 0 ? body.Person : body.AccountOwner, Day = body.ServiceDay, Total = body.Totals.Total, Eligible = body.Totals.Eligible,
        Claimed = Five.Of(body.Shares), Replaces = replaces,
    };
}

/// <summary>Something that takes a settlement back: a reversal, or a partial refund with what it leaves.</summary>
public sealed record TakeBack(SlowEntry Entry, Guid Of, Five Shares, SlowFact? Leaves)
{
    public bool Fits(SlowFact old) =>
        old.Id == Of && old.Entry.Site == Entry.Site && old.Claimed == Shares && !old.Invoice
        && (Leaves is null || (Leaves.Key == old.Key && Leaves.Person == old.Person && Leaves.Day == old.Day));
}
