using EdgeHub.Agent.Access;
using EdgeHub.Agent.Store;
using EdgeHub.Rules;

namespace EdgeHub.Agent.Sync;

/// <summary>One round with the hub: ask, send until nothing is left, pull until everything is the newest. Each step is one call;
/// one round at a time.</summary>
public sealed class SyncRound(AgentStore store, HubContact contact, HubDialogue dialogue, JournalSender sender, FeedPuller puller) : IDisposable
{
    /// <summary>A round ends after so many steps, whatever is left: the next one goes on.</summary>
    private const int MaxSteps = 2_000;

    /// <summary>The last exchange is written at most so often: it is only wanted after a restart.</summary>
    private static readonly TimeSpan KeepEvery = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim _one = new(1, 1);
    private DateTimeOffset? _kept;

    /// <summary>Why the hub took no batch the last time; null: it did.</summary>
    public string? Refusal { get; private set; }

    public async Task<SyncReport> Run(CancellationToken cancel)
    {
        if (store.Site is not { } site)
        {
            contact.Failed(Codes.NotEnrolled);
            return new SyncReport(false, 0, 0, 0, Codes.NotEnrolled);
        }
        await _one.WaitAsync(cancel);
        var (sent, rows) = (0L, 0L);
        try
        {
            await dialogue.Hello(site, cancel);
            sent = await Send(site, cancel);
            rows = await Pull(site, cancel);
            await KeepExchange();
            return new SyncReport(true, sent, rows, await Unacknowledged(), Refusal);
        }
        catch (HubUnreachable down)
        {
            contact.Failed(down.Message);
            return new SyncReport(false, sent, rows, await Unacknowledged(), down.Message);
        }
        catch (HubRefused refused)
        {
            Refusal = refused.Code;
            contact.Failed(refused.Message);
            return new SyncReport(false, sent, rows, await Unacknowledged(), refused.Message);
        }
        finally
        {
            _one.Release();
        }
    }

    public Task<long> Unacknowledged() => store.Do(session => store.Journal.Head(session).Seq - store.Journal.Acked(session).Seq);

    public void Dispose() => _one.Dispose();

    private async Task<long> Send(SiteFacts site, CancellationToken cancel)
    {
        var sent = 0L;
        var askedEpoch = false;
        for (var step = 0; step < MaxSteps; step++)
        {
            switch (await sender.SendOnce(site, cancel))
            {
                case SendOutcome.Acknowledged acknowledged:
                    (sent, Refusal) = (sent + acknowledged.Lines, null);
                    contact.Heard();
                    break;
                case SendOutcome.Resumed:
                    contact.Heard();
                    break;
                case SendOutcome.Refused { AskEpoch: true } when !askedEpoch:
                    askedEpoch = true;
                    await dialogue.TakeNewEpoch(site, cancel);
                    break;
                case SendOutcome.Refused refused:
                    Refusal = $"{refused.Code}: {refused.Detail}";
                    return sent;
                default:
                    return sent;
            }
        }
        return sent;
    }

    private async Task<long> Pull(SiteFacts site, CancellationToken cancel)
    {
        var rows = 0L;
        var skip = new HashSet<string>(StringComparer.Ordinal);
        for (var step = 0; step < MaxSteps; step++)
        {
            switch (await puller.PullOnce(site, skip, cancel))
            {
                case PullOutcome.Stored stored:
                    rows += stored.Rows;
                    contact.Heard();
                    break;
                case PullOutcome.Refused refused:
                    skip.Add(refused.Feed);
                    Refusal = $"{refused.Feed}: {refused.Code}: {refused.Detail}";
                    break;
                default:
                    return rows;
            }
        }
        return rows;
    }

    private async Task KeepExchange()
    {
        if (contact.LastExchange is not { } last || (_kept is { } kept && last - kept < KeepEvery))
        {
            return;
        }
        var current = contact.CurrentAt;
        await store.Do(session =>
        {
            MetaStore.KeepLastExchange(session, last);
            FeedStore.KeepCurrent(session, current);
            return true;
        });
        _kept = last;
    }
}
