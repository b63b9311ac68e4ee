using System.Globalization;
using System.Security.Cryptography;
using EdgeHub.Sync.Journal;
using EdgeHub.Sync.Stores;

namespace EdgeHub.Agent.Store;

/// <summary>A stored line: its place, the chain's hash after it, and its exact bytes.</summary>
public sealed record JournalRow(long Epoch, long Seq, byte[] Hash, byte[] Line);

/// <summary>Lines of an old epoch that moved into a new one.</summary>
/// <param name="AfterSeq">The lines behind this sequence moved.</param>
/// <param name="Shift">New sequence = old + shift.</param>
public sealed record CarriedRange(long Epoch, long AfterSeq, long Shift);

/// <summary>The chained journal. Lines are appended inside the writer's transaction; the head is mirrored in memory, and thrown
/// away when a transaction does not hold. Used on the writer's thread.</summary>
public sealed partial class JournalStore(FieldCipher cipher, AgentClock clock)
{
    private const long LinesOfEpoch = 1L << 40;
    private const long MostEpochs = 1L << 22;

    private ChainHead? _head;
    private ClockJumped? _jump;
    private bool _jumpWritten;

    /// <summary>A journal that is carried is read in pieces of so many lines.</summary>
    private const int CarriedAtOnce = 500;

    /// <summary>What an item gives back when it fails.</summary>
    public readonly record struct Mark(ChainHead? Head, bool JumpWritten);

    public Mark Here => new(_head, _jumpWritten);

    /// <summary>A line that waits to be written is the failed item's own: only the last item of a transaction leaves one.</summary>
    public void Return(Mark mark) => (_head, _jumpWritten, _waiting, _early) = (mark.Head, mark.JumpWritten, null, null);

    /// <summary>The last line's place; sequence 0 and 32 zero bytes before the first.</summary>
    public ChainHead Head(StoreSession session) => _head ??= ReadHead(session);

    /// <summary>The head where it was read or written since the last group that was thrown away; null: nobody asked.</summary>
    public ChainHead? Known => _head;

    /// <summary>Appends one line; a clock that jumped since the last entry is noted before it.</summary>
    public ChainHead Append<TBody>(StoreSession session, string kind, TBody body, Captured at)
    {
        Ahead?.Beside.Awaken();
        _jump ??= clock.Jump();
        if (_jump is { } jump && !_jumpWritten)
        {
            _jumpWritten = true;
            Write(session, Kinds.ClockJumped, jump, at);
        }
        return Write(session, kind, body, at);
    }

    /// <summary>Acknowledged through, in the epoch that is written now.</summary>
    public ChainHead Acked(StoreSession session)
    {
        using var row = session.Prepared("select epoch, seq, hash from ack where one = 1").Read();
        return row.Read() ? new ChainHead(row.GetInt64(0), row.GetInt64(1), (byte[])row[2]) : new ChainHead(1, 0, Chain.Zero);
    }

    public void Acknowledge(StoreSession session, ChainHead through) =>
        session.Prepared("""
            insert into ack (one, epoch, seq, hash) values (1, $1, $2, $3)
            on conflict (one) do update set epoch = excluded.epoch, seq = excluded.seq, hash = excluded.hash
            """).Execute(through.Epoch, through.Seq, through.Hash);

    /// <summary>The chain's hash at a sequence of an epoch; null: no such line here.</summary>
    public byte[]? HashAt(StoreSession session, long epoch, long seq)
    {
        PutWaiting(session);
        return seq == 0 ? Chain.Zero
            : !IsPlace(epoch, seq) ? null
            : (byte[]?)session.Prepared("select hash from journal where place = $1").Scalar(Row(epoch, seq));
    }

    /// <summary>Lines after a sequence, in order: at most so many, and no more bytes than given once one line is there.</summary>
    public IReadOnlyList<JournalRow> After(StoreSession session, long epoch, long seq, int most, int mostBytes)
    {
        PutWaiting(session);
        var rows = new List<JournalRow>();
        using var reader = session.Prepared("select seq, hash, sealed from journal where place > $1 and place < $2 order by place limit $3").Read(Row(epoch, seq), Row(epoch + 1, 0), most);
        var bytes = 0;
        while (reader.Read())
        {
            var at = reader.GetInt64(0);
            var opened = cipher.Open((byte[])reader[2], Place(epoch, at));
            var line = opened is [(byte)'{', ..] ? opened : PackedText.Lines.Unpack(opened);
            bytes += line.Length;
            if (rows.Count > 0 && bytes > mostBytes)
            {
                break;
            }
            rows.Add(new JournalRow(epoch, at, (byte[])reader[1], line));
        }
        return rows;
    }

    /// <summary>When the entry at a place was captured; null: there is none.</summary>
    public DateTimeOffset? CapturedAt(StoreSession session, long epoch, long seq) =>
        After(session, epoch, seq - 1, 1, int.MaxValue) is [var row] && row.Seq == seq ? JournalCodec.ReadHead(row.Line, out _).Captured : null;

    /// <summary>The epochs that have lines here, each with the last sequence that was not carried into a later one.</summary>
    public static IReadOnlyList<(long Epoch, long LastSeq)> Epochs(StoreSession session)
    {
        var epochs = new List<(long, long)>();
        using var rows = session.Prepared("select epoch, max(seq) from journal where carried = false group by epoch order by epoch").Read();
        while (rows.Read())
        {
            epochs.Add((rows.GetInt64(0), rows.GetInt64(1)));
        }
        return epochs;
    }

    /// <summary>The chain's hashes after a sequence, hexadecimal, in order.</summary>
    public IReadOnlyList<string> HashesAfter(StoreSession session, long epoch, long seq, int most)
    {
        PutWaiting(session);
        var hashes = new List<string>();
        using var rows = session.Prepared("select hash from journal where place > $1 and place < $2 order by place limit $3").Read(Row(epoch, seq), Row(epoch + 1, 0), most);
        while (rows.Read())
        {
            hashes.Add(Chain.Text((byte[])rows[0]));
        }
        return hashes;
    }

    /// <summary>Begins a new epoch that the hub gave: the first line says where it was carried from, then every line behind that
    /// place that no later epoch has yet is sealed again, as it was captured. The old lines stay, marked as carried.</summary>
    /// <returns>By how much sequences moved, in order; a new range begins with each epoch, and behind lines that are missing (a recovered store).</returns>
    public IReadOnlyList<CarriedRange> CarryOver(StoreSession session, long newEpoch, ChainHead from, Captured at)
    {
        PutWaiting(session);
        Head(session);
        var left = Epochs(session).Where(epoch => epoch.Epoch >= from.Epoch)
            .Select(epoch => (epoch.Epoch, After: epoch.Epoch == from.Epoch ? from.Seq : 0L, Last: epoch.LastSeq))
            .Where(epoch => epoch.Last > epoch.After).ToList();
        var begin = new ChainHead(newEpoch, 0, Chain.Zero);
        _head = begin;
        Acknowledge(session, begin);
        Write(session, Kinds.CarriedFrom, new CarriedFrom(from.Epoch, from.Seq, Chain.Text(from.Hash.Span), left.Sum(epoch => Count(session, epoch.Epoch, epoch.After))), at);
        var ranges = new List<CarriedRange>();
        foreach (var (epoch, after, last) in left)
        {
            for (var seq = after; seq < last;)
            {
                var rows = After(session, epoch, seq, (int)Math.Min(CarriedAtOnce, last - seq), int.MaxValue);
                foreach (var row in rows)
                {
                    var shift = _head.Value.Seq + 1 - row.Seq;
                    if (ranges is not [.., var run] || run.Epoch != epoch || run.Shift != shift)
                    {
                        ranges.Add(new CarriedRange(epoch, row.Seq - 1, shift));
                    }
                    var kept = JournalCodec.ReadHead(row.Line, out var body);
                    Seal(session, kept with { Seq = _head.Value.Seq + 1 }, System.Text.Json.JsonDocument.Parse(row.Line.AsMemory(body)).RootElement);
                }
                seq = rows.Count > 0 ? rows[^1].Seq : throw new InvalidOperationException($"A line is missing after {Place(epoch, seq)}.");
            }
            session.Prepared("update journal set carried = true where place > $1 and place < $2").Execute(Row(epoch, after), Row(epoch + 1, 0));
        }
        return ranges;
    }

    /// <summary>Puts a line that was found in a damaged store at its place, as it was sealed there.</summary>
    /// <returns>The line; null: the bytes are not this place's, or the place is taken.</returns>
    public byte[]? Keep(StoreSession session, long epoch, long seq, byte[] hash, byte[] sealedLine, bool carried)
    {
        if (!IsPlace(epoch, seq) || seq == 0 || epoch == 0)
        {
            return null;
        }
        try
        {
            var opened = cipher.Open(sealedLine, Place(epoch, seq));
            var line = opened is [(byte)'{', ..] ? opened : PackedText.Lines.Unpack(opened);
            return session.Prepared("insert into journal (place, hash, sealed, carried) values ($1, $2, $3, $4) on conflict (place) do nothing")
                .Execute(Row(epoch, seq), hash, sealedLine, carried) == 1 ? line : null;
        }
        catch (Exception altered) when (altered is CryptographicException or InvalidDataException)
        {
            return null;
        }
    }

    /// <summary>Takes a line away again that does not fit into the chain.</summary>
    public static void Drop(StoreSession session, long epoch, long seq) => session.Prepared("delete from journal where place = $1").Execute(Row(epoch, seq));

    private static long Count(StoreSession session, long epoch, long after) =>
        (long)session.Prepared("select count(*) from journal where place > $1 and place < $2").Scalar(Row(epoch, after), Row(epoch + 1, 0))!;

    private ChainHead Write<TBody>(StoreSession session, string kind, TBody body, Captured at) =>
        Seal(session, new JournalHead(Head(session).Seq + 1, kind, Kinds.SchemaOf(kind), at.At, at.CivilDay, at.Reading), body);

    private ChainHead Seal<TBody>(StoreSession session, JournalHead line, TBody body)
    {
        var before = Head(session);
        PutWaiting(session);
        var bytes = JournalCodec.Line(line, body);
        var hash = Chain.Next(before.Hash.Span, bytes);
        var head = new ChainHead(before.Epoch, line.Seq, hash);
        _head = head;
        var waiting = new WaitingLine(head, bytes);
        if (session.IsLast)
        {
            _waiting = waiting;
            BeginSignature(head);
        }
        else
        {
            Put(session, waiting, null, null);
        }
        return head;
    }

    private static bool IsPlace(long epoch, long seq) => seq is >= 0 and < LinesOfEpoch && epoch is >= 0 and < MostEpochs;

    /// <summary>Where a line's row lies: epochs behind each other, each with room for 2^40 lines.</summary>
    private static long Row(long epoch, long seq) => IsPlace(epoch, seq)
        ? (epoch * LinesOfEpoch) + seq
        : throw new ArgumentOutOfRangeException(nameof(seq), Place(epoch, seq) + " is no line's place");

    /// <summary>What a sealed line is bound to.</summary>
    public static string Place(long epoch, long seq) => string.Create(CultureInfo.InvariantCulture, $"journal/{epoch}/{seq}");
}
