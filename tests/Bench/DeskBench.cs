using System.Diagnostics;
using System.Globalization;

namespace EdgeHub.Tests.Bench;

/// <summary>What a desk feels, over the local interface of a real agent's process: from the card to the price, from
/// confirming to the receipt on a slow disk.</summary>
public static class DeskBench
{
    private const int Patients = 30;
    private const int SlowDiskMicroseconds = 10_000;
    private const int FirstPatients = 5;

    /// <summary>In a child, so that the state folder stays for whoever looks at an agent by hand: fills it, prints a session of the desk.</summary>
    public static async Task FillState(string folder)
    {
        using var fixture = await AgentFixture.Open(folder);
        Console.WriteLine(await fixture.SignedIn());
    }

    public static async Task Run(Floors floors, string folder, Report report)
    {
        string session;
        using (var fixture = await AgentFixture.Open(folder))
        {
            session = await fixture.SignedIn();
        }
        ServedAgent.Publish(folder + "-program");
        var (prices, receipts) = (new List<double>(), new List<double>());
        using (var slow = await ServedAgent.Start(folder, floors, SlowDiskMicroseconds))
        {
            for (var patient = 0; patient < FirstPatients + Patients; patient++)
            {
                var (price, receipt) = await Patient(slow, 10 + patient);
                prices.Add(price);
                receipts.Add(receipt);
            }
            report.Add(new Row(
                "card inserted to price shown, 10 ms syncs, 95 of 100", Milliseconds(Late(prices)), $"first {Milliseconds(prices[0])}, median {Milliseconds(Child.Median(prices.Skip(FirstPatients)))}", Late(prices), 50, AtLeast: false));
            report.Add(new Row(
                "confirm to receipt, 10 ms syncs, 95 of 100", Milliseconds(Late(receipts)), $"first {Milliseconds(receipts[0])}, median {Milliseconds(Child.Median(receipts.Skip(FirstPatients)))}", Late(receipts), 100, AtLeast: false));
            await Pages(slow, session, report);
            report.Add(new Row("agent resident memory, at work", $"{slow.ResidentMebibytes():0} MiB", "", slow.ResidentMebibytes(), null, AtLeast: false));
        }
    }

    /// <summary>The same through the desk's pages: what their own time adds.</summary>
    private static async Task Pages(ServedAgent agent, string session, Report report)
    {
        using var pages = new DeskPages(agent.Address, session);
        var (seen, prices, receipts) = (new List<double>(), new List<double>(), new List<double>());
        for (var patient = 0; patient < FirstPatients + Patients; patient++)
        {
            var person = 60 + patient;
            await agent.Put("/api/v1/card", new { cardNumber = "C" + person.ToString("000000", CultureInfo.InvariantCulture) });
            var (shown, price, receipt) = await pages.Patient(person);
            seen.Add(shown);
            prices.Add(price);
            receipts.Add(receipt);
        }
        foreach (var (name, values, target) in ((string, List<double>, double)[])[
            ("desk's page: card inserted to person and cover", seen, 50), ("desk's page: line entered to price", prices, 50), ("desk's page: confirm to receipt", receipts, 100)])
        {
            report.Add(new Row($"{name}, 10 ms syncs, 95 of 100", Milliseconds(Late(values)), $"first {Milliseconds(values[0])}, median {Milliseconds(Child.Median(values.Skip(FirstPatients)))}", Late(values), target, AtLeast: false));
        }
    }

    /// <summary>One patient: the card is in the reader, then it counts. The price is what a quote says after the check-in.</summary>
    internal static async Task<(double PriceMilliseconds, double ReceiptMilliseconds)> Patient(ServedAgent agent, int person)
    {
        await agent.Put("/api/v1/card", new { cardNumber = "C" + person.ToString("000000", CultureInfo.InvariantCulture) });
        var begun = Stopwatch.GetTimestamp();
        var visit = (await agent.Post("/api/v1/visits", new { visitType = "11", evidence = new { kind = "card" }, @operator = "bench" }))["visit"]!.GetValue<string>();
        var lines = Enumerable.Range(0, 3).Select(line => Samples.Line(person, line, AgentFixture.Items)).ToList();
        var bill = new { requestKey = visit, diagnoses = Samples.Diagnoses(person), useAccount = true, lines, @operator = "bench" };
        await agent.Post($"/api/v1/visits/{visit}/quote", bill);
        var price = Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
        var confirmed = Stopwatch.GetTimestamp();
        await agent.Post($"/api/v1/visits/{visit}/settlements", bill);
        return (price, Stopwatch.GetElapsedTime(confirmed).TotalMilliseconds);
    }

    private static double Late(IReadOnlyList<double> values) => values.Skip(FirstPatients).Order().ElementAt((int)((values.Count - FirstPatients) * .95));

    private static string Milliseconds(double value) => value.ToString("0.0 'ms'", CultureInfo.InvariantCulture);
}
