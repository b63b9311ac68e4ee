using EdgeHub.Sync.Journal;
using EdgeHub.Sync.Keys;
using EdgeHub.Sync.Seams;
using EdgeHub.Sync.Stores;

namespace EdgeHub.Agent.Store;

// The journal's end: the last line of a transaction is written once, with its request's answer and the head's signature.
public sealed partial class JournalStore
{
    private ChainHead? _signed;
    private bool _signAgain;
    private bool _signs;

    /// <summary>The signature stands where a store kept it before lines carried it.</summary>
    private bool _signedApart;

    private WaitingLine? _waiting;
    private EarlySignature? _early;

    /// <summary>A transaction's last line, which is not in the table yet, and the request that made it.</summary>
    private sealed record WaitingLine(ChainHead Head, byte[] Line)
    {
        public KeptAnswer? Answer { get; set; }
    }

    /// <summary>Where the signature is begun before the commit, and who signs as which device; null: it is made at the commit.</summary>
    public (SigningThread Beside, Func<(ISigner? Signer, string? Device)> As)? Ahead { get; init; }

    /// <summary>Keeps an answer beside the line that its request made, the last one of this transaction.</summary>
    /// <returns>False: that line holds another answer, or there is none.</returns>
    public bool Answer(StoreSession session, KeptAnswer answer)
    {
        if (_waiting is { } waiting)
        {
            var free = waiting.Answer is null;
            waiting.Answer ??= answer;
            return free;
        }
        return _head is { Seq: > 0 } head && session.Prepared("""
            update journal set request_key = $1, operation = $2, content_hash = $3, answer = $4 where place = $5 and request_key is null
            """).Execute(answer.RequestKey, answer.Operation, answer.ContentHash, answer.Sealed(cipher), Row(head.Epoch, head.Seq)) == 1;
    }

    /// <summary>Signs the head, once per group commit and only when it moved: what only reads writes nothing, also on a full disk. One line of the
    /// journal is signed, its last: who cuts it finds no signature for what is left.</summary>
    public void Sign(StoreSession session, ISigner? signer, string? device)
    {
        if (signer is null || device is null || _head is not { Seq: > 0 } head || (!_signAgain && _signed is { } signed && signed.Epoch == head.Epoch && signed.Seq == head.Seq))
        {
            PutWaiting(session);
            return;
        }
        _signs = true;
        if (_signed is { } before && (before.Epoch, before.Seq) != (head.Epoch, head.Seq))
        {
            session.Prepared("update journal set signature = null where place = $1").Execute(Row(before.Epoch, before.Seq));
        }
        if (_signedApart)
        {
            session.Prepared("delete from journal_head").Execute();
        }
        var early = _early is { } begun && begun.IsFor(signer, device, head) ? begun : null;
        if (_waiting is { } line)
        {
            Put(session, line, early, () => HeadSeal.Sign(signer, device, head));
            return;
        }
        session.Prepared("update journal set signature = $1 where place = $2").Execute(early?.Wait() ?? HeadSeal.Sign(signer, device, head), Row(head.Epoch, head.Seq));
    }

    /// <summary>The head is signed with the next commit though it did not move: the device's name may be another.</summary>
    public void SignAgain(StoreSession session) => (_head, _signAgain) = (Head(session), true);

    /// <summary>The signature over the head as it stands here; null: there is none.</summary>
    public static (ChainHead Head, byte[] Signature)? SignatureAt(StoreSession session, long epoch, long seq)
    {
        if (IsPlace(epoch, seq))
        {
            using var row = session.Prepared("select hash, signature from journal where place = $1 and signature is not null").Read(Row(epoch, seq));
            if (row.Read())
            {
                return (new ChainHead(epoch, seq, (byte[])row[0]), (byte[])row[1]);
            }
        }
        using var apart = session.Prepared("select epoch, seq, hash, signature from journal_head where one = 1").Read();
        return apart.Read() ? (new ChainHead(apart.GetInt64(0), apart.GetInt64(1), (byte[])apart[2]), (byte[])apart[3]) : null;
    }

    /// <summary>A group was committed, or thrown away: what is mirrored in memory follows.</summary>
    public void GroupEnded(bool committed)
    {
        var signed = _signs;
        (_waiting, _early, _signs) = (null, null, false);
        if (!committed)
        {
            (_head, _jumpWritten) = (null, false);
            return;
        }
        if (signed)
        {
            (_signed, _signAgain, _signedApart) = (_head, false, false);
        }
        if (_jumpWritten)
        {
            (_jump, _jumpWritten) = (null, false);
        }
    }

    private void BeginSignature(ChainHead head) =>
        _early = Ahead is var (beside, by) && by() is ({ } signer, { } device) ? beside.Begin(signer, device, head) : null;

    /// <summary>Before anything reads the journal in the transaction that writes it.</summary>
    internal void PutWaiting(StoreSession session)
    {
        if (_waiting is { } line)
        {
            Put(session, line, null, null);
        }
    }

    /// <summary>Packed and sealed here, while the signature is made.</summary>
    private void Put(StoreSession session, WaitingLine line, EarlySignature? early, Func<byte[]>? sign)
    {
        _waiting = null;
        var (place, answer) = (Place(line.Head.Epoch, line.Head.Seq), line.Answer);
        var (sealedLine, sealedAnswer) = (cipher.Seal(PackedText.Lines.Pack(line.Line), place), answer?.Sealed(cipher));
        session.Prepared("insert into journal (place, hash, sealed, signature, request_key, operation, content_hash, answer) values ($1, $2, $3, $4, $5, $6, $7, $8)").Execute(
            Row(line.Head.Epoch, line.Head.Seq), line.Head.Hash, sealedLine, early?.Wait() ?? sign?.Invoke(), answer?.RequestKey, answer?.Operation, answer?.ContentHash, sealedAnswer);
    }

    private ChainHead ReadHead(StoreSession session)
    {
        var acked = Acked(session);
        using var row = session.Prepared("select seq, hash, signature is not null from journal where place > $1 and place < $2 order by place desc limit 1")
            .Read(Row(acked.Epoch, 0), Row(acked.Epoch + 1, 0));
        var (head, isSigned) = row.Read() ? (new ChainHead(acked.Epoch, row.GetInt64(0), (byte[])row[1]), row.GetBoolean(2)) : (new ChainHead(acked.Epoch, 0, Chain.Zero), false);
        if (_signed is null)
        {
            var apart = isSigned ? null : SignatureAt(session, head.Epoch, head.Seq);
            (_signed, _signedApart) = (isSigned ? head : apart?.Head, apart is not null);
        }
        return head;
    }
}
