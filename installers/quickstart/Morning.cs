using System.Globalization;
using EdgeHub.Quickstart.Accounts;
using EdgeHub.Quickstart.Events;
using EdgeHub.Quickstart.Parts;

namespace EdgeHub.Quickstart;

/// <summary>The morning of 12 March 2025 in Zhenkang, from an empty folder to a month's settlement that is checked.</summary>
public static class Morning
{
    private static readonly DateTimeOffset EightOClock = new(2025, 3, 12, 8, 0, 0, TimeSpan.FromHours(8));

    /// <returns>0: all was right; 1: something was not; 130: stopped by the operator before it had ended. A desk that stays open afterwards is ended
    /// by stopping: then it is the morning's own.</returns>
    public static async Task<int> RunAsync(Options options, TimeProvider clock, CancellationToken stop)
    {
        var screen = new Screen(clock);
        var files = Prepare(options, screen);
        using var children = new Children(options.State);
        var demo = new DemoClock(clock, EightOClock);
        var hub = new HubProgram(options, children, clock, demo);
        var stage = new Stage(options, screen, clock, children, hub, demo);
        int? morning = null;
        try
        {
            screen.Title("Setting up: a county's hub and five clinics (sample data is marked as such)");
            var prices = await Setup.RunAsync(stage, stop);
            await HoursAsync(stage, prices, files, stop);
            if (options.Stay)
            {
                morning = ExitCode(stage, files);
                await OpenDesk.RunAsync(stage, stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            screen.Plain($"Stopped. What was started has been ended; the state is in {options.State}");
            return morning ?? 130;
        }
        catch (Exception fault) when (MorningFault.IsOne(fault))
        {
            await stage.EventAsync("Setup", _ => throw new MorningFault(fault.Message));
        }
        finally
        {
            foreach (var site in stage.Sites)
            {
                site.Dispose();
            }
        }
        return ExitCode(stage, files);
    }

    /// <summary>Keeps and prints what the morning showed.</summary>
    private static int ExitCode(Stage stage, Files files)
    {
        var ok = stage.Events.Count > 0 && stage.Events.All(e => e.Ok);
        new MorningResult(ok, stage.Screen.Seconds, stage.Options.Population, stage.Events).Save(files.Result);
        WhereNext.Print(stage, ok);
        return ok ? 0 : 1;
    }

    private static async Task HoursAsync(Stage stage, Prices prices, Files files, CancellationToken stop)
    {
        var half = Math.Max(1, stage.Options.VisitsPerClinic / 2);
        var desk = new OneDeductible(stage, prices);
        var blacklisted = stage.NextPerson(stage.Village);

        stage.Screen.Title($"{stage.Demo.Hour}  The line is up");
        await stage.EventAsync("VisitsOnline", facts => OrdinaryVisits.RunAsync(stage, prices, stage.Options.VisitsPerClinic, "with the line up", facts, stop));
        await stage.EventAsync("BlacklistReaches", facts => Setup.BlacklistAsync(stage, blacklisted, facts, stop));

        stage.Screen.Title($"{stage.Demo.Hour}  The line is cut");
        await stage.EventAsync("LineCut", facts => Lines.CutAsync(stage, facts, stop));
        await stage.EventAsync("VisitsOffline", facts => OrdinaryVisits.RunAsync(stage, prices, half, "with the line cut", facts, stop));
        await stage.EventAsync("BlacklistedCard", facts => AtTheDesk.BlacklistedCardAsync(stage, blacklisted, prices, facts, stop));
        await stage.EventAsync("LimitReached", facts => AtTheDesk.LimitReachedAsync(stage, prices, facts, stop));
        await stage.EventAsync("Reversal", facts => AtTheDesk.ReversalAsync(stage, prices, facts, stop));
        await stage.EventAsync("SameRequest", facts => AtTheDesk.SameRequestAsync(stage, prices, facts, stop));
        await stage.EventAsync("KilledAgent", facts => KilledAgent.RunAsync(stage, prices, facts, stop));
        await stage.EventAsync("TwoClinicsOneDeductible", facts => desk.TwoClinicsAsync(facts, stop));

        stage.Screen.Title($"{stage.Demo.Hour}  The line is back");
        await stage.EventAsync("LineReturns", facts => Lines.ReturnAsync(stage, facts, stop));
        await stage.EventAsync("Decisions", facts => TheHubDecides.WaitAsync(stage, files, facts, stop));
        await stage.EventAsync("PaidOut", facts => desk.PaidOutAsync(facts, stop));
        await Lines.AllSentAsync(stage, stop);
        await stage.EventAsync("Decided", async facts =>
        {
            await TheHubDecides.WaitAsync(stage, files, facts, stop);
            return "The decisions stand as they were: a refund changes none.";
        });
        await stage.EventAsync("NothingOwed", facts => desk.NothingOwedAsync(facts, stop));

        stage.Screen.Title("The month's settlement, and the same sums from the agents' files");
        await stage.EventAsync("Settlement", facts => MonthEnd.SettlementAsync(stage, files, facts, stop));
        await stage.EventAsync("Recount", facts => MonthEnd.RecountAsync(stage, files, facts));
        await stage.EventAsync("Verify", facts => MonthEnd.VerifyAsync(stage, facts, stop));
        await stage.EventAsync("Calendar", facts => MonthEnd.DeadlineAsync(stage, files, facts, stop));
    }

    /// <summary>An empty state folder; what an earlier run left running in it is stopped by its id.</summary>
    private static Files Prepare(Options options, Screen screen)
    {
        Directory.CreateDirectory(options.State);
        var marker = Path.Combine(options.State, ".edgehub-quickstart");
        if (!File.Exists(marker) && Directory.EnumerateFileSystemEntries(options.State).Any())
        {
            throw new OptionFault($"--state {options.State}: this folder holds something else; an empty or new folder would be right.");
        }
        if (File.Exists(marker) && Children.IsRunning(File.ReadAllText(marker), "EdgeHub.Quickstart"))
        {
            throw new OptionFault($"--state {options.State}: another run is using this folder; wait for it, or give another folder.");
        }
        var stopped = Children.StopLeftOvers(options.State);
        if (stopped > 0)
        {
            screen.Step($"{stopped} processes of an earlier run that was cut off have been ended.");
        }
        Directory.Delete(options.State, recursive: true);
        Directory.CreateDirectory(options.State);
        File.WriteAllText(marker, Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
        var files = new Files(options.State);
        files.Make();
        return files;
    }
}
