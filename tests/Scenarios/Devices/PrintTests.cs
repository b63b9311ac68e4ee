using System.Net;
using System.Text;
using EdgeHub.Tests.Scenarios.Agent;
using EdgeHub.Tests.Unit.Agent.Kit;
using EdgeHub.Tests.Unit.Devices;

namespace EdgeHub.Tests.Scenarios.Devices;

/// <summary>The agent's process with a printer and a scanner on real lines, as its settings name them.</summary>
public sealed class PrintTests
{
    [PtyFact]
    public async Task Agent_WithPrinterAndScanner_PrintsAReceiptAndHandsScansOn()
    {
        var station = await Station.Start(["offline.after_minutes", 0, "10080", "minutes"]);
        await station.Close();
        using var printer = new Pty((device, bytes) =>
        {
            for (var i = 0; i + 2 < bytes.Length; i++)
            {
                if (bytes[i] == 0x10 && bytes[i + 1] == 0x04)
                {
                    device.Say(0x12);
                }
            }
        });
        using var scanner = new Pty((_, _) => { });
        using (var agent = await AgentProcess.Start(
            station.Folder, "--Devices:Serial:0:Port", printer.Port, "--Devices:Serial:0:Profile", "escpos-58", "--Devices:Serial:0:Name", "till",
            "--Devices:Serial:1:Port", scanner.Port, "--Devices:Serial:1:Profile", "scanner-cr"))
        {
            var visit = await agent.CheckIn(1);
            var (_, settled) = await agent.Post($"/api/v1/visits/{visit}/settlements", AgentProcess.Bill("print-1"));
            var id = settled!["settlement"]!.GetValue<string>();
            var (status, printed) = await agent.Post($"/api/v1/settlements/{id}/print", new { });
            Assert.Equal(HttpStatusCode.OK, status);
            Assert.Contains(printed!["outcome"]!.GetValue<string>(), (string[])["Printed", "Unconfirmed"]);
            var begun = TimeProvider.System.GetTimestamp();
            while (!Encoding.Latin1.GetString(printer.All).Contains("4.00 CNY", StringComparison.Ordinal))
            {
                Assert.True(TimeProvider.System.GetElapsedTime(begun) < TimeSpan.FromSeconds(60), Encoding.Latin1.GetString(printer.All));
                await Task.Delay(10);
            }
            scanner.Say("YB-1\r"u8.ToArray());
            var (_, scan) = await agent.Get("/api/v1/scans?after=0&wait=20");
            Assert.Equal(("YB-1", "scanner 1"), (scan!["scan"]!["text"]!.GetValue<string>(), scan["scan"]!["scanner"]!.GetValue<string>()));
            var (_, state) = await agent.Get("/api/v1/status");
            Assert.Equal(["simulated", "scanner 1", "till"], state!["devices"]!.AsArray().Select(device => device!["name"]!.GetValue<string>()));
            Assert.Equal(HttpStatusCode.NotFound, (await agent.Post($"/api/v1/settlements/{id}/print?printer=none", new { })).Status);
            printer.Unplug();
            var (_, gone) = await agent.Post($"/api/v1/settlements/{id}/print", new { });
            Assert.Equal("Failed", gone!["outcome"]!.GetValue<string>());
            Assert.NotEmpty(gone["staffText"]!.GetValue<string>());
        }
        await station.Open();
        await station.DisposeAsync();
    }
}
