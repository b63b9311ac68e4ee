
namespace EdgeHub.Quickstart;

/// <summary>The last words: OK or NOT OK, where everything lies, what to try.</summary>
public static class WhereNext
{
    public static void Print(Stage stage, bool ok)
    {
        var (screen, state) = (stage.Screen, Path.GetRelativePath(stage.Options.Root, stage.Options.State));
        var hub = $"dotnet hub/bin/{stage.Options.Configuration}/net10.0/EdgeHub.Hub.dll";
        var agent = $"dotnet agent/bin/{stage.Options.Configuration}/net10.0/EdgeHub.Agent.dll";
        screen.Title("Where to look next");
        screen.Plain($"  {state}/result.json        what each event showed; {state}/logs/ what each program said");
        screen.Plain($"  {state}/reports/           the month's settlement as JSON, CSV and XLSX");
        screen.Plain($"  {state}/journals/          every clinic's journal, one line per fact");
        screen.Plain("Try, in the project's folder:");
        screen.Plain($"  {hub} report settlement --month 2025-03 --data {state}/hub");
        screen.Plain($"  {hub} report owed --data {state}/hub");
        screen.Plain($"  {hub} calculate --list");
        screen.Plain($"  {hub} verify --data {state}/hub");
        if (stage.Sites.Count > 0)
        {
            screen.Plain($"  {agent} check --State {state}/agents/{stage.Sites[0].Place.Code}");
        }
        screen.Plain($"  dotnet installers/quickstart/bin/{stage.Options.Configuration}/net10.0/EdgeHub.Quickstart.dll recount --state {state}");
        if (!stage.Options.Stay)
        {
            screen.Plain("  bash installers/quickstart.sh --stay      the same, and then one clinic's desk stays open in the browser, with a card to play with");
        }
        screen.Plain("");
        foreach (var wrong in stage.Events.Where(e => !e.Ok))
        {
            screen.Plain($"NOT OK, {wrong.Name}: {wrong.Words}");
        }
        screen.Plain(ok ? $"OK: {stage.Events.Count} events of the morning were right, after {screen.Seconds:0} seconds." : "NOT OK");
    }
}
