using System.Globalization;
using System.Text;
using EdgeHub.Hub;
using EdgeHub.Hub.Store;
using EdgeHub.Rules;
using EdgeHub.Sync.Seams;
using EdgeHub.Sync.Stores;
using EdgeHub.Tests.Scenarios.Joined;
using EdgeHub.Tests.Unit.Agent.Kit;
using Xunit.Abstractions;

namespace EdgeHub.Tests.Scenarios.Crashes;

/// <summary>The hub's files cut, zeroed, with bits turned over, missing or another hub's: each is refused at opening by code, or named by verify, or
/// nothing of what the hub holds is another. And a hub that lost its file comes back whole: a backup, and what the clinics send again.</summary>
[Trait("Engine", "Sqlite")] // A database on PostgreSQL has no files that are ours.
public sealed class HubDamageTests(ITestOutputHelper output)
{
    private readonly SetClock _clock = new(Station.Morning);

    [Fact]
    public async Task Damage_OfTheHubsFiles_IsNamedOrHarmless()
    {
        await using var hub = await World(seed: 0);
        await using var other = await World(seed: 1);
        var sound = Copied(Path.Combine(hub.Folder, "hub"), hub.Folder, "sound");
        var foreign = Copied(Path.Combine(other.Folder, "hub"), hub.Folder, "foreign");
        var damages = new StoreDamage(HubStore.FileName, sound, foreign, "another hub's", [.. Directory.GetFiles(Path.Combine(sound, "keys")).Select(key => Path.GetFileName(key)!)]);
        var (named, told) = Looked(Copied(sound, hub.Folder, "look"));
        Assert.Null(named);
        var (counts, silent) = (new SortedDictionary<string, (int Cases, int AtOpening, int ByVerify, int Harmless)>(StringComparer.Ordinal), new List<string>());
        foreach (var damage in damages.All(Bits(), seed: 20_261_122))
        {
            var folder = Copied(sound, hub.Folder, "damaged");
            damage.Do(folder);
            var (found, text) = Looked(folder);
            var seen = counts.GetValueOrDefault(damage.Place);
            counts[damage.Place] = (seen.Cases + 1,
                seen.AtOpening + (found is { AtOpening: true } ? 1 : 0), seen.ByVerify + (found is { AtOpening: false } ? 1 : 0), seen.Harmless + (found is null ? 1 : 0));
            if (found is null && text != told)
            {
                silent.Add($"{damage.Place}, {damage.Kind}: {Difference(told!, text!)}");
            }
            Assert.True(found is null || found.Words.Length > 10, $"{damage.Place}, {damage.Kind}: {found?.Words}");
        }
        foreach (var (place, seen) in counts)
        {
            output.WriteLine($"{place}: {seen.Cases} cases, {seen.AtOpening} refused at opening, {seen.ByVerify} named by verify, {seen.Harmless} harmless and equal");
        }
        output.WriteLine($"{counts.Values.Sum(seen => seen.Cases)} cases, {silent.Count} silently wrong");
        Assert.True(silent.Count == 0, string.Join("\n", silent));
        Assert.True(counts.Values.Sum(seen => seen.Cases) > 200);
    }

    [Fact]
    public async Task Recovery_OfALostFile_TakesTheBackupAndWhatTheClinicsSendAgain()
    {
        await using var hub = await JoinedHub.Start(_clock);
        await using var agent = await JoinedAgent.Enrol(hub, JoinedHub.Clinic, _clock);
        await agent.Treat(1, 100_00);
        await Quiet.Reach(hub, agent);
        await hub.Close();
        var folder = Path.Combine(hub.Folder, "hub");
        var backup = Copied(folder, hub.Folder, "backup");
        await hub.Open();
        await agent.Treat(2, 70_00);
        await agent.Treat(1, 30_00);
        await Quiet.Reach(hub, agent);
        var (accumulators, lines) = (hub.Accumulators(), hub.Number("select count(*) from settlement_fact where standing = 'Stands'"));
        await hub.Close();

        // The disk took a part of the file; the backup is of before.
        foreach (var file in Directory.GetFiles(folder, HubStore.FileName + "*").Where(file => !file.EndsWith("-mark", StringComparison.Ordinal)))
        {
            File.Delete(file);
        }
        File.Copy(Path.Combine(backup, HubStore.FileName), Path.Combine(folder, HubStore.FileName));
        var refused = Assert.Throws<StoreException>(() => HubStore.Open(folder, _clock, new SystemEntropy()));
        Assert.Equal(Codes.StoreDamaged, refused.Code);
        Assert.Contains("--restored", refused.Message, StringComparison.Ordinal);

        HubStore.OpenOrMake(folder, null, _clock, new SystemEntropy(), serving: true, restored: true).Dispose();
        await hub.Open();
        _clock.Advance(TimeSpan.FromMinutes(1));
        await Quiet.Reach(hub, agent);
        Assert.Equal(accumulators, hub.Accumulators());
        Assert.Equal(lines, hub.Number("select count(*) from settlement_fact where standing = 'Stands'"));
        Assert.Equal(0, hub.Number("select count(*) from quarantine"));
        await agent.Treat(3, 40_00);
        await Quiet.Reach(hub, agent);
        Assert.Equal(lines + 1, hub.Number("select count(*) from settlement_fact where standing = 'Stands'"));
    }

    /// <summary>EDGEHUB_DAMAGE_BITS: more than the usual, some 50 a second.</summary>
    private static int Bits() => int.TryParse(Environment.GetEnvironmentVariable("EDGEHUB_DAMAGE_BITS"), NumberStyles.None, CultureInfo.InvariantCulture, out var asked) ? asked : 150;

    private sealed record Found(bool AtOpening, string Words);

    /// <summary>Two clinics' morning with a reversal and a correction; a part stands in the file, the rest in the log, as a power cut leaves them.</summary>
    private async Task<JoinedHub> World(int seed)
    {
        var hub = await JoinedHub.Start(_clock);
        await using var first = await JoinedAgent.Enrol(hub, JoinedHub.Clinic, _clock);
        await using var second = await JoinedAgent.Enrol(hub, JoinedHub.OtherClinic, _clock);
        for (var person = 1; person <= JoinedHub.Persons; person++)
        {
            await first.Treat(person, 40_00 + (person * 3_00) + seed);
            await second.Treat(person, 60_00 + (person * 2_00) + seed);
        }
        await Quiet.Reach(hub, first, second);
        await hub.Close();
        await hub.Open();
        var taken = await first.Treat(1, 55_00);
        await first.Post($"/api/v1/settlements/{taken["settlement"]}/reversal", new { requestKey = first.Key(), reason = "mistake", @operator = "op" });
        await second.Treat(2, 33_00);
        await Quiet.Reach(hub, first, second);
        return hub;
    }

    /// <summary>What opening or verify says of a folder; null and everything that the hub holds.</summary>
    private (Found? Found, string? Told) Looked(string folder)
    {
        HubStore hub;
        try
        {
            hub = HubStore.Open(folder, _clock, new SystemEntropy());
        }
        catch (Exception refused) when (refused is StoreException or FaultException)
        {
            return (new Found(true, refused.Message), null);
        }
        using (hub)
        {
            try
            {
                return hub.Read(session => VerifyCommand.Run(session, hub.Region)).First is { } first ? (new Found(false, first.ToString()), null) : (null, hub.Read(Told));
            }
            catch (StoreException damaged)
            {
                return (new Found(false, damaged.Message), null);
            }
        }
    }

    /// <summary>What is no figure and heals by itself: how far a room has read (it reads again), numbers that are handed out (a hole, or the key refuses),
    /// which life of the feeds it is (a new one: every clinic gets its feeds whole), what a device said of itself and of a refusal (told anew), what a migration was called (its hash is checked).</summary>
    private static readonly string[] NoFigures = ["entry_cursor", "counter", "feed_version", "meta", "device", "device_head", "device_clone", "migration"];

    /// <summary>What stands nowhere else: when a batch came, what the hub knew of institution, member and limits when it judged, since when an amount is open. What is
    /// made of it is computed again, so that one that moves a fen is named; another is not.</summary>
    private static readonly (string Table, string[] Columns)[] KnownHereAlone =
    [
        ("segment", ["received_ms"]),
        ("settlement_fact",
        [
            "known_on", "reversed_ms", "level", "institution_type", "pooling_area", "insurance_type", "person_type", "birth_date", "account_balance", "cover_fault", "cover_ignored",
            "member_version", "feed_version", "alliance", "day_fund_limit", "day_count_limit", "day_account_limit", "fund_limit", "limit_ignored",
        ]),
        ("decision", ["decided_ms"]),
        ("payable", ["since_ms"]),
    ];

    /// <summary>Every row of every other table, in no matter which order they lie.</summary>
    private static string Told(StoreSession session)
    {
        var all = new StringBuilder();
        foreach (var table in session.Query<string>("select lower(name) from sqlite_master where type = 'table' and name not like 'sqlite_%' order by 1", new { }).Except(NoFigures, StringComparer.Ordinal))
        {
            var rows = new List<string>();
            var alone = Array.Find(KnownHereAlone, each => each.Table == table).Columns ?? [];
            using (var row = session.Prepared("select * from " + table).Read())
            {
                while (row.Read())
                {
                    rows.Add(table + " " + string.Join('|', Enumerable.Range(0, row.FieldCount).Select(at =>
                        row.IsDBNull(at) || alone.Contains(row.GetName(at), StringComparer.Ordinal) ? "" : row.GetValue(at) is byte[] bytes ? Convert.ToHexString(bytes) : Convert.ToString(row.GetValue(at), CultureInfo.InvariantCulture))));
                }
            }
            rows.Sort(StringComparer.Ordinal);
            all.AppendJoin('\n', rows).Append('\n');
        }
        return all.ToString();
    }

    private static string Difference(string sound, string found)
    {
        var (before, after) = (sound.Split('\n'), found.Split('\n'));
        var (was, now) = (before.Except(after).FirstOrDefault() ?? "no row", after.Except(before).FirstOrDefault() ?? "no row");
        var same = was.Zip(now).TakeWhile(pair => pair.First == pair.Second).Count();
        string Short(string row) => row[Math.Max(0, same - 60)..Math.Min(row.Length, same + 60)];
        return $"{was.Split(' ')[0]}, column {was[..same].Count(letter => letter == '|') + 1}: … {Short(was)} … became … {Short(now)} …";
    }

    private static string Copied(string from, string under, string name)
    {
        var to = Path.Combine(under, name);
        if (Directory.Exists(to))
        {
            Directory.Delete(to, recursive: true);
        }
        foreach (var file in Directory.GetFiles(from, "*", SearchOption.AllDirectories).Where(file => !file.EndsWith(".lock", StringComparison.Ordinal) && !file.EndsWith("-shm", StringComparison.Ordinal)))
        {
            var path = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.Copy(file, path);
        }
        return to;
    }
}
