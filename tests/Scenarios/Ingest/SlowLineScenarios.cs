using System.Net.Sockets;
using System.Text;
using EdgeHub.Hub.Access;
using EdgeHub.Sync.Wire;

namespace EdgeHub.Tests.Scenarios.Ingest;

/// <summary>Clinics whose line is so bad that their batch takes minutes hold up nobody else's.</summary>
public sealed class SlowLineScenarios
{
    private static readonly SyncLimits OneAtATime = new(MostInside: 1);

    [Fact]
    public async Task Body_ThatDoesNotCome_TakesNoTurnFromOthers()
    {
        await using var hub = await TestHub.StartAsync(OneAtATime);
        var device = await hub.EnrolAsync();
        device.Write(3);
        var slow = new List<TcpClient>();
        for (var line = 0; line < 5; line++)
        {
            var client = new TcpClient();
            await client.ConnectAsync(hub.Http.BaseAddress!.Host, hub.Http.BaseAddress.Port);
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes("POST /sync/v1/journal HTTP/1.1\r\nHost: hub\r\nContent-Length: 100000\r\n\r\nEHJ1"));
            slow.Add(client);
        }

        var answer = await device.SendAsync(1, 3);

        Assert.Equal((JournalAnswer.Acknowledged, 3L), (answer.Status, answer.AckedThrough));
        slow.ForEach(client => client.Dispose());
    }

    [Fact]
    public async Task Body_OverTheLimit_IsRefusedByNameWithoutBeingRead()
    {
        await using var hub = await TestHub.StartAsync(OneAtATime);
        var answer = await hub.SendAsync(new byte[BatchCodec.MaxWireBytes + 1]);
        Assert.Equal((JournalAnswer.Refused, EdgeHub.Rules.Codes.BatchTooLarge), (answer.Status, answer.Code));
        Assert.Equal(JournalAnswer.Refused, (await hub.SendAsync(new byte[100])).Status);
    }
}
