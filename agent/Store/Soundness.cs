using System.Data.Common;
using System.Security.Cryptography;
using System.Text.Json;
using EdgeHub.Rules;
using EdgeHub.Sync.Journal;
using EdgeHub.Sync.Stores;

namespace EdgeHub.Agent.Store;

/// <summary>The check of a store that nobody has opened, as a start does it.</summary>
public static class Soundness
{
    /// <exception cref="StoreException">The file cannot be opened at all.</exception>
    public static StoreFindings Of(string database, AgentKeys keys, AgentClock clock)
    {
        // The mark first: another process may write meanwhile.
        var mark = HeadMark.Read(database, keys.Cipher);
        using var store = SqliteStore.Open(database, readOnly: true);
        StoreFindings found;
        try
        {
            found = store.Read(session => In(store, session, new JournalStore(keys.Cipher, clock), keys));
        }
        catch (DbException foreign)
        {
            found = new StoreFindings("its tables are not those of this version: it went back to an earlier state, or was never opened by it: " + foreign.Message, 0, 0, 0);
        }
        return found with { Damage = found.Damage ?? HeadMark.Fault(database, mark, found.Epoch, found.LastSeq) };
    }

    public static StoreFindings In(SqliteStore store, StoreSession session, JournalStore journal, AgentKeys keys)
    {
        if (session.Prepared("select count(*) from sqlite_master where name in ('meta', 'journal', 'journal_head', 'ack', 'settlement')").Scalar() is not 5L)
        {
            return new StoreFindings("the file holds no agent's store: it is empty, or was replaced", 0, 0, 0);
        }
        // A book whose bits turned over is damage: it is named now and not at the next bill.
        _ = new PolicyStore().Books(session, feedVersion: 0);
        var found = StoreCheck.Run(store.QuickCheck, session, journal, keys.Device?.PublicKey, MetaStore.Site(session)?.Device);
        return found.Damage is null && (MetaStore.KeyFault(session, keys.Cipher) ?? Unreadable(session)) is { } damage ? found with { Damage = damage } : found;
    }

    /// <summary>What a start reads besides; null: it can be read.</summary>
    private static string? Unreadable(StoreSession session)
    {
        try
        {
            MetaStore.LastExchange(session);
            MetaStore.AcksSince(session);
            MetaStore.HandCuts(session);
            FeedStore.States(session);
            return null;
        }
        catch (Exception altered) when (altered is FormatException or JsonException or OverflowException or InvalidCastException)
        {
            return "what is kept of the feeds or of the last exchange was altered: " + altered.Message;
        }
        catch (StoreException altered) when (altered.Code == Codes.StoreDamaged)
        {
            return altered.Detail;
        }
    }

    /// <summary>Reads whatever is sealed, and the whole chain of every epoch: what a start leaves to its use. Null: all of it is as it was written.</summary>
    public static string? Deep(string database, AgentKeys keys, AgentClock clock)
    {
        var (journal, members, visits) = (new JournalStore(keys.Cipher, clock), new MemberStore(keys.Cipher), new VisitStore(keys.Cipher));
        try
        {
            return SqliteStore.ReadFrom(database, session =>
            {
                RowSum.CheckAll(session);
                _ = new PolicyStore().Books(session, feedVersion: 0);
                foreach (var visit in session.Query<string>("select visit from visit", new { }))
                {
                    visits.Find(session, visit);
                }
                return members.Fault(session) ?? Journals(session, journal);
            });
        }
        catch (Exception altered) when (altered is CryptographicException or InvalidDataException or FormatException or JsonException or StoreException)
        {
            return "something sealed was altered: " + altered.Message;
        }
    }

    /// <summary>Every line of every epoch, and every settlement's row and moves against the line that it points at.</summary>
    private static string? Journals(StoreSession session, JournalStore journal)
    {
        var met = 0L;
        foreach (var epoch in JournalStore.Epochs(session))
        {
            if (Chained(session, journal, epoch.Epoch, ref met) is { } broken)
            {
                return broken;
            }
        }
        var rows = (long)session.Prepared("select count(*) from settlement").Scalar()!;
        return rows == met ? null : $"{rows - met} rows of settlements point at no line of theirs";
    }

    private static string? RowFault(StoreSession session, JournalRow row, ref long met)
    {
        if (SettledBodies.In(row.Line) is not { } body)
        {
            return null;
        }
        // A line that was carried stands in its old epoch too; its row points at the new place.
        if (SettlementStore.Find(session, body.Settlement) is { } stored && stored.Epoch > row.Epoch)
        {
            return null;
        }
        met++;
        var moves = AccumulatorStore.MovesOf(session, body.Person, body.Settlement).OrderBy(move => move.Key, StringComparer.Ordinal);
        return StoreCheck.SettlementFault(session, row)
            ?? (moves.SequenceEqual(body.Accumulators.OrderBy(move => move.Key, StringComparer.Ordinal)) ? null : $"what the settlement {body.Settlement} moved was altered");
    }

    private static string? Chained(StoreSession session, JournalStore journal, long epoch, ref long met)
    {
        const int linesAtOnce = 500;
        var (seq, hash) = (0L, Chain.Zero);
        while (true)
        {
            var rows = journal.After(session, epoch, seq, linesAtOnce, int.MaxValue);
            foreach (var row in rows)
            {
                // A recovered store may lack acknowledged lines: behind such a gap the chain goes on by the stored hash.
                if (row.Seq == seq + 1 && !Chain.Next(hash, row.Line).AsSpan().SequenceEqual(row.Hash))
                {
                    return $"the chain breaks at {JournalStore.Place(epoch, row.Seq)}";
                }
                if (RowFault(session, row, ref met) is { } altered)
                {
                    return altered;
                }
                (seq, hash) = (row.Seq, row.Hash);
            }
            if (rows.Count < linesAtOnce)
            {
                return null;
            }
        }
    }
}
