using System.Globalization;
using EdgeHub.Agent.Store;
using EdgeHub.Rules;
using EdgeHub.Sync.ByHand;
using EdgeHub.Sync.Journal;
using EdgeHub.Sync.Stores;

namespace EdgeHub.Agent.Sync;

/// <summary>For a clinic without any line: unsent lines go to the hub as a file, and the hub's answer comes back as one. Nothing counts as
/// sent before that answer is here.</summary>
public sealed class MoveByHand(AgentStore store)
{
    /// <summary>So many ends of earlier files are remembered.</summary>
    private const int MostCuts = 200;

    public Task<Unsent> Look() => store.Do(Look);

    /// <summary>What is unsent at this moment, ready to be written. It moves no mark: lines that go by the line meanwhile are known there.</summary>
    public async Task<ExportOutcome> Export()
    {
        if (store.Site is not { } site || store.Signer is not { } signer)
        {
            return new ExportOutcome.Refused(Refusal.NotEnrolled());
        }
        return await store.Do<ExportOutcome>(session =>
        {
            var unsent = Look(session);
            if (unsent.Lines == 0)
            {
                return new ExportOutcome.NothingUnsent();
            }
            if (MetaStore.HandKey(session)?.Read(site.Region, Convert.FromBase64String(site.HubKey)) is not { } key)
            {
                return new ExportOutcome.Refused(Refusal.Of(Codes.HandKeyMissing, "hub", site.Hub.ToString(), "an agent that has heard this hub once"));
            }
            var (acked, head) = (store.Journal.Acked(session), store.Journal.Head(session));
            return new ExportOutcome.Ready(new UnsentFile(store, signer, site, key, acked, head, Cuts(session, acked, head), unsent));
        });
    }

    /// <summary>Takes the hub's answer in: the mark moves to where the hub stands.</summary>
    public async Task<AcksOutcome> TakeAcks(ReadOnlyMemory<byte> file)
    {
        if (store.Site is not { } site)
        {
            return new AcksOutcome.Refused(Refusal.NotEnrolled());
        }
        Acks acks;
        try
        {
            acks = AckFile.Read(file.Span, Convert.FromBase64String(site.HubKey));
        }
        catch (JournalFormatException unreadable)
        {
            return new AcksOutcome.Refused(Refusal.Of(unreadable.Code, "file", unreadable.Detail, "a file that hub import journal wrote"));
        }
        return (acks.Region, acks.Site, acks.Device) == (site.Region, site.Site, site.Device)
            ? await store.Do(session => Take(session, acks))
            : new AcksOutcome.Refused(Refusal.Of(Codes.FileOfAnother, "file", acks.Device, site.Device));
    }

    private AcksOutcome Take(StoreSession session, Acks acks)
    {
        var acked = store.Journal.Acked(session);
        if (acks.Epoch > acked.Epoch)
        {
            return new AcksOutcome.Refused(Refusal.Of(Codes.StaleEpoch, "epoch", Number(acked.Epoch), Number(acks.Epoch)));
        }
        var since = MetaStore.AcksSince(session);
        // Only later words of the hub say that it was restored and lacks what it had acknowledged.
        var isOld = acks.Epoch < acked.Epoch || acks.Made < since
            || (acks.Seq < acked.Seq && (acks.Made == since || acks.Made <= MetaStore.LastExchange(session)));
        if (isOld)
        {
            return new AcksOutcome.Refused(Refusal.Of(Codes.FileStale, "file", Instants.Write(acks.Made), "a file that the hub wrote later"));
        }
        if (store.Journal.HashAt(session, acks.Epoch, acks.Seq) is not { } here || Chain.Text(here) != acks.Hash)
        {
            return new AcksOutcome.Refused(Refusal.Of(Codes.Fork, "seq", Number(acks.Seq), "the line that the hub holds"));
        }
        store.Journal.Acknowledge(session, new ChainHead(acks.Epoch, acks.Seq, here));
        MetaStore.KeepAcksSince(session, acks.Made);
        return new AcksOutcome.Taken(acks, acks.Seq - acked.Seq, Look(session));
    }

    /// <summary>A batch is signed as a whole, and the hub takes none that it knows in part. So a later file is cut where this one ends.</summary>
    private static IReadOnlyList<long> Cuts(StoreSession session, ChainHead acked, ChainHead head)
    {
        var place = Number(head.Epoch) + "/";
        var known = MetaStore.HandCuts(session).Where(cut => cut.StartsWith(place, StringComparison.Ordinal))
            .Select(cut => long.Parse(cut.AsSpan(place.Length), CultureInfo.InvariantCulture)).Where(seq => seq > acked.Seq && seq < head.Seq);
        long[] ends = [.. known.Order(), head.Seq];
        MetaStore.KeepHandCuts(session, [.. ends.TakeLast(MostCuts).Select(seq => place + Number(seq))]);
        return ends;
    }

    private Unsent Look(StoreSession session)
    {
        var (acked, head) = (store.Journal.Acked(session), store.Journal.Head(session));
        var (count, fund) = DayStore.Unacknowledged(session, acked);
        return new Unsent(head.Epoch, acked.Seq, head.Seq, count, fund);
    }

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
