using EdgeHub.Agent.Access;
using EdgeHub.Agent.Store;
using EdgeHub.Rules;

namespace EdgeHub.Agent.Sync;

/// <summary>A round with the hub as steps: ask, take a new epoch where one is needed, send batch after batch, pull page after page.
/// Each call does one step; who calls it again, and how often, is the caller's. One caller at a time.</summary>
public sealed class SyncRound(AgentStore store, HubContact contact, HubDialogue dialogue, JournalSender sender, FeedPuller puller)
{
    /// <summary>The last exchange is written at most so often: it is only wanted after a restart.</summary>
    private static readonly TimeSpan KeepEvery = TimeSpan.FromMinutes(1);

    private readonly HashSet<string> _skip = new(StringComparer.Ordinal);
    private Stage _stage = Stage.Hello;
    private bool _askedEpoch;
    private string? _refused;
    private (long Lines, long Rows) _done;
    private long? _keptTick;

    private enum Stage { Hello, NewEpoch, Send, Pull }

    /// <summary>Why the hub, or this agent, refused a batch or a page in the last round; null: nothing was refused.</summary>
    public string? Refusal { get; private set; }

    /// <summary>The next step asks the hub, whatever an earlier round left undone: that is sent and pulled all the same.</summary>
    public void Begin()
    {
        (_stage, _askedEpoch, _refused, _done) = (Stage.Hello, false, null, (0, 0));
        _skip.Clear();
    }

    /// <summary>One step: one question to the hub, one batch, one page, or one transaction of what a page brought.</summary>
    public async Task<SyncStep> StepOnce(CancellationToken cancel)
    {
        if (store.Site is not { } site)
        {
            contact.Failed(Codes.NotEnrolled);
            return new SyncStep.Ended(new SyncReport(false, 0, 0, 0, Codes.NotEnrolled));
        }
        try
        {
            if (await Step(site, cancel))
            {
                return new SyncStep.More();
            }
            Refusal = _refused;
            await KeepExchange();
            return await End(heard: true, _refused);
        }
        catch (HubUnreachable down)
        {
            contact.Failed(down.Message);
            await KeepExchange();
            return new SyncStep.Ended((await End(heard: false, down.Message)).Report with { ComeBackAfter = down.ComeBackAfter });
        }
        catch (HubRefused refused)
        {
            Refusal = $"{refused.Code}: {refused.Detail}";
            contact.Failed(refused.Message);
            await KeepExchange();
            return await End(heard: false, refused.Message);
        }
    }

    /// <summary>Ends the round before its end: what it did so far.</summary>
    public async Task<SyncReport> Cut() => (await End(heard: true, _refused)).Report;

    /// <returns>True: more waits.</returns>
    private Task<bool> Step(SiteFacts site, CancellationToken cancel) => _stage switch
    {
        Stage.Hello => Hello(site, cancel),
        Stage.NewEpoch => NewEpoch(site, cancel),
        Stage.Send => Send(site, cancel),
        _ => Pull(site, cancel),
    };

    private async Task<bool> Hello(SiteFacts site, CancellationToken cancel)
    {
        _stage = await dialogue.Hello(site, cancel) is HelloOutcome.NeedsNewEpoch ? Stage.NewEpoch : Stage.Send;
        return true;
    }

    private async Task<bool> NewEpoch(SiteFacts site, CancellationToken cancel)
    {
        // Once in a round: a hub that still sees another chain is shown, not asked again and again.
        _askedEpoch = true;
        await dialogue.TakeNewEpoch(site, cancel);
        _stage = Stage.Send;
        return true;
    }

    private async Task<bool> Send(SiteFacts site, CancellationToken cancel)
    {
        switch (await sender.SendOnce(site, cancel))
        {
            case SendOutcome.Acknowledged acknowledged:
                _done.Lines += acknowledged.Lines;
                contact.Heard();
                break;
            case SendOutcome.Resumed:
                contact.Heard();
                break;
            case SendOutcome.Refused { AskEpoch: true } when !_askedEpoch:
                // The hub tells where it stands now; from that follows whether and what is carried.
                (_askedEpoch, _stage) = (true, Stage.Hello);
                break;
            case SendOutcome.Refused refused:
                _refused = Refusal = $"{refused.Code}: {refused.Detail}";
                _stage = Stage.Pull;
                break;
            default:
                _stage = Stage.Pull;
                break;
        }
        return true;
    }

    private async Task<bool> Pull(SiteFacts site, CancellationToken cancel)
    {
        switch (await puller.PullOnce(site, _skip, cancel))
        {
            case PullOutcome.Fetched:
                contact.Heard();
                return true;
            case PullOutcome.Stored stored:
                _done.Rows += stored.Rows;
                return true;
            case PullOutcome.Refused refused:
                _skip.Add(refused.Feed);
                _refused = Refusal = $"{refused.Feed}: {refused.Code}: {refused.Detail}";
                return true;
            default:
                return false;
        }
    }

    /// <summary>The round is over: the next step begins a new one.</summary>
    private async Task<SyncStep.Ended> End(bool heard, string? failure)
    {
        var (lines, rows) = _done;
        Begin();
        var unacknowledged = await store.Do(session => store.Journal.Head(session).Seq - store.Journal.Acked(session).Seq);
        return new SyncStep.Ended(new SyncReport(heard, lines, rows, unacknowledged, failure));
    }

    /// <summary>What a restart must know: the last exchange, and how old each feed was.</summary>
    private async Task KeepExchange()
    {
        var tick = store.Clock.TickMilliseconds;
        if (contact.LastExchange is not { } last || (_keptTick is { } kept && tick - kept < KeepEvery.TotalMilliseconds))
        {
            return;
        }
        var ages = contact.Ages;
        await store.Do(session =>
        {
            MetaStore.KeepLastExchange(session, last);
            FeedStore.KeepAges(session, ages);
            return true;
        });
        _keptTick = tick;
    }
}
