using System.Text;
using EdgeHub.Agent.Access;
using EdgeHub.Sync.Journal;
using EdgeHub.Sync.Keys;
using EdgeHub.Sync.Stores;

namespace EdgeHub.Agent.Store;

/// <summary>What a damaged store still told.</summary>
public sealed class Salvaged
{
    /// <summary>Highest sequence of each epoch of which anything was seen, be it that its line does not open.</summary>
    public SortedDictionary<long, long> Seen { get; } = [];

    /// <summary>Lines that opened, and so are what was written.</summary>
    public long Opened { get; set; }

    /// <summary>Lines that were seen and do not open with the key that is here.</summary>
    public long Closed { get; set; }

    /// <summary>Where the acknowledged mark stood; null: not found.</summary>
    public ChainHead? Acked { get; set; }

    public SiteFacts? Site { get; set; }

    /// <summary>Something that is written with every commit said how far the journal went.</summary>
    public bool EndKnown { get; set; }

    public void See(long epoch, long seq) => Seen[epoch] = Math.Max(Seen.GetValueOrDefault(epoch), seq);
}

/// <summary>Takes out of a damaged store what can be proven: a line opens at its own place alone, and so does an answer to a request.</summary>
public static class SalvageStore
{
    private const int RowsAtOnce = 2_000;
    private const long MostEpochs = 1L << 22;

    /// <summary>Rows of the damaged file into the fresh store, in pieces.</summary>
    public static Salvaged Into(SqliteStore fresh, JournalStore journal, RequestStore requests, string damaged)
    {
        var found = new Salvaged();
        foreach (var rows in PageScan.Rows(damaged).Chunk(RowsAtOnce))
        {
            fresh.Write(session =>
            {
                foreach (var row in rows)
                {
                    Take(session, journal, requests, row, found);
                }
                return true;
            });
        }
        return found;
    }

    /// <summary>Makes the hashes of the salvaged lines again where the chain before them is whole; behind a gap the stored one stands.</summary>
    public static void Chained(SqliteStore fresh, JournalStore journal, IEnumerable<long> epochs)
    {
        foreach (var epoch in epochs)
        {
            var (seq, hash) = (0L, Chain.Zero);
            while (fresh.Write(session => Chained(session, journal, epoch, ref seq, ref hash)))
            {
            }
        }
    }

    /// <summary>Sequences of an epoch that are here, as runs.</summary>
    public static IReadOnlyList<(long From, long Through)> Runs(StoreSession session, long epoch, long after)
    {
        var runs = new List<(long From, long Through)>();
        using var rows = session.Prepared("select seq from journal where place > $1 and place < $2 order by place").Read((epoch << 40) + after, (epoch + 1) << 40);
        while (rows.Read())
        {
            var seq = rows.GetInt64(0);
            if (runs is [.., var last] && last.Through == seq - 1)
            {
                runs[^1] = (last.From, seq);
            }
            else
            {
                runs.Add((seq, seq));
            }
        }
        return runs;
    }

    private static bool Chained(StoreSession session, JournalStore journal, long epoch, ref long seq, ref byte[] hash)
    {
        var rows = journal.After(session, epoch, seq, RowsAtOnce, int.MaxValue);
        foreach (var row in rows)
        {
            var made = row.Seq == seq + 1 ? Chain.Next(hash, row.Line) : row.Hash;
            if (!made.AsSpan().SequenceEqual(row.Hash))
            {
                session.Prepared("update journal set hash = $1 where place = $2").Execute(made, (epoch << 40) + row.Seq);
            }
            (seq, hash) = (row.Seq, made);
        }
        return rows.Count > 0;
    }

    private static void Take(StoreSession session, JournalStore journal, RequestStore requests, ScannedRow row, Salvaged found)
    {
        switch (row.Columns)
        {
            case [null, byte[] { Length: Chain.HashBytes } hash, byte[] sealedLine, long carried, ..] when row.RowId > 0:
                Beside(session, requests, [.. row.Columns.Skip(4)], found);
                var (epoch, seq) = (row.RowId >> 40, row.RowId & ((1L << 40) - 1));
                if (epoch is < 1 or >= MostEpochs || seq < 1)
                {
                    return;
                }
                if (journal.Keep(session, epoch, seq, hash, sealedLine, carried == 1) is not null)
                {
                    found.Opened++;
                    found.See(epoch, seq);
                }
                else if (journal.HashAt(session, epoch, seq) is null)
                {
                    found.Closed++;
                    found.See(epoch, seq);
                }
                break;
            case [1L, long epoch2, long seq2, byte[] { Length: Chain.HashBytes } hash2] when epoch2 >= 1 && seq2 >= 0:
                found.Acked ??= new ChainHead(epoch2, seq2, hash2);
                break;
            case [1L, long epoch3, long seq3, byte[] { Length: Chain.HashBytes }, byte[] { Length: EcdsaKeys.SignatureBytes }] when epoch3 is >= 1 and < MostEpochs && seq3 is >= 0 and < 1L << 40:
                found.EndKnown = true;
                found.See(epoch3, seq3);
                break;
            case [byte[] name, byte[] value] when Encoding.UTF8.GetString(name) == "site":
                found.Site ??= SiteFile.Parsed(value);
                break;
            case [byte[] key, byte[] operation, byte[] { Length: 32 } content, byte[] sealedAnswer, byte[] at, long packed]:
                requests.Keep(session, Encoding.UTF8.GetString(key), Encoding.UTF8.GetString(operation), content, sealedAnswer, Encoding.UTF8.GetString(at), packed == 1);
                break;
        }
    }

    /// <summary>What a line carries: the signature where it was the last, and the answer of the request that made it.</summary>
    private static void Beside(StoreSession session, RequestStore requests, IReadOnlyList<object?> beside, Salvaged found)
    {
        if (beside is [byte[] { Length: EcdsaKeys.SignatureBytes }, ..])
        {
            found.EndKnown = true;
        }
        if (beside is [_, byte[] key, byte[] operation, byte[] { Length: 32 } content, byte[] answer])
        {
            requests.Keep(session, Encoding.UTF8.GetString(key), Encoding.UTF8.GetString(operation), content, answer, "", packed: true);
        }
    }
}
