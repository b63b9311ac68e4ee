using System.Globalization;
using System.Security.Cryptography;
using EdgeHub.Sync.Journal;
using EdgeHub.Sync.Keys;
using EdgeHub.Sync.Stores;

namespace EdgeHub.Agent.Store;

/// <summary>What a check of the store found.</summary>
/// <param name="Damage">What is wrong; null: sound.</param>
public sealed record StoreFindings(string? Damage, long Epoch, long LastSeq, long Unacknowledged)
{
    public const string Sound = "sound";
}

/// <summary>The check at every start: SQLite's own, then the chain of what the hub has not acknowledged, hashed again from the
/// sealed lines, and the rows of its settlements against their entries, then the signature over the head. What the hub has is checked at the hub.</summary>
public static class StoreCheck
{
    private const int LinesAtOnce = 500;

    /// <param name="publicKey">The device's; null before enrolment.</param>
    /// <param name="device">Null before enrolment.</param>
    public static StoreFindings Run(Func<string> quickCheck, StoreSession session, JournalStore journal, byte[]? publicKey, string? device)
    {
        var structure = quickCheck();
        if (structure != "ok")
        {
            return new StoreFindings("the file's structure is damaged: " + structure, 0, 0, 0);
        }
        var acked = journal.Acked(session);
        ChainHead last;
        try
        {
            var (head, broken) = Tail(session, journal, acked);
            if (broken is not null)
            {
                return new StoreFindings(broken, head.Epoch, head.Seq, head.Seq - acked.Seq);
            }
            last = head;
        }
        catch (CryptographicException)
        {
            return new StoreFindings($"a line after {Place(acked)} does not open with this machine's key: it was changed or moved", acked.Epoch, acked.Seq, 0);
        }
        var unsigned = HeadFault(session, last, publicKey, device);
        return new StoreFindings(unsigned, last.Epoch, last.Seq, last.Seq - acked.Seq);
    }

    private static (ChainHead Head, string? Broken) Tail(StoreSession session, JournalStore journal, ChainHead acked)
    {
        if (acked.Seq > 0 && journal.HashAt(session, acked.Epoch, acked.Seq) is var kept && (kept is null || !acked.Hash.Span.SequenceEqual(kept)))
        {
            return (acked, $"the line {Place(acked)}, which the hub acknowledged, is missing or another");
        }
        var head = acked;
        while (true)
        {
            var rows = journal.After(session, head.Epoch, head.Seq, LinesAtOnce, int.MaxValue);
            foreach (var row in rows)
            {
                if (row.Seq != head.Seq + 1)
                {
                    return (head, $"a line is missing after {Place(head)}");
                }
                var hash = Chain.Next(head.Hash.Span, row.Line);
                if (!hash.AsSpan().SequenceEqual(row.Hash))
                {
                    return (head, string.Create(CultureInfo.InvariantCulture, $"the chain breaks at epoch {row.Epoch}, sequence {row.Seq}"));
                }
                head = new ChainHead(row.Epoch, row.Seq, hash);
                if (SettlementFault(session, row) is { } altered)
                {
                    return (head, altered);
                }
            }
            if (rows.Count < LinesAtOnce)
            {
                return (head, null);
            }
        }
    }

    /// <summary>A settlement's row says what its entry says, or the row was altered; null: it does, or the entry is none.</summary>
    internal static string? SettlementFault(StoreSession session, JournalRow row)
    {
        if (SettledBodies.In(row.Line) is not { } body)
        {
            return null;
        }
        if (SettlementStore.Find(session, body.Settlement) is not { } stored)
        {
            return $"the settlement {body.Settlement} stands in the journal, but its row is missing";
        }
        (string Name, object Row, object Entry)[] facts =
        [
            ("person", stored.Person, body.Person), ("visit", stored.Visit, body.Visit), ("ordinal", stored.Ordinal, body.Ordinal),
            ("visit_type", stored.VisitType, body.VisitType), ("service_day", stored.ServiceDay, body.ServiceDay), ("currency", stored.Currency, body.Currency),
            ("total", stored.Total, body.Totals.Total), ("fund", stored.Fund, body.Shares.Fund), ("account", stored.Account, body.Shares.Account),
            ("cash", stored.Cash, body.Shares.Cash), ("catastrophic", stored.Catastrophic, body.Shares.Catastrophic),
            ("assistance", stored.Assistance, body.Shares.Assistance), ("epoch", stored.Epoch, row.Epoch), ("seq", stored.Seq, row.Seq),
        ];
        var wrong = facts.Where(fact => !fact.Row.Equals(fact.Entry)).Select(fact => fact.Name).ToList();
        return wrong.Count == 0 ? null : $"the row of settlement {body.Settlement} was altered: {string.Join(", ", wrong)} differ from its journal entry";
    }

    private static string? HeadFault(StoreSession session, ChainHead last, byte[]? publicKey, string? device)
    {
        if (JournalStore.SignatureAt(session, last.Epoch, last.Seq) is not var (signed, signature))
        {
            return last.Seq == 0 ? null : $"the journal's head {Place(last)} has no signature: it was taken away, or lines behind it were";
        }
        if (signed.Epoch != last.Epoch || signed.Seq != last.Seq || !signed.Hash.Span.SequenceEqual(last.Hash.Span))
        {
            return $"the journal ends at {Place(last)}, but its head was signed at {Place(signed)}";
        }
        if (publicKey is null || device is null)
        {
            return "the journal has a signed head, but the device's key is missing";
        }
        return HeadSeal.Holds(publicKey, device, signed, signature) ? null : $"the signature over the head {Place(signed)} does not hold";
    }

    private static string Place(ChainHead at) => string.Create(CultureInfo.InvariantCulture, $"epoch {at.Epoch}, sequence {at.Seq}");
}
