using System.CommandLine;
using System.Globalization;
using EdgeHub.Hub.Export;
using EdgeHub.Hub.Feeds;
using EdgeHub.Hub.Jobs;
using EdgeHub.Hub.Settlement;
using EdgeHub.Hub.Settlement.Retro;
using EdgeHub.Hub.Store;

namespace EdgeHub.Hub;

/// <summary>hub policy retro prepare, release, cancel, list and hub report retro: a policy book with effect on what is judged already,
/// with a report of whom it hits before it is let loose.</summary>
public static class PolicyRetroCommands
{
    public static void Register(CommandFrame frame)
    {
        frame.At("policy", "Policy books.");
        frame.At("policy retro", "Books that would hold for what is judged already: a report first, then a person lets them loose.");
        Prepare(frame);
        End(frame, "release", "Lets a pending run loose: its book holds, what it hits is decided anew, differences are posted.", Release);
        End(frame, "cancel", "Ends a pending run; nothing changes.", (hub, run, by, why) =>
        {
            hub.Write(session =>
            {
                PolicyRuns.Cancel(session, hub.Region, run, by, why, hub.Clock.GetUtcNow());
                return true;
            });
            return string.Create(CultureInfo.InvariantCulture, $"run {run} is cancelled; nothing was changed.");
        });
        var listed = new ReportOutput();
        var list = frame.At("policy retro list", "All runs, with who let them loose and why.");
        listed.AddTo(list);
        frame.OnStore(list, (parsed, hub) => listed.Write(frame, parsed, hub.Read(session => RetroReport.All(session, hub.Region))));
        var run = Run();
        var output = new ReportOutput();
        var report = frame.At("report retro", "Whom a run hits: settlements with old and new shares; sums by person, institution, payer.");
        report.Options.Add(run);
        output.AddTo(report);
        frame.OnStore(report, (parsed, hub) => output.Write(frame, parsed, hub.Read(session => RetroReport.Of(session, hub.Region, parsed.GetRequiredValue(run)))));
    }

    private static void Prepare(CommandFrame frame)
    {
        var file = new Option<FileInfo>("--file") { Description = "The policy book (JSON).", Required = true };
        var prepare = frame.At("policy retro prepare", "Keeps a book as a pending run and computes whom it would hit. Nobody uses it.");
        prepare.Options.Add(file);
        frame.OnStore(prepare, (parsed, hub) =>
        {
            var book = PolicyFile.Read(parsed.GetRequiredValue(file));
            PolicyFile.CheckNew(hub, book);
            var run = hub.Write(session => PolicyRuns.Prepare(session, Settings(hub), RunOf(book), hub.Clock.GetUtcNow()));
            frame.Output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"run {run.No}: book {book.Key} is prepared and used by nobody. Whom it hits: hub report retro --run {run.No}"));
            return CommandFrame.Done;
        });
    }

    private static void End(CommandFrame frame, string name, string description, Func<HubStore, long, string, string, string> end)
    {
        var (run, why) = (Run(), new Option<string>("--why") { Description = "The reason, for the record.", Required = true });
        var by = new Option<string>("--operator") { Description = "Who does it.", Required = true };
        var command = frame.At("policy retro " + name, description);
        command.Options.Add(run);
        command.Options.Add(why);
        command.Options.Add(by);
        frame.OnStore(command, (parsed, hub) =>
        {
            frame.Output.WriteLine(end(hub, parsed.GetRequiredValue(run), parsed.GetRequiredValue(by), parsed.GetRequiredValue(why)));
            return CommandFrame.Done;
        });
    }

    private static string Release(HubStore hub, long run, string by, string why)
    {
        var decisions = hub.Write(session => PolicyRuns.Release(
            session, Settings(hub), run, by, why, hub.Clock.GetUtcNow(), hub.Entropy, (inside, book) => PolicyFile.LetLoose(inside, hub.Region, RowOf(hub, book))));
        return string.Create(CultureInfo.InvariantCulture, $"run {run} is let loose: {decisions} decisions were made anew. The sites hear of the book with their next round.");
    }

    private static Option<long> Run() => new("--run") { Description = "Number of the run.", Required = true };

    private static SettlementSettings Settings(HubStore hub) => new(hub.Region, TimeZoneInfo.FindSystemTimeZoneById(hub.Settings.TimeZone));

    private static RunBook RunOf(BookRow book) =>
        new(book.Key, book.Id, book.Version, book.Hash, book.First, book.End, book.KnownFrom, book.Currency, book.Text);

    private static BookRow RowOf(HubStore hub, RunBook book) =>
        new(book.Key, book.Id, book.Version, book.Hash, book.First, book.Ends, book.KnownFrom, book.Text, hub.Region, book.Currency);
}
