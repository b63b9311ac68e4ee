using System.Globalization;
using System.Text;
using System.Text.Json;
using EdgeHub.Agent.Recovery;
using EdgeHub.Agent.Store;
using EdgeHub.Agent.Sync;
using EdgeHub.Rules;
using EdgeHub.Sync.Journal;
using EdgeHub.Sync.Seams;
using EdgeHub.Sync.Stores;

namespace EdgeHub.Agent.Access;

/// <summary>The agent's commands beside the service. Each answers with an exit code: 0 done, 1 refused or damaged, 2 wrong use.</summary>
public static class Verbs
{
    private const int LinesAtOnce = 500;

    /// <summary>Prints the decrypted journal: a first line with the epoch and what is acknowledged, then the lines' exact bytes. A
    /// store that went through more than one epoch has such a first line before each; carried lines stand in the later one.</summary>
    public static int Journal(AgentOptions options, TimeProvider time, IEntropy entropy, Stream output)
    {
        using var folder = StateFolder.Look(options.State);
        using var keys = AgentKeys.Open(Agent.VaultOf(folder, entropy), entropy, folder, new PlatformKeys());
        var journal = new JournalStore(keys.Cipher, new AgentClock(time, 0));
        return SqliteStore.ReadFrom(folder.Database, session =>
        {
            var acked = journal.Acked(session);
            var epochs = JournalStore.Epochs(session);
            foreach (var (epoch, last) in epochs.Count > 0 ? epochs : [(acked.Epoch, 0)])
            {
                output.Write(Encoding.UTF8.GetBytes($"{{\"epoch\":{epoch},\"acked\":{(epoch == acked.Epoch ? acked.Seq : last)}}}\n"));
                for (var seq = 0L; seq < last;)
                {
                    foreach (var row in journal.After(session, epoch, seq, LinesAtOnce, int.MaxValue).Where(row => row.Seq <= last))
                    {
                        output.Write(row.Line);
                        seq = row.Seq;
                    }
                }
            }
            output.Flush();
            return 0;
        });
    }

    /// <summary>Checks the store as a start does, and prints what was found.</summary>
    public static int Check(AgentOptions options, TimeProvider time, IEntropy entropy, TextWriter output)
    {
        var found = Found(options, time, entropy);
        output.WriteLine(JsonSerializer.Serialize(
            new { result = found.Damage ?? StoreFindings.Sound, epoch = found.Epoch, lastSeq = found.LastSeq, unacknowledged = found.Unacknowledged },
            JournalCodec.Options));
        return found.Damage is null ? 0 : 1;
    }

    /// <summary>Whether the hub has everything, so that this machine may be cleared; it says how much it lacks. A store that cannot be read
    /// refuses too: nobody knows what it holds.</summary>
    public static int CanUninstall(AgentOptions options, TimeProvider time, IEntropy entropy, TextWriter output)
    {
        if (!StateFolder.HoldsAnything(options.State))
        {
            output.WriteLine("There is no store in this folder: nothing is unsent.");
            return 0;
        }
        var found = Found(options, time, entropy);
        if (found.Damage is { } damage)
        {
            output.WriteLine($"No: the store is damaged ({damage}), so nobody can say what is unsent. See the handbook, \"Damaged store\".");
            return 1;
        }
        output.WriteLine(found.Unacknowledged == 0
            ? "Yes: the hub has acknowledged every line."
            : string.Create(CultureInfo.InvariantCulture, $"No: {found.Unacknowledged} lines are unsent. Let the agent reach the hub, or carry them by hand (export-unsent, import-acks)."));
        return found.Unacknowledged == 0 ? 0 : 1;
    }

    private static StoreFindings Found(AgentOptions options, TimeProvider time, IEntropy entropy)
    {
        using var folder = StateFolder.Look(options.State);
        using var keys = AgentKeys.Open(Agent.VaultOf(folder, entropy), entropy, folder, new PlatformKeys());
        return Soundness.Of(folder.Database, keys, new AgentClock(time, 0));
    }

    /// <summary>The first person of a site, and the first program, while the service is stopped; later ones are made at the desk. Prints the PIN or
    /// the token, once.</summary>
    /// <param name="what">staff or client.</param>
    public static async Task<int> Add(Agent agent, string what, IConfiguration given, TextWriter output, TextWriter errors)
    {
        var (says, why) = what == "client" ? await AddClient(agent, given) : await AddStaff(agent, given);
        if (why is not null)
        {
            return Said(why, errors);
        }
        output.WriteLine(says);
        return 0;
    }

    private static async Task<(string? Says, Refusal? Why)> AddClient(Agent agent, IConfiguration given) =>
        await new ApiClients(agent.Store, agent.Entropy).Add(given["Name"], Console) switch
        {
            ClientOutcome.Done done => (done.Token, null),
            ClientOutcome.Refused refused => (null, refused.Why),
            var other => throw new InvalidOperationException($"Unknown outcome {other.GetType().Name}."),
        };

    private static async Task<(string? Says, Refusal? Why)> AddStaff(Agent agent, IConfiguration given) =>
        await new StaffChanges(agent.Store, new SignIn(agent.Store, agent.Entropy), agent.Entropy).Add(given["Number"], given["Name"], given["Role"], Console) switch
        {
            StaffOutcome.Done done => ($"{done.Member.Number}: one-time PIN {done.Pin}, for 72 hours; to be changed at the first sign-in.", null),
            StaffOutcome.Refused refused => (null, refused.Why),
            var other => throw new InvalidOperationException($"Unknown outcome {other.GetType().Name}."),
        };

    private const string Console = "console";

    private static int Said(Refusal why, TextWriter errors)
    {
        var text = Texts.For(why.Code);
        errors.WriteLine($"{why.Faults[0]}\n{text.Say(Languages.English, why.Faults[0])}\n{text.StaffMay(Languages.English)}");
        return 1;
    }

    /// <summary>Enrols while the service is stopped.</summary>
    public static async Task<int> Enrol(Agent agent, string? code, TextWriter output, TextWriter errors, CancellationToken cancel)
    {
        using var line = new HttpHubLine();
        var outcome = await new Enrol(agent.Store, line, agent.Options).With(new EnrolAsked(null, code), cancel);
        if (outcome is EnrolOutcome.Refused refused)
        {
            return Said(refused.Why, errors);
        }
        var site = ((EnrolOutcome.Enrolled)outcome).Site;
        output.WriteLine($"Enrolled as {site.Device}: {site.InstitutionName}.");
        return 0;
    }

    /// <summary>Brings an agent back whose store is damaged or lost, while the service is stopped.</summary>
    public static async Task<int> Recover(
        AgentOptions options, IConfiguration settings, TimeProvider time, IEntropy entropy, TextWriter output, TextWriter errors, CancellationToken cancel)
    {
        using var folder = StateFolder.Take(options.State);
        using var line = new HttpHubLine();
        var clock = new AgentClock(options.DemoOffset == TimeSpan.Zero ? time : new DemoClock(time, options.DemoOffset), (long)options.DemoOffset.TotalMilliseconds);
        var giveUp = string.Equals(settings["GiveUp"], "true", StringComparison.OrdinalIgnoreCase);
        var outcome = await new Recovery.Recover(folder, options, line, Agent.VaultOf(folder, entropy), new PlatformKeys(), clock, entropy).Run(giveUp, settings["Code"], cancel);
        switch (outcome)
        {
            case RecoveryOutcome.NotNeeded:
                output.WriteLine("The store is sound: there is nothing to recover.");
                return 0;
            case RecoveryOutcome.Refused refused:
                return Said(refused.Why, errors);
            case RecoveryOutcome.WouldLose would:
                Tell(would.Report, output);
                output.WriteLine("Nothing was changed. If there is a backup of the state folder or of its keys, put it back and try again; to go on without these lines add --GiveUp true.");
                return 1;
            case RecoveryOutcome.Done done:
                Tell(done.Report, output);
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Recovered in epoch {done.Report.NewEpoch}. What was damaged lies in {done.Report.Aside}. Start the agent: it sends what the hub lacks and fetches its reference data."));
                return 0;
            default:
                throw new InvalidOperationException($"Unknown outcome {outcome.GetType().Name}.");
        }
    }

    private static void Tell(RecoveryReport report, TextWriter output)
    {
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"The hub has epoch {report.Hub.Epoch} through line {report.Hub.Seq}; of these {report.History} were found here too."));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Saved, to be sent again: {report.SavedLines} lines ({RecoveryReport.Shown(report.Saved)})."));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Lost: {report.LostLines} lines ({RecoveryReport.Shown(report.Lost)})."));
        if (!report.EndKnown)
        {
            output.WriteLine("Nothing is left that says how far the journal went: lines behind these may be lost too. Look the clinic's receipts through.");
        }
    }
}
