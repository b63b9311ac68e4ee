using System.Globalization;
using EdgeHub.Sync.Journal;
using EdgeHub.Sync.Wire;

namespace EdgeHub.Agent.Sync;

/// <summary>Whether an answer to hello is a hub's. A proxy's page, or another program at that address, must not count as heard.</summary>
public static class HelloCheck
{
    /// <summary>A hub whose time is further away than this is none, or one of both clocks is badly wrong.</summary>
    public static readonly TimeSpan MostApart = TimeSpan.FromDays(3_653);

    private const int MostTicketCharacters = 4_096;
    private const int MostFeeds = 100;

    /// <param name="now">By the own clock.</param>
    /// <exception cref="HubUnreachable">A value is missing or cannot be; the message names it.</exception>
    public static void Demand(HelloAnswer hello, DateTimeOffset now)
    {
        var wrong =
            string.IsNullOrEmpty(hello.Ticket) || hello.Ticket.Length > MostTicketCharacters ? "ticket: missing or too long"
            : hello.Epoch < 1 ? Text($"epoch: {hello.Epoch}, expected 1 or more")
            : hello.Seq < 0 ? Text($"seq: {hello.Seq}, expected 0 or more")
            : hello.Hash is null || Chain.TryParse(hello.Hash) is null ? "hash: expected 64 lower-case hexadecimal digits"
            : hello.Feeds is null || hello.Feeds.Count > MostFeeds || hello.Feeds.Values.Any(version => version < 0) ? "feeds: missing, too many, or a version below 0"
            : (hello.HubTime - now).Duration() > MostApart ? Text($"hubTime: {hello.HubTime:yyyy-MM-dd}, but this machine's clock says {now:yyyy-MM-dd}")
            : null;
        if (wrong is not null)
        {
            throw new HubUnreachable("what answered is not the hub: " + wrong);
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
