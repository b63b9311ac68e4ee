using EdgeHub.Hub.Access;
using EdgeHub.Hub.Store;
using EdgeHub.Rules;
using EdgeHub.Sync.Journal;
using EdgeHub.Sync.Keys;
using EdgeHub.Sync.Wire;

namespace EdgeHub.Hub.Ingest;

/// <summary>What a device is told when it asks: where its chain stands here, a ticket, and how new each feed is.</summary>
public sealed class Greeting(HubStore hub)
{
    /// <returns>An answer, or why not: UnknownDevice or Revoked.</returns>
    /// <exception cref="FaultException">HubClockJumped: a time that cannot be right is told to nobody.</exception>
    public (HelloAnswer? Answer, Fault? Fault) Of(string device)
    {
        hub.ClockWatch.Demand();
        var (known, head, feeds, incarnation) = hub.Read(session =>
        {
            var (found, newest) = (AccessStore.FindDevice(session, hub.Region, device), FeedVersions.Newest(session, hub.Region));
            return found is null ? default : (found, IngestStore.Head(session, hub.Region, found.DeviceNo), newest, hub.Feeds.Telling(session, hub.Region, newest.Values.Max()));
        });
        if (known is null || head is null)
        {
            return (null, new Fault(Codes.UnknownDevice, "device", device, "a device that was enrolled"));
        }
        var now = hub.Clock.GetUtcNow();
        return known.RevokedMilliseconds is null
            ? (new HelloAnswer(Tickets.Issue(device, now, hub.Keys.TicketSecret), now, head.Epoch, head.Seq, Chain.Text(head.Hash), feeds, incarnation, hub.Keys.HandWord(hub.Region)), null)
            : (null, new Fault(Codes.Revoked, "device", device, "a device that was not revoked"));
    }
}
