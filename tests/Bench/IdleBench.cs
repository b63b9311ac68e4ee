using System.Globalization;

namespace EdgeHub.Tests.Bench;

/// <summary>What the agent costs a clinic's machine while nobody asks anything of it. Idle means: enrolled and fed, the interface, the desk's
/// pages and the simulated reader on, a patient treated over the interface and one at the pages, from the arrival to the receipt; then
/// <see cref="QuietSeconds"/> without a request. As it is installed: published for this platform.</summary>
public static class IdleBench
{
    private const int Starts = 5;
    private const int QuietSeconds = 80;

    public static async Task Run(Floors floors, string folder, Report report)
    {
        string session;
        using (var fixture = await AgentFixture.Open(folder))
        {
            session = await fixture.SignedIn();
        }
        ServedAgent.Publish(folder + "-program");
        var (ready, processor) = (new List<double>(), new List<double>());
        for (var start = 0; start < Starts; start++)
        {
            using var agent = await ServedAgent.Start(folder, floors, 0);
            ready.Add(agent.UntilReady.TotalMilliseconds);
            processor.Add(agent.ProcessorMilliseconds());
            if (start == 0)
            {
                // The first start makes the list of diagnoses beside everything else: the others do not wait for it.
                await Task.Delay(TimeSpan.FromSeconds(5));
            }
        }
        report.Add(new Row(
            "agent start to ready", $"{Child.Median(ready):0} ms", $"first {ready[0]:0} ms; processor time {Child.Median(processor):0} ms", Child.Median(ready), 1_000, AtLeast: false));
        await Idle(floors, folder, session, report);
    }

    private static async Task Idle(Floors floors, string folder, string session, Report report)
    {
        using var agent = await ServedAgent.Start(folder, floors, 0);
        var most = agent.ResidentMebibytes();
        await Task.Delay(TimeSpan.FromSeconds(25));
        report.Add(new Row("agent resident memory, started and never asked", Text(agent.ResidentMebibytes()), $"{most:0} MiB when it was ready", agent.ResidentMebibytes(), null, AtLeast: false));
        await DeskBench.Patient(agent, 1);
        using (var pages = new DeskPages(agent.Address, session))
        {
            const int Person = 2;
            await agent.Put("/api/v1/card", new { cardNumber = "C" + Person.ToString("000000", CultureInfo.InvariantCulture) });
            await pages.Patient(Person);
        }
        report.Add(new Row("agent resident memory, a patient just treated", Text(agent.ResidentMebibytes()), "", agent.ResidentMebibytes(), null, AtLeast: false));
        await Task.Delay(TimeSpan.FromSeconds(QuietSeconds));
        var (all, files, types, heaps) = agent.Memory();
        report.Add(new Row("agent resident memory, idle", Text(all), $"files of programs {files:0}, types and code {types:0}, heaps {heaps:0}", all, 100, AtLeast: false));
        var (price, receipt) = await DeskBench.Patient(agent, 3);
        report.Add(new Row("the first patient after that: card to price; confirm to receipt", $"{price:0.0} ms; {receipt:0.0} ms", "", price, null, AtLeast: false));
    }

    private static string Text(double mebibytes) => $"{mebibytes:0} MiB";
}
