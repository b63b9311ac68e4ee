using System.Globalization;
using EdgeHub.Hub.Ledger;
using EdgeHub.Hub.Store;
using EdgeHub.Rules;
using EdgeHub.Sync.Seams;
using EdgeHub.Sync.Stores;

namespace EdgeHub.Hub.Settlement.Retro;

/// <summary>A policy book with effect on what is judged already: prepared with a report of whom it hits, and let loose, or not, by a
/// person. Source: data.md, "a retroactive change is a run of its own with a who-is-hit report first".</summary>
public static class PolicyRuns
{
    private const string Counter = "policy_run";
    private const int MostOfAName = 100;
    private const int MostOfAReason = 500;

    /// <summary>Keeps the book as a pending run with its report. Nobody uses it.</summary>
    /// <exception cref="FaultException">Another run is pending; and as <see cref="RetroEffect.Of"/>.</exception>
    public static PolicyRun Prepare(StoreSession session, SettlementSettings settings, RunBook book, DateTimeOffset now)
    {
        if (PolicyRunStore.All(session, settings.Region).FirstOrDefault(run => run.Status == PolicyRun.Pending) is { } pending)
        {
            throw new FaultException(new Fault(
                Codes.Duplicated, "run", Number(pending.No), $"one run at a time: release or cancel run {Number(pending.No)} first"));
        }
        var effect = RetroEffect.Of(session, settings, book, now);
        var run = new PolicyRun(
            settings.Region, Counters.Next(session, settings.Region, Counter), PolicyRun.Pending, book, now.ToUnixTimeMilliseconds(), effect.HashWith(book), effect.Renewed, 0, "", "");
        PolicyRunStore.Insert(session, run);
        foreach (var line in effect.Lines)
        {
            PolicyRunStore.Line(session, run.Region, run.No, line);
        }
        return run;
    }

    /// <summary>Lets a run loose, in one transaction: the book holds from its known-from on, what it hits is decided anew, and only
    /// differences are posted, in the open month.</summary>
    /// <param name="load">Puts the book among the region's, which also feeds it to the sites.</param>
    /// <returns>How many decisions were made.</returns>
    /// <exception cref="FaultException">There is no such pending run; ReportChanged: what it would do now is not what the report says.</exception>
    public static int Release(
        StoreSession session, SettlementSettings settings, long no, string by, string why, DateTimeOffset now, IEntropy entropy, Action<StoreSession, RunBook> load)
    {
        var run = PendingRun(session, settings.Region, no, by, why);
        var effect = RetroEffect.Of(session, settings, run.Book, now);
        if (effect.HashWith(run.Book) != run.ReportHash)
        {
            throw new FaultException(new Fault(
                Codes.ReportChanged, "run", Number(no), "the report of today: what was judged since changes it. Cancel the run, prepare it again and look at the new report"));
        }
        load(session, run.Book);
        PolicyRunStore.Done(session, run, PolicyRun.Released, by, why, now.ToUnixTimeMilliseconds());
        var shelf = new PolicyReader().Read(session, settings.Region);
        var work = new StepWork(session, settings.Region, now, LedgerStore.OpenDay(session, settings.Region, settings.DayOf(now)), entropy);
        var written = effect.Groups.Sum(group => YearDecisions.Write(work, shelf, group.Persons, group.Year));
        PolicyRunStore.NameDecisions(session, run);
        return written;
    }

    /// <summary>Ends a pending run without letting it loose.</summary>
    /// <exception cref="FaultException">There is no such pending run.</exception>
    public static void Cancel(StoreSession session, string region, long no, string by, string why, DateTimeOffset now) =>
        PolicyRunStore.Done(session, PendingRun(session, region, no, by, why), PolicyRun.Cancelled, by, why, now.ToUnixTimeMilliseconds());

    private static PolicyRun PendingRun(StoreSession session, string region, long no, string by, string why)
    {
        Text("--operator", by, MostOfAName);
        Text("--why", why, MostOfAReason);
        return PolicyRunStore.Of(session, region, no) switch
        {
            null => throw new FaultException(new Fault(Codes.NotFound, "--run", Number(no), "the number of a run: hub policy retro list")),
            { Status: PolicyRun.Pending } run => run,
            { } done => throw new FaultException(new Fault(Codes.StepNotAllowed, "--run", Number(no), $"a pending run; this one is {done.Status}")),
        };
    }

    private static void Text(string option, string text, int most)
    {
        if (text.Trim().Length == 0 || text.Length > most || text.Any(char.IsControl))
        {
            throw new FaultException(new Fault(Codes.BadLength, option, text.Length > most ? text[..most] : text, $"1 to {Number(most)} characters"));
        }
    }

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
