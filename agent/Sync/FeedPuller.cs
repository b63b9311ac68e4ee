using EdgeHub.Agent.Access;
using EdgeHub.Agent.Store;
using EdgeHub.Rules;
using EdgeHub.Sync.Feeds;
using EdgeHub.Sync.Journal;
using EdgeHub.Sync.Stores;
using EdgeHub.Sync.Wire;

namespace EdgeHub.Agent.Sync;

/// <summary>Pulls the feeds: the next page of the next feed that is not the newest, one step at a time: a page is fetched, stored in
/// chunks, and behind a snapshot's last one what it did not bring (or replaced) is swept away in chunks. A page is believed only with the
/// signature of the hub that this device enrolled with.</summary>
public sealed class FeedPuller(AgentStore store, IHubLine line, HubDialogue dialogue, HubContact contact)
{
    private Page? _page;
    private string? _incarnation;

    /// <param name="skip">Feeds that were refused in this round.</param>
    /// <exception cref="HubUnreachable">The line is down; the page is asked for again later.</exception>
    public async Task<PullOutcome> PullOnce(SiteFacts site, IReadOnlySet<string> skip, CancellationToken cancel)
    {
        if (dialogue.FeedIncarnation is { } incarnation && incarnation != _incarnation)
        {
            if (await store.Do(session => FeedStore.BeginIncarnation(session, incarnation)))
            {
                _page = null;
            }
            _incarnation = incarnation;
        }
        if (_page is { } page)
        {
            return await Guarded(page.Content.Header.Feed, () => Store(page));
        }
        var states = await store.Do(FeedStore.States);
        if (states.Values.FirstOrDefault(state => state.NeedsSweep) is { } left)
        {
            await store.Do(session => FeedStore.SweepStaged(session, left.Feed));
            return new PullOutcome.Stored(left.Feed, 0, Flipped: false);
        }
        var newest = dialogue.Feeds;
        contact.Current(FeedNames.All.Where(feed => newest.TryGetValue(feed, out var version) && IsNewest(states, feed, version)));
        var feed = FeedNames.All.FirstOrDefault(name =>
            !skip.Contains(name) && newest.TryGetValue(name, out var version) && !IsNewest(states, name, version));
        if (feed is null)
        {
            return new PullOutcome.UpToDate();
        }
        var held = VersionOf(states, feed);
        // A hub that was restored knows less or other than what is held here: its snapshot replaces it.
        var isStale = states.GetValueOrDefault(feed)?.IsStale == true || newest[feed] < held;
        var run = states.GetValueOrDefault(feed)?.Run;
        var asked = run is { } going
            ? new FeedAsked(feed, going.After, going.UpTo, going.Cursor)
            : new FeedAsked(feed, isStale ? 0 : held, null, null);
        return await Guarded(feed, async () =>
        {
            var fetched = FeedCodec.Read(await line.GetFeedPage(site.Hub, asked, dialogue.Authorization(site), cancel), Convert.FromBase64String(site.HubKey));
            CheckAnswers(fetched, asked, site, dialogue.FeedIncarnation);
            _page = new Page(fetched, await RunOf(fetched.Header, states.GetValueOrDefault(feed)), Stored: 0);
            return new PullOutcome.Fetched(feed, fetched.Rows.Count);
        });
    }

    /// <summary>Under which number a page's rows are stored.</summary>
    private async Task<long> RunOf(FeedHeader page, FeedState? state) =>
        page.After > 0 && FeedStore.IsStaged(page.Feed) ? state?.Live ?? 0
        : page.After == 0 && page.Cursor.Length == 0 ? await store.Do(session => FeedStore.FreshRun(session, page.Feed))
        : (state?.Runs ?? 0) + 1;

    private async Task<PullOutcome> Guarded(string feed, Func<Task<PullOutcome>> step)
    {
        try
        {
            return await step();
        }
        catch (Exception unusable) when (unusable is HubRefused or JournalFormatException or FaultException or ArgumentException)
        {
            // A run that broke is begun anew; what it stored stays and is stored again.
            _page = null;
            await store.Do(session =>
            {
                FeedStore.Abandon(session, feed);
                return true;
            });
            return new PullOutcome.Refused(feed, CodeOf(unusable), unusable.Message);
        }
    }

    private static long VersionOf(IReadOnlyDictionary<string, FeedState> states, string feed) => states.TryGetValue(feed, out var state) ? state.Version : 0;

    private static bool IsNewest(IReadOnlyDictionary<string, FeedState> states, string feed, long newest) =>
        VersionOf(states, feed) == newest && states.GetValueOrDefault(feed)?.IsStale != true;

    private static string CodeOf(Exception unusable) => unusable switch
    {
        HubRefused refused => refused.Code,
        JournalFormatException format => format.Code,
        FaultException fault => fault.Fault.Code,
        _ => Codes.BatchDamaged,
    };

    /// <exception cref="JournalFormatException">BatchDamaged: the page answers another question.</exception>
    private static void CheckAnswers(FeedPage page, FeedAsked asked, SiteFacts site, string? incarnation)
    {
        var header = page.Header;
        var wrong =
            header.Feed != asked.Feed ? "feed"
            : header.Region != site.Region ? "region"
            : header.Site != site.Site ? "site"
            : header.After != asked.After && header.After != 0 ? "after"
            : asked.UpTo is { } upTo && header.UpTo != upTo ? "upTo"
            : header.Cursor != (asked.Cursor ?? "") ? "cursor"
            : header.Next is { } next && next == header.Cursor ? "next"
            : incarnation is not null && header.Incarnation != incarnation ? "incarnation"
            : null;
        if (wrong is not null)
        {
            throw new JournalFormatException(Codes.BatchDamaged, $"page of {asked.Feed}: {wrong} is not what was asked for");
        }
    }

    /// <summary>One transaction: the next chunk, with the last one where the run goes on; or a chunk of what a snapshot did not bring.</summary>
    private async Task<PullOutcome> Store(Page page)
    {
        var (content, header) = (page.Content, page.Content.Header);
        var rows = page.Chunk ?? store.Feeds.Ready(content, page.Run, page.Stored, Math.Min(FeedStore.ChunkRows, content.Rows.Count - page.Stored));
        var (count, ended) = await store.Do(session =>
        {
            var begun = store.Clock.TickMilliseconds;
            var stored = page.OfChunk < rows.Count
                ? store.Feeds.Put(session, header.Feed, rows, page.OfChunk, () => store.Clock.TickMilliseconds - begun >= FeedStore.ChunkMilliseconds)
                : 0;
            var isThrough = page.Stored + stored == content.Rows.Count && End(session, page);
            if (!isThrough || header.Next is not null)
            {
                FeedStore.Mix(session, header.Feed);
            }
            return (stored, isThrough);
        });
        var isChunkDone = page.OfChunk + count >= rows.Count;
        _page = ended ? null : page with { Stored = page.Stored + count, Chunk = isChunkDone ? null : rows, OfChunk = isChunkDone ? 0 : page.OfChunk + count };
        var flipped = ended && header.Next is null;
        if (flipped)
        {
            dialogue.Learned(header.Feed, header.UpTo);
        }
        if (header.Feed == FeedNames.Site)
        {
            await store.SiteTold();
        }
        return new PullOutcome.Stored(header.Feed, count, flipped);
    }

    /// <summary>Behind a page's last row.</summary>
    /// <returns>False: some of what a snapshot did not bring is left.</returns>
    private bool End(StoreSession session, Page page)
    {
        var header = page.Content.Header;
        if (header.Next is { } next)
        {
            FeedStore.Continue(session, header.Feed, new FeedRun(header.After, header.UpTo, next));
            return true;
        }
        if (header.After == 0 && !FeedStore.IsStaged(header.Feed) && store.Feeds.Sweep(session, header.Feed, page.Run))
        {
            return false;
        }
        store.Feeds.Flip(session, header.Feed, header.UpTo, header.After == 0);
        return true;
    }

    /// <summary>A page on its way into the store.</summary>
    /// <param name="Run">Number of the run that brings it.</param>
    /// <param name="Stored">Rows that are stored.</param>
    /// <param name="Chunk">Rows that are ready to be stored, of which <paramref name="OfChunk"/> are; null: the next ones are to be made ready.</param>
    private sealed record Page(FeedPage Content, long Run, int Stored, FeedRows? Chunk = null, int OfChunk = 0);
}
