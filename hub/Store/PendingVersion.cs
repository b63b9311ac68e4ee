using EdgeHub.Sync.Stores;

namespace EdgeHub.Hub.Store;

/// <summary>The version that a load gives to the rows it changes. Taken at its end, and only when something was changed; the one
/// writer makes it sure that nobody takes the number in between.</summary>
internal sealed class PendingVersion
{
    private readonly StoreSession _session;
    private readonly string _region;
    private readonly string _feed;

    public PendingVersion(StoreSession session, string region, string feed)
    {
        (_session, _region, _feed) = (session, region, feed);
        Next = Counters.Peek(session, region, FeedVersions.Counter) + 1;
    }

    public long Next { get; }

    public void TakeIf(bool changed)
    {
        if (changed && FeedVersions.Next(_session, _region, _feed) != Next)
        {
            throw new InvalidOperationException("The feed's version was taken by somebody else inside this transaction.");
        }
    }
}
