using EdgeHub.Hub.Ledger;
using EdgeHub.Hub.Store;
using EdgeHub.Rules;
using EdgeHub.Sync.Journal;
using EdgeHub.Sync.Seams;
using EdgeHub.Sync.Stores;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeHub.Hub.Settlement;

/// <summary>Judges what the journals claim. One step takes a bounded number of entries, each device's in the order of its
/// sequences, and decides every person's year that they touch, all in the caller's one transaction. Each entry and each person's
/// year stands in a savepoint of its own: what fails waits visibly with an owner, and the step goes on. Used by one thread at a time.</summary>
public sealed partial class Settler(SettlementSettings settings, TimeProvider clock, IEntropy entropy, SegmentReader segments, ILogger? logger = null)
{
    private readonly PolicyReader _policies = new();
    private readonly ILogger _logger = logger ?? NullLogger.Instance;
    private bool _retried;

    /// <summary>One step. Entries that cannot be used go into quarantine and never stop the others.</summary>
    /// <exception cref="StoreException">The store itself is at fault: nothing of the step holds.</exception>
    public SettleReport SettleOnce(StoreSession session)
    {
        var now = clock.GetUtcNow();
        var work = new StepWork(session, settings.Region, now, LedgerStore.OpenDay(session, settings.Region, settings.DayOf(now)), entropy);
        var waiting = CursorStore.Waiting(session, settings.Region, settings.EntriesPerStep);
        var again = YearAgainStore.Take(session, settings.Region, settings.MostRetries);
        var asked = QuarantineStore.Asked(session, settings.Region, settings.MostRetries);
        if (waiting.Count == 0 && again.Count == 0 && asked.Count == 0 && _retried)
        {
            return SettleReport.Nothing;
        }
        foreach (var (person, year) in again)
        {
            work.Again(person, year);
        }
        var shelf = _policies.Read(session, settings.Region);
        CursorStore.Count(session, waiting);
        var quarantined = waiting.Chunk(settings.EntriesTogether).Sum(entries => Take(work, shelf, entries));
        var step = waiting.Count == 0 ? 0 : CursorStore.NextStep(session, settings.Region);
        foreach (var last in waiting.GroupBy(entry => entry.DeviceNo).Select(device => device.Last()))
        {
            CursorStore.Advance(session, last, step);
        }
        Retry(work, shelf, asked);
        if (!_retried)
        {
            RetryAll(work, shelf);
            _retried = true;
        }
        var report = new SettleReport(waiting.Count, quarantined, work.Touched.Count, Years(work, shelf));
        session.Ahead.Forget();
        return report;
    }

    /// <summary>Takes entries in, all in one savepoint, with what they ask of the store read ahead. Where anything goes wrong all is taken
    /// back, and each is tried in a savepoint of its own: so what fails is that one entry's alone.</summary>
    /// <returns>How many were set aside.</returns>
    private int Take(StepWork work, PolicyShelf shelf, IReadOnlyList<WaitingEntry> entries)
    {
        if (entries.Count > 1)
        {
            var aside = work.Attempt(
                () =>
                {
                    StepAhead.Read(work, [.. entries.Where(EntryKinds.IsUsable).Select(entry => (entry, LineOf(work, entry, out _))).Where(each => !each.Item2.IsEmpty)]);
                    return entries.Count(entry => IsSetAside(work, shelf, entry, alone: false));
                },
                out var failed);
            if (failed is null)
            {
                return aside;
            }
            Log.NotTogether(_logger, failed);
        }
        return entries.Count(entry => IsSetAside(work, shelf, entry, alone: true));
    }

    private bool IsSetAside(StepWork work, PolicyShelf shelf, WaitingEntry entry, bool alone)
    {
        if (Tried(work, shelf, entry, alone) is not { } reason)
        {
            return false;
        }
        QuarantineStore.Add(work.Session, entry, reason, work.NowMs, work.QuarantineVersion);
        _ = work.Attempt(() => AsideMoves.Tell(work, entry, segments), out var untold);
        if (untold is not null)
        {
            Log.MovesUntold(_logger, entry.DeviceNo, entry.Epoch, entry.Seq, untold);
        }
        return true;
    }

    /// <summary>A hub that was started anew, perhaps in a newer version, tries once more what failed unexpectedly.</summary>
    private void RetryAll(StepWork work, PolicyShelf shelf)
    {
        if (QuarantineStore.HasUntold(work.Session, settings.Region))
        {
            QuarantineStore.TellUntold(work.Session, settings.Region, work.QuarantineVersion);
        }
        Retry(work, shelf, QuarantineStore.ToRetry(work.Session, settings.Region, settings.MostRetries));
        foreach (var failed in CaseStore.FailedYears(work.Session, settings.Region, settings.MostRetries))
        {
            work.Touch(failed.Person, failed.Year);
        }
    }

    private void Retry(StepWork work, PolicyShelf shelf, IReadOnlyList<AsideEntry> entries)
    {
        foreach (var aside in entries)
        {
            var entry = CursorStore.Entry(work.Session, settings.Region, aside.DeviceNo, aside.Epoch, aside.Seq);
            if (entry is null)
            {
                continue;
            }
            if (Tried(work, shelf, entry, alone: true) is { } still)
            {
                QuarantineStore.InVain(work.Session, entry, still, work.QuarantineVersion);
            }
            else
            {
                QuarantineStore.Release(work.Session, entry.Region, entry.DeviceNo, entry.Epoch, entry.Seq, work.NowMs, work.QuarantineVersion);
            }
        }
    }

    /// <returns>How many decisions were written.</returns>
    private int Years(StepWork work, PolicyShelf shelf)
    {
        var waited = CaseStore.FailedYears(work.Session, settings.Region, int.MaxValue).Select(failed => failed.Subject).ToHashSet(StringComparer.Ordinal);
        var done = new HashSet<(string Person, long Year)>();
        return work.Touched.Chunk(settings.YearsTogether).Sum(years => Years(work, shelf, years, waited, done));
    }

    /// <summary>The same way as with the entries: together in one savepoint, and where anything goes wrong each in its own.</summary>
    private int Years(StepWork work, PolicyShelf shelf, IReadOnlyList<(string Person, long Year)> years, HashSet<string> waited, HashSet<(string, long)> done)
    {
        work.Session.Ahead.Forget();
        if (years.Count > 1)
        {
            var before = done.ToList();
            var decisions = work.Attempt(
                () =>
                {
                    StepAhead.Read(work, years);
                    return Each(work, years, done, (group, year) =>
                    {
                        var written = YearDecisions.Write(work, shelf, group, year);
                        Keep(work, group, year, waited, null);
                        return written;
                    });
                },
                out var together);
            if (together is null)
            {
                return decisions;
            }
            Log.NotTogether(_logger, together);
            done.Clear();
            done.UnionWith(before);
        }
        return Each(work, years, done, (group, year) =>
        {
            var written = work.Attempt(() => YearDecisions.Write(work, shelf, group, year), out var failed);
            Keep(work, group, year, waited, failed);
            return written;
        });
    }

    /// <param name="done">Persons and years that were computed with another's.</param>
    private static int Each(StepWork work, IReadOnlyList<(string Person, long Year)> years, HashSet<(string, long)> done, Func<IReadOnlyList<string>, long, int> write)
    {
        var decisions = 0;
        foreach (var (person, year) in years.Where(each => !done.Contains(each)))
        {
            var group = AccountGroup.Of(work.Session, work.Region, [person], year);
            done.UnionWith(group.Select(each => (each, year)));
            decisions += write(group, year);
        }
        return decisions;
    }

    /// <summary>A year that failed is a case of the first of its persons; one that went well closes theirs.</summary>
    private void Keep(StepWork work, IReadOnlyList<string> group, long year, HashSet<string> waited, Exception? failed)
    {
        if (failed is null)
        {
            foreach (var subject in group.Select(person => FailedYear.SubjectOf(year, person)).Where(waited.Contains))
            {
                CaseStore.Close(work.Session, work.Region, Codes.Unexpected, subject, work.NowMs);
            }
            return;
        }
        var latest = group.SelectMany(person => FactStore.OfYear(work.Session, work.Region, person, year)).MaxBy(fact => fact.Order)
            ?? throw new InvalidOperationException($"A scheme year {year} without settlements was touched.");
        CaseStore.Open(work.Session, latest, Codes.Unexpected, FailedYear.SubjectOf(year, latest.Person), latest.AtStake, work.NowMs);
        Log.YearFailed(_logger, latest.Entry, year, failed);
    }

    /// <summary>Takes one entry in; a reason when it cannot be used.</summary>
    /// <param name="alone">In a savepoint of its own; else what goes wrong is the caller's.</param>
    private QuarantineReason? Tried(StepWork work, PolicyShelf shelf, WaitingEntry entry, bool alone)
    {
        if (!EntryKinds.Read.Contains(entry.Kind))
        {
            return EntryKinds.OnlyCounted.Contains(entry.Kind) ? null : EntryKinds.Unknown(entry);
        }
        if (!EntryKinds.IsUsable(entry))
        {
            return new QuarantineReason(Codes.UnknownKind, $"schema {entry.Schema} of {entry.Kind}; this hub knows {Kinds.SchemaOf(entry.Kind)}", QuarantineReason.Bureau);
        }
        var line = LineOf(work, entry, out var damaged);
        if (damaged is not null)
        {
            return new QuarantineReason(Codes.StoreDamaged, damaged, QuarantineReason.Bureau);
        }
        if (!alone)
        {
            return Read(work, shelf, entry, line.Span);
        }
        var reason = work.Attempt(() => Read(work, shelf, entry, line.Span), out var failed);
        switch (failed)
        {
            case null:
                return reason;
            case JournalFormatException unreadable:
                return new QuarantineReason(Codes.BodyUnreadable, unreadable.Detail, entry.Site);
            case FaultException wrong:
                return new QuarantineReason(Codes.BodyUnreadable, string.Join("; ", wrong.Faults.Take(5)), entry.Site);
            default:
                Log.EntryFailed(_logger, entry.DeviceNo, entry.Epoch, entry.Seq, failed);
                return new QuarantineReason(Codes.Unexpected, failed.GetType().Name, QuarantineReason.Bureau);
        }
    }

    /// <param name="damaged">What is wrong with the segment; null: nothing is.</param>
    private ReadOnlyMemory<byte> LineOf(StepWork work, WaitingEntry entry, out string? damaged)
    {
        try
        {
            damaged = null;
            return work.LineOf(entry, segments);
        }
        catch (StoreException broken) when (broken.Code == Codes.StoreDamaged)
        {
            damaged = broken.Message;
            return default;
        }
    }

    private QuarantineReason? Read(StepWork work, PolicyShelf shelf, WaitingEntry entry, ReadOnlySpan<byte> line)
    {
        var head = JournalCodec.ReadHead(line, out var range);
        if (head.Seq != entry.Seq || head.Kind != entry.Kind)
        {
            return new QuarantineReason(
                Codes.StoreDamaged, $"segment {entry.SegmentId} line {entry.Ordinal}: {head.Seq} {head.Kind}; expected {entry.Seq} {entry.Kind}", QuarantineReason.Bureau);
        }
        var body = line[range];
        return entry.Kind switch
        {
            Kinds.VisitSettled => ClaimEntries.Settled(work, settings, shelf, entry, body),
            Kinds.VisitPartlyRefunded => ClaimEntries.PartlyRefunded(work, settings, shelf, entry, body),
            Kinds.ReimbursementClaimed => ClaimEntries.Reimbursement(work, settings, shelf, entry, body),
            Kinds.VisitReversed => EntryKinds.Reversed(work, settings, entry, JournalCodec.ReadBody<VisitReversed>(body)),
            Kinds.RefundPaid => EntryKinds.Refunded(work, entry, JournalCodec.ReadBody<RefundPaid>(body)),
            Kinds.OfflineRefused => EntryKinds.Refused(work, entry, JournalCodec.ReadBody<OfflineRefused>(body)),
            Kinds.VisitUnsettled => EntryKinds.Unsettled(work, entry, JournalCodec.ReadBody<VisitUnsettled>(body)),
            _ => EntryKinds.Booked(entry, body),
        };
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "What is usually done together failed; it is done piece by piece")]
        public static partial void NotTogether(ILogger logger, Exception fault);

        [LoggerMessage(Level = LogLevel.Error, Message = "Entry {Epoch}/{Seq} of device {DeviceNo} failed unexpectedly and is set aside")]
        public static partial void EntryFailed(ILogger logger, long deviceNo, long epoch, long seq, Exception fault);

        [LoggerMessage(Level = LogLevel.Error, Message = "What entry {Epoch}/{Seq} of device {DeviceNo}, which is set aside, had moved could not be told")]
        public static partial void MovesUntold(ILogger logger, long deviceNo, long epoch, long seq, Exception fault);

        [LoggerMessage(Level = LogLevel.Error, Message = "The scheme year {Year} of the person of entry {Entry} could not be computed; it waits")]
        public static partial void YearFailed(ILogger logger, string entry, long year, Exception fault);
    }
}
