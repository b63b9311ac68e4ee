using EdgeHub.Agent.Store;
using EdgeHub.Sync.Journal;
using EdgeHub.Sync.Stores;
using EdgeHub.Sync.Wire;

namespace EdgeHub.Agent.Sync;

/// <summary>How this journal stands to what the hub said it has: both heads, and the own chain where the hub's ends.</summary>
/// <param name="AtHub">The own chain's hash at the hub's head; null: no such line here.</param>
/// <param name="BaseSeq">Through here of the present epoch the hub surely has the same lines.</param>
/// <param name="BaseHash">The own chain's hash there.</param>
/// <param name="Tail">Own hashes after <paramref name="BaseSeq"/>, as the hub wants to compare them.</param>
public sealed record EpochPlace(
    ChainHead Head, long HubEpoch, long HubSeq, string HubHash, byte[]? AtHub, long BaseSeq, ReadOnlyMemory<byte> BaseHash, IReadOnlyList<string> Tail)
{
    /// <summary>Both tell of one chain, and the hub is not ahead: nothing is wrong.</summary>
    public bool Agrees => HubEpoch == Head.Epoch && HubSeq <= Head.Seq && SameAtHub;

    /// <summary>The hub does not know of the present epoch: it was restored to before it, or lost this device.</summary>
    public bool HubIsBehind => HubEpoch < Head.Epoch;

    private bool SameAtHub => AtHub is not null && Chain.Text(AtHub) == HubHash;

    public static EpochPlace Of(StoreSession session, JournalStore journal, HelloAnswer hello)
    {
        var (head, acked) = (journal.Head(session), journal.Acked(session));
        var atHub = journal.HashAt(session, hello.Epoch, hello.Seq);
        // A hub that stands before what it acknowledged, and on other lines, has a past of which nothing is sure.
        var surely = hello.Epoch == head.Epoch && hello.Seq < acked.Seq ? 0 : acked.Seq;
        var place = new EpochPlace(head, hello.Epoch, hello.Seq, hello.Hash, atHub, surely, surely == 0 ? Chain.Zero : acked.Hash, []);
        return place.Agrees ? place : place with { Tail = journal.HashesAfter(session, head.Epoch, surely, EpochRequest.MostTail) };
    }

    /// <summary>Asked with the own hash at the hub's head where a line stands there: only so the hub sees that it is another one.</summary>
    public EpochRequest Request(string device)
    {
        var (seq, hash) = HubEpoch == Head.Epoch && HubSeq <= Head.Seq && AtHub is not null ? (HubSeq, AtHub) : (Head.Seq, Head.Hash);
        return new EpochRequest(device, Head.Epoch, seq, Chain.Text(hash.Span), BaseSeq, Tail, BaseSeq == 0 ? null : Chain.Text(BaseHash.Span));
    }

    /// <summary>After which line everything is carried that no later epoch has yet: what a restored hub lost may reach back over
    /// several epochs. Where the hub went on with another copy from before what it had acknowledged, nothing here is sure to be there.</summary>
    /// <param name="given">What the hub found of the present epoch.</param>
    public ChainHead CarryFrom(StoreSession session, JournalStore journal, EpochAnswer given)
    {
        if (IsUnsure(given))
        {
            return new ChainHead(1, 0, Chain.Zero);
        }
        var (epoch, seq) = HubIsBehind ? (HubEpoch, HubSeq) : (Head.Epoch, Math.Max(BaseSeq, Math.Min(given.KnownThrough, Head.Seq)));
        var hash = journal.HashAt(session, epoch, seq) ?? throw new InvalidOperationException($"No line at epoch {epoch}, sequence {seq}.");
        return new ChainHead(epoch, seq, hash);
    }

    /// <summary>The hub lost lines that it had acknowledged: what it fed no longer includes them.</summary>
    public bool HubLostLines(EpochAnswer given) => HubIsBehind || IsUnsure(given);

    private bool IsUnsure(EpochAnswer given) => given.AckedIsOther || (HubIsBehind && (HubSeq == 0 || !SameAtHub));
}
