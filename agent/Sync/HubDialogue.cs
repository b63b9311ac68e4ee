using System.Globalization;
using EdgeHub.Agent.Access;
using EdgeHub.Agent.Store;
using EdgeHub.Rules;
using EdgeHub.Sync.Journal;
using EdgeHub.Sync.Keys;
using EdgeHub.Sync.Wire;

namespace EdgeHub.Agent.Sync;

/// <summary>Asks the hub what it knows of this device, and holds the ticket that it gave. A device cannot know that it was
/// restored from a backup: when the hub knows more, it takes a new epoch and seals again what was not acknowledged.</summary>
public sealed class HubDialogue(AgentStore store, IHubLine line, HubContact contact)
{
    private HelloAnswer? _hello;

    /// <summary>The hub's newest version of each feed, as last heard.</summary>
    public IReadOnlyDictionary<string, long> Feeds => _hello?.Feeds ?? new Dictionary<string, long>(StringComparer.Ordinal);

    /// <summary>A page said how new its feed is by now. Without this a feed that moved on since the hub was asked would look
    /// as if the hub had been restored, and would be pulled again and again as a snapshot.</summary>
    public void Learned(string feed, long newest)
    {
        if (_hello is { } hello && hello.Feeds.GetValueOrDefault(feed) != newest)
        {
            _hello = hello with { Feeds = new Dictionary<string, long>(hello.Feeds, StringComparer.Ordinal) { [feed] = newest } };
        }
    }

    /// <exception cref="HubUnreachable">The line is down.</exception>
    /// <exception cref="HubRefused">The hub does not know this device, or no more; HubRestored: it stands in an epoch before ours.</exception>
    public async Task<HelloOutcome> Hello(SiteFacts site, CancellationToken cancel)
    {
        var hello = await line.Hello(site.Hub, site.Device, cancel);
        _hello = hello;
        var (head, atHub) = await store.Do(session => (store.Journal.Head(session), store.Journal.HashAt(session, hello.Epoch, hello.Seq)));
        if (hello.Epoch < head.Epoch)
        {
            throw Restored(hello.Epoch, head);
        }
        if (hello.Epoch > head.Epoch || hello.Seq > head.Seq || atHub is null || Chain.Text(atHub) != hello.Hash)
        {
            // Not heard yet: until the new epoch is taken nothing is settled on what this store believes.
            return new HelloOutcome.NeedsNewEpoch();
        }
        // An acknowledgement that was lost on its way; or a hub that was itself restored: what it lost is sent again.
        await Acknowledge(new ChainHead(hello.Epoch, hello.Seq, atHub));
        contact.Heard(hello);
        return new HelloOutcome.Heard();
    }

    /// <exception cref="InvalidOperationException">The hub was not asked yet.</exception>
    public string Authorization(SiteFacts site) => _hello is { } hello && store.Signer is { } signer
        ? Tickets.Header(site.Device, hello.Ticket, signer)
        : throw new InvalidOperationException("The hub was not asked yet.");

    /// <summary>Carries what was not acknowledged into the epoch that the hub gives.</summary>
    /// <exception cref="HubRefused">HubRestored: the hub gives an epoch that is used up here.</exception>
    public async Task TakeNewEpoch(SiteFacts site, CancellationToken cancel)
    {
        var head = await store.Do(session => store.Journal.Head(session));
        var given = await line.NewEpoch(
            site.Hub, new EpochRequest(site.Device, head.Epoch, head.Seq, Chain.Text(head.Hash.Span)), Authorization(site), cancel);
        if (given.Epoch <= head.Epoch)
        {
            throw Restored(given.Epoch, head);
        }
        await store.Do(session =>
        {
            var acked = store.Journal.Acked(session);
            var shift = store.Journal.CarryOver(session, given.Epoch, store.Clock.Capture());
            SettlementStore.Carried(session, acked.Epoch, acked.Seq, given.Epoch, shift);
            return true;
        });
        contact.Heard(_hello!);
    }

    /// <summary>The hub gave a later epoch once and has forgotten it: it was restored to before that. Sending would give it lines under
    /// numbers that it may hold otherwise, so nothing is sent until its operator has seen to it; settling goes on within the
    /// offline limits.</summary>
    private static HubRefused Restored(long atHub, ChainHead head) =>
        new(Codes.HubRestored, string.Create(CultureInfo.InvariantCulture, $"the hub stands in epoch {atHub}, this device in epoch {head.Epoch}"));

    /// <summary>Moves the mark, forward or back; nothing is written where it stands there already.</summary>
    public async Task Acknowledge(ChainHead through)
    {
        var acked = await store.Do(session => store.Journal.Acked(session));
        if (acked.Epoch != through.Epoch || acked.Seq != through.Seq)
        {
            await store.Do(session =>
            {
                store.Journal.Acknowledge(session, through);
                return true;
            });
        }
    }
}
