using EdgeHub.Rules;
using EdgeHub.Sync.Stores;

namespace EdgeHub.Hub.Settlement;

/// <summary>What people decide of one claim: an invoice is withdrawn, or whoever claimed is judged by what is known of them now. Both
/// count from the next step of settlement on. Source: B21, Z20.</summary>
internal static class ClaimsByHand
{
    /// <summary>The claim of an entry (device/epoch/seq), or of a settlement's or claim's id; of several of one id the first.</summary>
    /// <exception cref="FaultException">There is none.</exception>
    public static SettledFact Of(StoreSession session, string region, string text, (long DeviceNo, long Epoch, long Seq)? entry)
    {
        var fact = entry is { } at ? FactStore.OfEntry(session, region, at.DeviceNo, at.Epoch, at.Seq)
            : Guid.TryParseExact(text, "D", out var id) ? FactStore.OfId(session, region, id).MinBy(each => each.OrderAt(each.OwnPlace))
            : null;
        return fact ?? throw Wrong(text, "device/epoch/seq of a settlement or an invoice, or its id as hub report payables shows it");
    }

    /// <summary>Withdraws an invoice: nothing is owed for it, and another claim of the same invoice may come.</summary>
    /// <returns>What is in question, minor units.</returns>
    /// <exception cref="FaultException">It is no invoice, is withdrawn already, its scheme year is closed, or something of it is paid.</exception>
    public static long Withdraw(StoreSession session, SettlementSettings settings, SettledFact fact, long nowMs)
    {
        if (!fact.IsReimbursement || fact.Withdrawn)
        {
            throw Wrong(fact.Entry, "an invoice that is not withdrawn yet; a visit settled on the spot is reversed at its clinic");
        }
        CheckOpen(settings, fact, nowMs);
        var paid = PayableStore.Refunds(session, fact.Region, fact.Settlement).Sum(refund => refund.Amount);
        if (paid > 0)
        {
            throw new FaultException(new Fault(Codes.RefundAlreadyPaid, "claim", FormattableString.Invariant($"{paid}"), "an invoice of which nothing is paid out"));
        }
        FactStore.Withdraw(session, fact);
        Again(session, fact, [], nowMs);
        return fact.AtStake;
    }

    /// <summary>Reads what is loaded of the person anew, for a claim whose person was unknown or not covered, and for what partial
    /// refunds left of it.</summary>
    /// <returns>Why nothing was paid before: the code.</returns>
    /// <exception cref="FaultException">Its cover was never in question, is as it was, or the claim does not count for another reason.</exception>
    public static string ReadAgain(StoreSession session, SettlementSettings settings, SettledFact fact, long nowMs)
    {
        if (fact.CoverFault.Length == 0 || fact.Replaces is not null || fact.Standing is not (Standing.Stands or Standing.Reversed))
        {
            throw Wrong(fact.Entry, "a claim that stands and was refused or cut because of the person's cover; of a partial refund the first settlement");
        }
        CheckOpen(settings, fact, nowMs);
        var renewed = ClaimIntake.WithMember(new ReferenceCache(session, fact.Region), settings, fact);
        if (renewed.CoverFault == fact.CoverFault)
        {
            throw Wrong(fact.Entry, $"a person whose cover was corrected since; it is {fact.CoverFault} still: load the members first");
        }
        var renewing = Standings.Together(session, fact).Where(each => each.Entry == fact.Entry || Standings.BeganWith(session, each, fact)).ToList();
        foreach (var each in renewing)
        {
            FactStore.Inherit(session, each, renewed);
        }
        Again(session, fact, renewing, nowMs);
        return fact.CoverFault;
    }

    private static void Again(StoreSession session, SettledFact fact, IReadOnlyList<SettledFact> renewed, long nowMs)
    {
        var stored = FactStore.OfEntry(session, fact.Region, fact.DeviceNo, fact.Epoch, fact.Seq) ?? throw new InvalidOperationException($"The claim {fact.Entry} is gone.");
        foreach (var (person, year) in Standings.Settle(session, stored).Concat(renewed).Append(stored)
            .SelectMany(each => ((string, long)[])[(each.Person, each.SchemeYear), (each.AccountPerson, each.SchemeYear)]).Distinct())
        {
            YearAgainStore.Put(session, fact.Region, person, year, HandStore.Again, nowMs);
        }
    }

    private static void CheckOpen(SettlementSettings settings, SettledFact fact, long nowMs)
    {
        var open = settings.OpenSince(settings.DayOf(nowMs));
        if (fact.ServiceDay < open)
        {
            throw new FaultException(new Fault(Codes.BadDate, "serviceDay", Article.Written(fact.ServiceDay), $"{Article.Written(open)} or later: older years are closed"));
        }
    }

    private static FaultException Wrong(string value, string right) => new(new Fault(Codes.NotFound, "claim", value, right));
}
