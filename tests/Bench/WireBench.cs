using System.Globalization;
using EdgeHub.Sync.Journal;
using EdgeHub.Sync.Keys;
using EdgeHub.Sync.Wire;

namespace EdgeHub.Tests.Bench;

/// <summary>Bytes on the wire against the lines' own bytes, for lines that a real agent wrote.</summary>
public static class WireBench
{
    public static async Task Run(string folder, Report report)
    {
        using var agent = await AgentFixture.Open(Path.Combine(folder, "wire"));
        for (var round = 0; round < 13; round++)
        {
            await agent.NextRound();
            for (var i = 0; i < 90; i++)
            {
                await agent.Settle();
            }
        }
        var lines = (await agent.Lines(BatchCodec.MaxEvents)).Select(row => (ReadOnlyMemory<byte>)row.Line).ToList();
        using var key = EcdsaKeys.Create();
        foreach (var (count, target) in ((int, double?)[])[(1_000, .15), (100, null), (1, null)])
        {
            var sent = lines.TakeLast(count).ToList();
            var raw = sent.Sum(line => (long)line.Length);
            var wire = BatchCodec.Write("530924", "530924100001", "D1", 1, 1, Chain.Zero, sent, key).Length;
            report.Add(new Row(
                $"wire bytes ÷ raw at {count.ToString(CultureInfo.InvariantCulture)}", $"{(double)wire / count:0} B a line", $"{(double)raw / count:0} B raw", (double)wire / raw, target, AtLeast: false));
        }
    }
}
