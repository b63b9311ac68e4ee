using System.Globalization;
using System.Text;
using System.Text.Json;
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
        using var store = SqliteStore.Open(folder.Database, readOnly: true);
        var journal = new JournalStore(keys.Cipher, new AgentClock(time, 0));
        return store.Read(session => StoreCheck.Run(store.QuickCheck, session, journal, keys.Device?.PublicKey, MetaStore.Site(session)?.Device));
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
}
