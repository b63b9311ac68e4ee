using System.Globalization;
using EdgeHub.Agent.Access;
using EdgeHub.Agent.Store;
using EdgeHub.Rules;
using EdgeHub.Sync.Journal;
using EdgeHub.Sync.Keys;
using EdgeHub.Sync.Wire;

namespace EdgeHub.Agent.Sync;

/// <summary>Asks the hub what it knows of this device, and holds the ticket that it gave. A device cannot know that it was
/// restored from a backup: when the hub knows more or other, it takes a new epoch and seals again there what the hub lacks. So it
/// does with a hub that was itself restored to before an epoch of this device.</summary>
public sealed class HubDialogue(AgentStore store, IHubLine line, HubContact contact)
{
    private HelloAnswer? _hello;
    private HandKey? _handKey;

    /// <summary>The hub's newest version of each feed, as last heard.</summary>
    public IReadOnlyDictionary<string, long> Feeds => _hello?.Feeds ?? new Dictionary<string, long>(StringComparer.Ordinal);

    /// <summary>Which life of its counter the hub's versions belong to; null: it does not say.</summary>
    public string? FeedIncarnation => _hello?.FeedIncarnation;

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
    /// <exception cref="HubRefused">The hub does not know this device, or no more.</exception>
    public async Task<HelloOutcome> Hello(SiteFacts site, CancellationToken cancel)
    {
        var hello = await line.Hello(site.Hub, site.Device, cancel);
        HelloCheck.Demand(hello, store.Clock.Now);
        await Learn(hello.HandKey, site);
        _hello = hello;
        var here = await store.Do(session => EpochPlace.Of(session, store.Journal, hello));
        if (!here.Agrees)
        {
            // Not heard yet: until the new epoch is taken nothing is settled on what this store believes.
            return new HelloOutcome.NeedsNewEpoch();
        }
        // An acknowledgement that was lost on its way; or a hub that was itself restored: what it lost is sent again.
        await Acknowledge(new ChainHead(hello.Epoch, hello.Seq, here.AtHub));
        contact.Heard(hello);
        return new HelloOutcome.Heard();
    }

    /// <summary>A device may have enrolled before the hub had a key for files moved by hand.</summary>
    /// <exception cref="HubUnreachable">Who answered signed a key that is not this hub's.</exception>
    private async Task Learn(HandKey? told, SiteFacts site)
    {
        if (told is null || told == _handKey)
        {
            return;
        }
        if (told.Read(site.Region, Convert.FromBase64String(site.HubKey)) is null)
        {
            throw new HubUnreachable("what answered is not the hub: handKey: not signed by it");
        }
        await store.Do(session => MetaStore.KeepHandKey(session, told));
        _handKey = told;
    }

    /// <exception cref="InvalidOperationException">The hub was not asked yet.</exception>
    public string Authorization(SiteFacts site) => _hello is { } hello && store.Signer is { } signer
        ? Tickets.Header(site.Device, hello.Ticket, signer)
        : throw new InvalidOperationException("The hub was not asked yet.");

    /// <summary>Carries what the hub does not have into the epoch that it gives.</summary>
    /// <exception cref="HubRefused">Cloned: two copies of this device live; HubRestored: the hub gives an epoch that is used up here.</exception>
    public async Task TakeNewEpoch(SiteFacts site, CancellationToken cancel)
    {
        var hello = _hello ?? throw new InvalidOperationException("The hub was not asked yet.");
        var here = await store.Do(session => EpochPlace.Of(session, store.Journal, hello));
        var given = await line.NewEpoch(site.Hub, here.Request(site.Device), Authorization(site), cancel);
        if (given.Epoch <= here.Head.Epoch)
        {
            throw new HubRefused(Codes.HubRestored, string.Create(
                CultureInfo.InvariantCulture, $"the hub gives epoch {given.Epoch}, this device stands in epoch {here.Head.Epoch}"));
        }
        await store.Do(session =>
        {
            var from = here.CarryFrom(session, store.Journal, given);
            // The last range first: each says "behind this sequence".
            foreach (var range in store.Journal.CarryOver(session, given.Epoch, from, store.Clock.Capture()).Reverse())
            {
                if (here.HubLostLines(given))
                {
                    AccumulatorStore.TakeOutOfFed(session, range.Epoch, range.AfterSeq);
                }
                SettlementStore.Carried(session, range.Epoch, range.AfterSeq, given.Epoch, range.Shift);
            }
            return true;
        });
        contact.Heard(hello);
    }

    /// <summary>Moves the mark, forward or back; nothing is written where it stands there already.</summary>
    public async Task Acknowledge(ChainHead through)
    {
        var acked = await store.Do(session => store.Journal.Acked(session));
        if (acked.Epoch != through.Epoch || acked.Seq != through.Seq)
        {
            await store.Do(session =>
            {
                store.Journal.Acknowledge(session, through);
                if (through.Seq < acked.Seq && _hello is { } hello)
                {
                    // The hub was restored: what it acknowledged in a file before is not so any more.
                    MetaStore.KeepAcksSince(session, hello.HubTime);
                }
                return true;
            });
        }
    }
}
