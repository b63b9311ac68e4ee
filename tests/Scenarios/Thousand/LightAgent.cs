using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using EdgeHub.Sync.Journal;
using EdgeHub.Sync.Wire;

namespace EdgeHub.Tests.Scenarios.Thousand;

/// <summary>What one sent batch met.</summary>
/// <param name="Through">Its last line.</param>
/// <param name="Hub">Port of the process that it was sent to.</param>
/// <param name="Sent">Place in the order of everything that all agents sent and heard: when the attempt that was taken went off.</param>
/// <param name="Acked">The same: when its acknowledgement came.</param>
public sealed record SentBatch(int Agent, int Number, long Through, int Hub, long Sent, long Acked);

/// <summary>The sending half of an agent: asks the hub where it stands, sends its day in batches, comes back when it is told to, and
/// never gives up.</summary>
/// <param name="batchLines">Lines in a batch.</param>
public sealed class LightAgent(int number, AgentDay day, HttpClient http, Func<Uri> hub, FleetOrder order, int batchLines)
{
    private static readonly TimeSpan RestAfterFailure = TimeSpan.FromMilliseconds(300);

    public List<SentBatch> Batches { get; } = [];

    /// <summary>Answers 503 or 429.</summary>
    public int SentAway { get; private set; }

    /// <summary>Of these, without a time to come back: there must be none.</summary>
    public int SentAwayWithoutATime { get; private set; }

    /// <summary>Connections that ended, or answers that never came.</summary>
    public int Failures { get; private set; }

    /// <summary>Batches that the hub had stored although their answer was lost.</summary>
    public int KnownAlready { get; private set; }

    public async Task Run(CancellationToken stop)
    {
        var hello = await Hello(stop);
        Require(hello.Epoch == 1 && hello.Hash == day.HashAt(hello.Seq), $"the hub stands at epoch {hello.Epoch}, seq {hello.Seq}");
        var through = hello.Seq;
        for (var batch = 0; through < day.Lines.Count; batch++)
        {
            through = await Send(batch, through + 1, Math.Min(through + batchLines, day.Lines.Count), stop);
        }
    }

    /// <summary>As if the answer to the last batch had been lost: it is sent once more.</summary>
    public async Task SendLastAgain(CancellationToken stop)
    {
        var from = Math.Max(1, day.Lines.Count - batchLines + 1);
        var answer = await Ask(async () => await http.PostAsync(new Uri(hub(), "/sync/v1/journal"), new ReadOnlyMemoryContent(day.Batch(from, day.Lines.Count)), stop), stop);
        var told = await Read<JournalAnswer>(answer, stop);
        Require(told is { Status: JournalAnswer.Acknowledged } && told.AckedThrough == day.Lines.Count, told.ToString());
    }

    private async Task<HelloAnswer> Hello(CancellationToken stop) =>
        await Read<HelloAnswer>(await Ask(() => http.GetAsync(new Uri(hub(), "/sync/v1/hello?device=" + day.Device), stop), stop), stop);

    /// <returns>Through which sequence the hub has the day now.</returns>
    private async Task<long> Send(int batch, long from, long through, CancellationToken stop)
    {
        var wire = day.Batch(from, through);
        var (sent, at) = (0L, hub());
        var failures = Failures;
        var answer = await Ask(
            () =>
            {
                (sent, at) = (order.Next(), hub());
                return http.PostAsync(new Uri(at, "/sync/v1/journal"), new ReadOnlyMemoryContent(wire), stop);
            },
            stop);
        var told = await Read<JournalAnswer>(answer, stop);
        Require(told.Status == JournalAnswer.Acknowledged && told.Epoch == 1 && told.AckedThrough == through && told.AckedHash == day.HashAt(through), told.ToString());
        Batches.Add(new SentBatch(number, batch, through, at.Port, sent, order.Next()));
        KnownAlready += Failures > failures ? 1 : 0;
        return told.AckedThrough;
    }

    /// <summary>Until there is an answer: 503 and 429 say when to come back, a line that breaks is tried again.</summary>
    private async Task<HttpResponseMessage> Ask(Func<Task<HttpResponseMessage>> ask, CancellationToken stop)
    {
        while (true)
        {
            try
            {
                var answer = await ask();
                if (answer.StatusCode is not (HttpStatusCode.ServiceUnavailable or HttpStatusCode.TooManyRequests))
                {
                    return answer;
                }
                SentAway++;
                var comeBack = answer.Headers.RetryAfter?.Delta;
                SentAwayWithoutATime += comeBack is null ? 1 : 0;
                answer.Dispose();
                await Task.Delay(comeBack ?? RestAfterFailure, stop);
            }
            catch (Exception broken) when (broken is HttpRequestException or IOException || (broken is TaskCanceledException && !stop.IsCancellationRequested))
            {
                Failures++;
                await Task.Delay(RestAfterFailure, stop);
            }
        }
    }

    private async Task<T> Read<T>(HttpResponseMessage answer, CancellationToken stop)
    {
        using (answer)
        {
            Require(answer.IsSuccessStatusCode, $"status {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync(stop)}");
            return await answer.Content.ReadFromJsonAsync<T>(JournalCodec.Options, stop) ?? throw new InvalidOperationException("no answer");
        }
    }

    private void Require(bool holds, string what)
    {
        if (!holds)
        {
            throw new InvalidOperationException($"Agent {number}: {what}");
        }
    }
}

/// <summary>One order over all agents: no two places are the same, and none is earlier than the monotonic clock was in its moment.</summary>
public sealed class FleetOrder
{
    private readonly Lock _gate = new();
    private long _last;

    public long Next()
    {
        lock (_gate)
        {
            return _last = Math.Max(_last + 1, Stopwatch.GetTimestamp());
        }
    }
}
