using EdgeHub.Agent.Access;
using EdgeHub.Agent.Store;
using EdgeHub.Rules;
using EdgeHub.Sync.Journal;
using EdgeHub.Sync.Wire;

namespace EdgeHub.Agent.Sync;

/// <summary>Sends the journal: the oldest batch that is not acknowledged, one step at a time.</summary>
public sealed class JournalSender(AgentStore store, IHubLine line, HubDialogue dialogue)
{
    /// <summary>Sends one batch of at most 1,000 lines.</summary>
    /// <exception cref="HubUnreachable">The line is down; the batch is sent again later.</exception>
    public async Task<SendOutcome> SendOnce(SiteFacts site, CancellationToken cancel)
    {
        var (acked, rows) = await store.Do(session =>
        {
            var mark = store.Journal.Acked(session);
            return (mark, store.Journal.After(session, mark.Epoch, mark.Seq, BatchCodec.MaxEvents, BatchCodec.SafeRawBytes));
        });
        if (rows.Count == 0 || store.Signer is not { } signer)
        {
            return new SendOutcome.NothingToSend();
        }
        var wire = BatchCodec.Write(
            site.Region, site.Site, site.Device, acked.Epoch, acked.Seq + 1, acked.Hash.Span,
            [.. rows.Select(row => (ReadOnlyMemory<byte>)row.Line)], signer);
        var answer = await line.SendBatch(site.Hub, wire, cancel);
        return answer.Status switch
        {
            JournalAnswer.Acknowledged or JournalAnswer.ResumeFrom => await Moved(acked, answer),
            // A gap only says that the hub stands before what was sent: begin there.
            _ when answer.Code == Codes.Gap && answer.Epoch == acked.Epoch && answer.AckedThrough != acked.Seq => await Moved(acked, answer),
            _ => new SendOutcome.Refused(
                answer.Code ?? answer.Status, answer.Detail ?? "", AskEpoch: answer.Code is Codes.Fork or Codes.StaleEpoch),
        };
    }

    private async Task<SendOutcome> Moved(ChainHead acked, JournalAnswer answer)
    {
        var here = await store.Do(session => store.Journal.HashAt(session, answer.Epoch, answer.AckedThrough));
        if (answer.Epoch != acked.Epoch || here is null || Chain.Text(here) != answer.AckedHash)
        {
            return new SendOutcome.Refused(
                Codes.Fork, $"the hub acknowledged epoch {answer.Epoch}, sequence {answer.AckedThrough} with another hash than here", AskEpoch: true);
        }
        await dialogue.Acknowledge(new ChainHead(answer.Epoch, answer.AckedThrough, here));
        return answer.Status == JournalAnswer.Acknowledged
            ? new SendOutcome.Acknowledged(checked((int)(answer.AckedThrough - acked.Seq)), answer.AckedThrough)
            : new SendOutcome.Resumed(answer.AckedThrough);
    }
}
