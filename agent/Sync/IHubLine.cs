using EdgeHub.Sync.Wire;

namespace EdgeHub.Agent.Sync;

/// <summary>The line to the hub, as the messages of /sync/v1. Two ends: HTTP, and a simulator that cuts, delays, repeats and
/// reorders.</summary>
public interface IHubLine
{
    /// <exception cref="HubRefused">The code is unknown, used or expired.</exception>
    Task<EnrolAnswer> Enrol(Uri hub, EnrolRequest request, CancellationToken cancel);

    Task<HelloAnswer> Hello(Uri hub, string device, CancellationToken cancel);

    /// <param name="wire">One batch, signed by its header.</param>
    Task<JournalAnswer> SendBatch(Uri hub, ReadOnlyMemory<byte> wire, CancellationToken cancel);

    /// <param name="authorization">Device, ticket and its signature.</param>
    Task<byte[]> GetFeedPage(Uri hub, FeedAsked asked, string authorization, CancellationToken cancel);

    /// <exception cref="HubUnreachable">The line is down, or its other end knows no such question.</exception>
    Task<PersonAnswer> FindPerson(Uri hub, PersonAsked asked, string authorization, CancellationToken cancel) =>
        throw new HubUnreachable("this line knows no such question");

    Task<EpochAnswer> NewEpoch(Uri hub, EpochRequest request, string authorization, CancellationToken cancel);
}

/// <summary>One page of a feed: what the caller holds, up to where, and the page's cursor.</summary>
/// <param name="UpTo">Null with the first page of a run: the hub says.</param>
public sealed record FeedAsked(string Feed, long After, long? UpTo, string? Cursor);

/// <summary>The hub was not reached, or broke down: try again later.</summary>
public sealed class HubUnreachable(string detail, Exception? inner = null) : Exception("The hub was not reached: " + detail, inner)
{
    /// <summary>The hub is there, has its hands full, and says when to come back; null: it said nothing.</summary>
    public TimeSpan? ComeBackAfter { get; init; }
}

/// <summary>The hub answered no, by name.</summary>
public sealed class HubRefused(string code, string detail) : Exception($"The hub refused: {code}: {detail}")
{
    public string Code { get; } = code;
    public string Detail { get; } = detail;
}
