using System.Globalization;
using System.Text.Json.Nodes;
using EdgeHub.Quickstart.Accounts;
using EdgeHub.Quickstart.Parts;

namespace EdgeHub.Quickstart.Events;

/// <summary>The month's settlement, the same sums from the agents' files, and the hub's own replay.</summary>
public static class MonthEnd
{
    private const string Month = "2025-03";

    public static async Task<string> SettlementAsync(Stage stage, Files files, Dictionary<string, string> facts, CancellationToken stop)
    {
        await stage.Hub.CommandAsync(stop, "report", "settlement", "--month", Month, "--format", "json", "--out", files.Settlement);
        foreach (var format in new[] { "csv", "xlsx" })
        {
            await stage.Hub.CommandAsync(stop, "report", "settlement", "--month", Month, "--format", format, "--out", Path.Combine(files.Reports, "settlement." + format));
        }
        MonthTable.Print(stage.Screen, files.Settlement);
        var groups = HubMonth.Read(files.Settlement).Groups;
        var sum = groups.Values.Aggregate(GroupSum.None, (a, b) => a.Plus(b));
        facts["groups"] = $"{groups.Count}";
        facts["visits"] = $"{sum.Visits}";
        facts["totalFen"] = $"{sum.Total}";
        facts["fundFen"] = $"{sum.Fund}";
        return string.Create(CultureInfo.InvariantCulture, $"March 2025 so far: {sum.Visits} visits, {Screen.Yuan(sum.Total)} yuan in total, {Screen.Yuan(sum.Fund)} yuan from the fund.");
    }

    public static Task<string> RecountAsync(Stage stage, Files files, Dictionary<string, string> facts)
    {
        var recount = new Recount(files);
        var wrong = recount.Differences(HubMonth.Read(files.Settlement));
        facts["groups"] = $"{recount.Groups.Count}";
        facts["entries"] = $"{recount.Journals.Sum(journal => journal.Entries)}";
        facts["refundsFen"] = $"{recount.Journals.Sum(journal => journal.RefundsFen)}";
        facts["offlineRefusals"] = $"{recount.Journals.Sum(journal => journal.OfflineRefusals)}";
        facts["reversals"] = $"{recount.Journals.Sum(journal => journal.Reversals)}";
        foreach (var line in wrong)
        {
            stage.Screen.Detail(line);
        }
        MorningFault.Unless(wrong.Count == 0, $"{wrong.Count} sums of the hub's month differ from the agents' files.");
        return Task.FromResult($"Counted again from the agents' files alone ({facts["entries"]} entries, every chain unbroken): all {facts["groups"]} sums of the month agree to the fen.");
    }

    public static async Task<string> VerifyAsync(Stage stage, Dictionary<string, string> facts, CancellationToken stop)
    {
        var answer = await stage.Hub.TryCommandAsync(stop, "verify");
        facts["exitCode"] = $"{answer.ExitCode}";
        MorningFault.Unless(answer.ExitCode == 0, $"hub verify found something: {answer.Output.Trim()} {answer.Errors.Trim()}");
        return "hub verify replays what the clinics sent: segments, rows, sums and ledger agree.";
    }

    /// <summary>Five working days after the month's end by the announced calendar: 1, 2 and 3 April, then, behind the tomb-sweeping
    /// days of 4 to 6 April, 7 and 8 April.</summary>
    public static async Task<string> DeadlineAsync(Stage stage, Files files, Dictionary<string, string> facts, CancellationToken stop)
    {
        const string rule = "calendar.working-day-deadline";
        var question = Path.Combine(files.Reports, "deadline.json");
        await File.WriteAllTextAsync(
            question, """{"inputs":{"calendar":"China","eventDay":"2025-03-31","workingDays":5,"direction":"within"}}""", stop);
        var answer = JsonNode.Parse(await stage.Hub.SampleAsync(stop, "calculate", rule, "--input", question));
        facts["lastDay"] = (string?)answer?["result"]?["lastDay"] ?? "";
        MorningFault.Unless(facts["lastDay"] == "2025-04-08", $"Five working days after 31 March 2025 end on 8 April, not on {facts["lastDay"]}.");
        return "By the State Council's calendar five working days after the month's end are over on 8 April, the tomb-sweeping days left out.";
    }
}
