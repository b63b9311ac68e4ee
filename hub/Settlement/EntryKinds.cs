using EdgeHub.Rules;
using EdgeHub.Sync.Journal;

namespace EdgeHub.Hub.Settlement;

/// <summary>What settlement does with the kinds of entries beside the settlement itself.</summary>
internal static class EntryKinds
{
    /// <summary>Kinds that are only counted here.</summary>
    public static readonly IReadOnlySet<string> OnlyCounted = new HashSet<string>(StringComparer.Ordinal)
    {
        Kinds.DeviceStarted, Kinds.CheckedIn, Kinds.ContactRecorded, Kinds.ClockJumped, Kinds.StoreChecked, Kinds.EvidenceKept, Kinds.CarriedFrom,
        Kinds.PersonLookedUp, Kinds.PersonSeen, Kinds.AccessChanged, Kinds.ActionApproved, Kinds.DrawerCounted,
    };

    /// <summary>Kinds whose bodies are read here.</summary>
    public static readonly IReadOnlySet<string> Read = new HashSet<string>(StringComparer.Ordinal)
    {
        Kinds.VisitSettled, Kinds.VisitReversed, Kinds.VisitPartlyRefunded, Kinds.ReimbursementClaimed, Kinds.RefundPaid, Kinds.OfflineRefused, Kinds.VisitUnsettled,
        Kinds.BookingMade, Kinds.BookingCancelled, Kinds.BookingStepped,
    };

    /// <summary>Whether its body is read here, and in a shape that this hub knows.</summary>
    public static bool IsUsable(WaitingEntry entry) => Read.Contains(entry.Kind) && entry.Schema <= Kinds.SchemaOf(entry.Kind);

    /// <summary>Ingest's name for a line whose head it could not read.</summary>
    private const string Unreadable = "Unreadable";

    public static QuarantineReason Unknown(WaitingEntry entry) => entry.Kind == Unreadable
        ? new QuarantineReason(Codes.BodyUnreadable, "the line's head cannot be read", entry.Site)
        : new QuarantineReason(Codes.UnknownKind, entry.Kind, QuarantineReason.Bureau);

    public static QuarantineReason Wrong(WaitingEntry entry, Fault fault) => new(Codes.BodyUnreadable, fault.ToString(), entry.Site);

    /// <summary>A claim whose body holds together, but which this hub cannot take: another currency than the region's, a visit
    /// type that it does not know, a service day that cannot be or whose year is closed, another person's or site's settlement id,
    /// more settlements in a year than anybody has, more persons at one account than any family has.</summary>
    public static QuarantineReason? Unacceptable(StepWork work, SettlementSettings settings, PolicyShelf shelf, WaitingEntry entry, Claim claim)
    {
        var body = claim.Body;
        if (!shelf.Pays(body.Currency))
        {
            return Wrong(entry, new Fault(Codes.BodyUnreadable, "currency", body.Currency, "the currency of the region's policy books"));
        }
        if (ClaimChecks.VisitType(body.VisitType) is { } unknown)
        {
            return new QuarantineReason(Codes.UnknownCode, unknown.ToString(), QuarantineReason.Bureau);
        }
        var latest = settings.DayOf(entry.EffectiveMs) < entry.CivilDay ? settings.DayOf(entry.EffectiveMs).AddDays(1) : entry.CivilDay.AddDays(1);
        if (body.ServiceDay > latest)
        {
            return new QuarantineReason(
                Codes.BadDate, new Fault(Codes.BadDate, "serviceDay", Article.Written(body.ServiceDay), $"not after {Article.Written(latest)}").ToString(), entry.Site);
        }
        if (Closed(work, settings, body.ServiceDay) is { } closed)
        {
            return closed;
        }
        if (FactStore.OfId(work.Session, entry.Region, body.Settlement).Any(fact => fact.Person != body.Person || fact.Site != entry.Site))
        {
            return new QuarantineReason(Codes.Duplicate, $"settlement {body.Settlement:D}: another person's or another site's has this id", QuarantineReason.Bureau);
        }
        var year = Rules.Benefit.BenefitKeys.SchemeYear(body.ServiceDay);
        if (AccountGroup.IsTooLarge(work.Session, entry.Region, body.Person, ClaimIntake.Owner(body), year, settings.MostJoinedByAccounts))
        {
            return new QuarantineReason(Codes.TooMany, $"persons whom family accounts join in {year}: at most {settings.MostJoinedByAccounts}", QuarantineReason.Bureau);
        }
        return FactStore.CountOfYear(work.Session, entry.Region, body.Person, year) < settings.MostPerPersonYear
            ? null
            : new QuarantineReason(Codes.TooMany, $"settlements of the person in {year}: at most {settings.MostPerPersonYear}", QuarantineReason.Bureau);
    }

    /// <summary>A scheme year that is closed takes nothing in and gives nothing back, whatever kind of entry asks.</summary>
    private static QuarantineReason? Closed(StepWork work, SettlementSettings settings, DateOnly serviceDay)
    {
        var open = settings.OpenSince(settings.DayOf(work.NowMs));
        return serviceDay >= open ? null : new QuarantineReason(
            Codes.BadDate, new Fault(Codes.BadDate, "serviceDay", Article.Written(serviceDay), $"{Article.Written(open)} or later: older years are closed").ToString(),
            QuarantineReason.Bureau);
    }

    public static QuarantineReason? Reversed(StepWork work, SettlementSettings settings, WaitingEntry entry, VisitReversed body)
    {
        if (ClaimChecks.Of(body, entry.Site) is { } fault)
        {
            return Wrong(entry, fault);
        }
        if (Closed(work, settings, body.ServiceDay) is { } closed)
        {
            return closed;
        }
        var reversal = ReversalOf(entry, body);
        ReversalStore.Insert(work.Session, reversal);
        var facts = FactStore.OfId(work.Session, entry.Region, body.Settlement);
        foreach (var fact in facts)
        {
            work.Touch(fact);
            work.Touch(Standings.Settle(work.Session, fact));
        }
        return facts.Any(fact => reversal.Mirrors(fact, null)) ? null : new QuarantineReason(
            Codes.ReversedUnknown, $"settlement {body.Settlement:D}: no such settlement with these shares at {entry.Site}", entry.Site, WaitsFor(body.Settlement));
    }

    public static Reversal ReversalOf(WaitingEntry entry, VisitReversed body) => ReversalOf(
        entry, body.Reversal, body.Settlement, body.Total,
        new ShareSums(body.Shares.Fund, body.Shares.Catastrophic, body.Shares.Assistance, body.Shares.Account, body.Shares.Cash), remainder: false);

    public static Reversal ReversalOf(WaitingEntry entry, VisitPartlyRefunded body)
    {
        var before = Claim.Before(body);
        return ReversalOf(entry, body.Refund, body.Settlement, before.Total, before, remainder: true);
    }

    private static Reversal ReversalOf(WaitingEntry entry, Guid id, Guid settlement, long total, ShareSums shares, bool remainder) => new()
    {
        Region = entry.Region, DeviceNo = entry.DeviceNo, Epoch = entry.Epoch, Seq = entry.Seq, Site = entry.Site, EffectiveMs = entry.EffectiveMs,
        Id = id, Settlement = settlement, Total = total, Fund = shares.Fund, Catastrophic = shares.Catastrophic, Assistance = shares.Assistance,
        Account = shares.Account, Cash = shares.Cash, Remainder = remainder,
    };

    public static QuarantineReason? Refunded(StepWork work, WaitingEntry entry, RefundPaid body)
    {
        if (ClaimChecks.Of(body, entry.Site) is { } fault)
        {
            return Wrong(entry, fault);
        }
        var refund = new Refund
        {
            Region = entry.Region, Id = body.Refund, DeviceNo = entry.DeviceNo, Epoch = entry.Epoch, Seq = entry.Seq, Site = entry.Site,
            Settlement = body.Settlement, Person = body.Person, Currency = body.Currency, Amount = body.Amount,
        };
        if (!PayableStore.Insert(work.Session, refund))
        {
            // The same refund sealed again in a new epoch is counted once; another content under its id is not let pass.
            var known = PayableStore.Refund(work.Session, refund.Region, refund.Id);
            return known is not null && (known.Site, known.Settlement, known.Person, known.Currency, known.Amount)
                == (refund.Site, refund.Settlement, refund.Person, refund.Currency, refund.Amount)
                ? null
                : new QuarantineReason(Codes.Duplicated, $"refund {body.Refund:D}: known already with another content", QuarantineReason.Bureau);
        }
        return Pay(work, refund) ? null : new QuarantineReason(
            Codes.NotFound, $"settlement {body.Settlement:D}: no such settlement of this person", entry.Site, WaitsFor(body.Settlement));
    }

    public static QuarantineReason? Refused(StepWork work, WaitingEntry entry, OfflineRefused body)
    {
        RefusalStore.Insert(work.Session, entry, body);
        return null;
    }

    /// <summary>A reason that this hub does not know comes from a later version: it waits for the bureau, and counts once the hub is newer.</summary>
    public static QuarantineReason? Unsettled(StepWork work, WaitingEntry entry, VisitUnsettled body)
    {
        if (ClaimChecks.Of(body) is { } fault)
        {
            return Wrong(entry, fault);
        }
        if (!UnsettledReasons.All.Contains(body.Reason, StringComparer.Ordinal))
        {
            return new QuarantineReason(
                Codes.UnknownCode, new Fault(Codes.UnknownCode, "reason", body.Reason, string.Join(", ", UnsettledReasons.All)).ToString(), QuarantineReason.Bureau);
        }
        UnsettledStore.Keep(work.Session, entry, body);
        return null;
    }

    /// <summary>Booked visits are Bookings' own; here it is only seen that the body can be used, so that what cannot is set aside.</summary>
    public static QuarantineReason? Booked(WaitingEntry entry, ReadOnlySpan<byte> body)
    {
        var fault = entry.Kind switch
        {
            Kinds.BookingMade => BookingWords.Wrong(JournalCodec.ReadBody<BookingMade>(body)),
            Kinds.BookingCancelled => BookingWords.Wrong(JournalCodec.ReadBody<BookingCancelled>(body)),
            _ => BookingWords.Wrong(JournalCodec.ReadBody<BookingStepped>(body)),
        };
        return fault is null ? null : Wrong(entry, fault);
    }

    /// <summary>What waited for this settlement: reversals that mirror it, refunds paid for it.</summary>
    public static void ReleaseWaiting(StepWork work, SettledFact fact)
    {
        foreach (var reversal in ReversalStore.Of(work.Session, fact.Region, fact.Settlement))
        {
            var remainder = reversal.Remainder ? FactStore.OfEntry(work.Session, reversal.Region, reversal.DeviceNo, reversal.Epoch, reversal.Seq) : null;
            if (reversal.Mirrors(fact, remainder))
            {
                QuarantineStore.Release(work.Session, fact.Region, reversal.DeviceNo, reversal.Epoch, reversal.Seq, work.NowMs, work.QuarantineVersion);
            }
        }
        foreach (var refund in PayableStore.Refunds(work.Session, fact.Region, fact.Settlement).Where(r => r.PostingMonth.Length == 0))
        {
            if (Pay(work, refund))
            {
                QuarantineStore.Release(work.Session, fact.Region, refund.DeviceNo, refund.Epoch, refund.Seq, work.NowMs, work.QuarantineVersion);
            }
        }
    }

    /// <summary>Takes a refund in, where its settlement is known: the person is owed less. What of it is owed to the paying
    /// institution is posted with the person's year (<see cref="RefundPosting"/>).</summary>
    private static bool Pay(StepWork work, Refund refund)
    {
        var fact = FactStore.OfId(work.Session, refund.Region, refund.Settlement)
            .Where(f => f.Person == refund.Person && f.Currency == refund.Currency && f.Standing != Standing.Waits).MinBy(f => f.Order);
        if (fact is null)
        {
            return false;
        }
        PayableStore.Posted(work.Session, refund, work.PostingMonth);
        PayableStore.Paid(work.Session, fact, fact.Decision ?? Guid.Empty, refund.Amount, "", work.NowMs, work.PayablesVersion);
        work.Touch(fact);
        return true;
    }

    public static string WaitsFor(Guid settlement) => $"settlement/{settlement:D}";
}
