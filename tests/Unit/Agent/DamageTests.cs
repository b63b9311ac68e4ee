using EdgeHub.Agent;
using EdgeHub.Agent.Recovery;
using EdgeHub.Agent.Store;
using EdgeHub.Rules;
using EdgeHub.Sync.Journal;
using EdgeHub.Sync.Seams;
using EdgeHub.Sync.Stores;
using EdgeHub.Tests.Unit.Agent.Kit;
using Xunit.Abstractions;

namespace EdgeHub.Tests.Unit.Agent;

/// <summary>Files that are cut, altered, zeroed, missing or another device's: each is detected by name or harms nothing, and the agent comes
/// back with everything that neither the hub nor what is left lacks.</summary>
public sealed class DamageTests(ITestOutputHelper output) : IDisposable
{
    private static readonly string[] Keys = ["store.key", "lookup.key", "device.key"];

    /// <summary>Damage there loses no line; anywhere else what is lost must be named.</summary>
    private static readonly string[] LosesNothing = ["keys/lookup.key", "keys/device.key", "agent.db-mark"];

    private readonly List<string> _folders = [];

    [Fact]
    public async Task Damage_OfEveryKindAtEveryPlace_IsNamedOrHarmless_AndTheAgentComesBack()
    {
        var world = await World(7);
        var other = await World(99);
        var silent = new List<string>();
        var counts = new SortedDictionary<string, (int Cases, int Named, int Harmless, int Recovered, long Saved, long Lost)>(StringComparer.Ordinal);
        foreach (var damage in new StoreDamage("agent.db", world.Snapshot, other.Snapshot, "another device's", Keys).All(bits: 100, seed: 20_261_121))
        {
            var seen = counts.GetValueOrDefault(damage.Place);
            seen.Cases++;
            var folder = Copy(world.Snapshot);
            damage.Do(folder);
            string? named, figures;
            try
            {
                (named, figures) = await Figures(folder, world);
            }
            catch (Exception unnamed)
            {
                silent.Add($"{damage.Place}, {damage.Kind}: {unnamed.GetType().Name} {unnamed.Message} {unnamed.StackTrace!.Split('\n').FirstOrDefault(line => line.Contains("EdgeHub", StringComparison.Ordinal))}");
                continue;
            }
            if (named is null)
            {
                if (world.Figures != figures)
                {
                    silent.Add($"{damage.Place}, {damage.Kind}: {Difference(world.Figures, figures!)}");
                }
                seen.Harmless++;
            }
            else
            {
                Assert.True(named.Length > 10, $"{damage.Place}, {damage.Kind}: {named}");
                seen.Named++;
                var report = await Recovered(folder, world, damage);
                (seen.Recovered, seen.Saved, seen.Lost) = (seen.Recovered + (report is null ? 0 : 1), seen.Saved + (report?.SavedLines ?? 0), seen.Lost + (report?.LostLines ?? 0));
            }
            counts[damage.Place] = seen;
            Directory.Delete(folder, recursive: true);
        }
        foreach (var (place, seen) in counts)
        {
            output.WriteLine($"{place}: {seen.Cases} cases, {seen.Named} detected by name, {seen.Harmless} harmless, {seen.Recovered} recovered, {seen.Saved} unsent lines saved, {seen.Lost} lost and named");
        }
        Assert.Empty(silent);
        Assert.True(counts.Values.Sum(seen => seen.Cases) > 200);
    }

    private static string Difference(string sound, string found) =>
        string.Join(" | ", sound.Split('\n').Zip(found.Split('\n')).Where(pair => pair.First != pair.Second).Take(1).Select(pair => $"{pair.First} became {pair.Second}"));

    /// <summary>An agent with acknowledged and unsent lines, its files as a power cut leaves them, and the hub as it stood then.</summary>
    private sealed record SoundWorld(string Snapshot, string Figures, IReadOnlyList<byte[]> HubLines, IReadOnlyList<byte[]> Lines, FakeHub Hub, SetClock Clock);

    private async Task<SoundWorld> World(ulong seed)
    {
        await using var station = await Station.StartIn(Station.NewFolder(), ownFolder: true, seed);
        var reversed = await station.Treat(1, 100m);
        for (var person = 2; person < 14; person++)
        {
            await station.Treat(person, 10m + person);
        }
        await station.Sync();
        // What stood until now moves into the file; what comes stands in the log, as a power cut leaves it.
        await station.Restart();
        await station.Sync();
        var acked = station.Hub.Lines.ToList();
        station.Hub.Up = false;
        await station.Reverse(reversed.Settlement);
        for (var person = 1; person < 20; person++)
        {
            await station.Treat(person, 20m + person, person % 2 == 0 ? "11" : "13");
        }
        var figures = await Told(station.Store);
        var lines = await station.Store.Do(session => station.Store.Journal.After(session, 1, 0, int.MaxValue, int.MaxValue).Select(row => row.Line).ToList());
        var snapshot = Copy(station.Folder);
        StoreDamage.CutTail(Path.Combine(snapshot, "agent.db-wal"));
        return new SoundWorld(snapshot, figures, acked, lines, station.Hub, station.Clock);
    }

    private static async Task<(string? Damage, string? Figures)> Figures(string folder, SoundWorld world)
    {
        // A look on a copy: opening a store moves its log.
        var copy = Directory.CreateTempSubdirectory("agent-test-look-").FullName;
        try
        {
            CopyInto(folder, copy);
            using var agent = await EdgeHub.Agent.Agent.Open(Options(copy), world.Clock, new SeededEntropy(5), IStoreWatch.None, ownThread: false);
            if (agent.Store.Damage is { } damage)
            {
                return (damage, null);
            }
            var telling = Told(agent.Store);
            while (agent.Store.WriteOnce())
            {
            }
            var told = await telling;
            // What the day's use does not read, the daily look does.
            return agent.Store.LookThrough() is { } found ? (found, null) : (null, told);
        }
        catch (StoreException named)
        {
            return (named.Message, null);
        }
        finally
        {
            Directory.Delete(copy, recursive: true);
        }
    }

    /// <summary>Everything that the store tells of money and persons.</summary>
    private static Task<string> Told(AgentStore store) => store.Do(session =>
    {
        var rows = session.Query<string>("""
            select settlement || ' ' || visit || ' ' || ordinal || ' ' || person || ' ' || civil_day || ' ' || service_day || ' ' || total || ' ' || fund || ' ' || account || ' ' || cash || ' ' || coalesce(reversal, '-') || ' ' || receipt from settlement order by 1
            """, new { });
        var persons = Enumerable.Range(1, 43).Select(number => store.Members.ByPerson(session, Reference.Person(number)) is { } member
            ? $"{member.Person} {member.Personal.Name} {member.Account} {member.Status} {string.Join(',', AccumulatorStore.Of(session, member.Person, "", Currency.Cny).Amounts.Select(each => $"{each.Key}={each.Value.MinorUnits}").Order(StringComparer.Ordinal))}" : $"{number}: nobody");
        var items = session.Query<string>("select code || name || class || category || limit0 || pre_self_pay || valid_first || valid_end from catalogue_item order by 1", new { });
        var books = session.Query<string>("select id || version || hash || book from policy_book order by 1", new { });
        var head = store.Journal.Head(session);
        return string.Join('\n', [.. rows, .. persons, .. items, .. books, $"{head.Epoch}/{head.Seq}/{Chain.Text(head.Hash.Span)}"]);
    });

    /// <summary>Null: only a backup of the keys helps, and it says so.</summary>
    private async Task<RecoveryReport?> Recovered(string folder, SoundWorld world, DamageCase damage)
    {
        world.Hub.Restore(1, world.HubLines);
        world.Hub.Up = true;
        world.Hub.EarlierLines.Clear();
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        var outcome = await Recover(folder, world, giveUp: false);
        if (outcome is RecoveryOutcome.Refused refused)
        {
            Assert.True(refused.Why.Faults[0].Field == "keys/device" || refused.Why.Code == Codes.BadSignature, refused.Why.Faults[0].ToString());
            Assert.Equal("keys/device.key", damage.Place);
            return null;
        }
        if (outcome is RecoveryOutcome.WouldLose would)
        {
            Assert.True(!LosesNothing.Contains(damage.Place) && (would.Report.LostLines > 0 || !would.Report.EndKnown), $"{damage.Place}, {damage.Kind}: {RecoveryReport.Shown(would.Report.Lost)}");
            outcome = await Recover(folder, world, giveUp: true);
        }
        Assert.True(outcome is RecoveryOutcome.Done, $"{damage.Place}, {damage.Kind}: {outcome}");
        var report = ((RecoveryOutcome.Done)outcome).Report;
        await using var station = await Reopened(folder, world);
        Assert.True(station.Store.Damage is null, $"{damage.Place}, {damage.Kind}: {station.Store.Damage}");
        Assert.Null((await station.Sync()).Failure);
        Assert.Equal(0, (await station.Sync()).Unacknowledged);
        // At the hub stands each line once, but for those that the report names.
        var lost = report.Lost.SelectMany(run => Enumerable.Range((int)run.From, (int)run.Count)).ToHashSet();
        Assert.All(lost, seq => Assert.InRange(seq, world.HubLines.Count + 1, world.Lines.Count));
        var known = report.EndKnown ? world.Lines.Count : Math.Max(world.HubLines.Count, (int)report.Saved.Concat(report.Lost).Select(run => run.Through).DefaultIfEmpty().Max());
        var expected = world.Lines.Take(known).Where((_, at) => !lost.Contains(at + 1)).Select(Settlement).Where(id => id is not null).Order();
        var there = world.Hub.EarlierLines.Concat(world.Hub.Lines).Select(Settlement).Where(id => id is not null).Order();
        Assert.True(expected.SequenceEqual(there), $"{damage.Place}, {damage.Kind}: expected {expected.Count()}, at the hub {there.Count()}, twice {there.Count() - there.Distinct().Count()}; hub {report.Hub}; saved {RecoveryReport.Shown(report.Saved)}; lost {RecoveryReport.Shown(report.Lost)}; at the hub earlier {world.Hub.EarlierLines.Count}, now {world.Hub.Lines.Count}: {string.Join(',', world.Hub.Entries().Select(entry => entry.Head.Kind))}");
        Assert.Equal(known - world.HubLines.Count, report.SavedLines + report.LostLines);
        // It works: somebody is treated, and what was settled before is known where its line was found.
        Station.Settled(await station.Settle((await station.CheckIn(30)).Visit, station.Bill(15m, "behind the recovery")));
        Assert.Equal(0, (await station.Sync()).Unacknowledged);
        return report;
    }

    private static async Task<RecoveryOutcome> Recover(string folder, SoundWorld world, bool giveUp)
    {
        using var held = StateFolder.Take(folder);
        var clock = new AgentClock(world.Clock, 0);
        return await new Recover(held, Options(folder), world.Hub, EdgeHub.Agent.Agent.VaultOf(held, new SeededEntropy(9)), new PlatformKeys(), clock, new SeededEntropy(9)).Run(giveUp, null, CancellationToken.None);
    }

    private static Task<Station> Reopened(string folder, SoundWorld world) => Station.Over(folder, world.Hub, world.Clock);

    private static Guid? Settlement(byte[] line) => JournalCodec.ReadHead(line, out var body).Kind == Kinds.VisitSettled ? JournalCodec.ReadBody<VisitSettled>(line.AsSpan(body)).Settlement : null;

    private static AgentOptions Options(string folder) => new(folder, null, TimeSpan.Zero, true, TimeSpan.FromSeconds(5), null);

    private string Copy(string from)
    {
        var to = Directory.CreateTempSubdirectory("agent-test-damage-").FullName;
        _folders.Add(to);
        CopyInto(from, to);
        return to;
    }

    private static void CopyInto(string from, string to)
    {
        foreach (var file in Directory.GetFiles(from, "*", SearchOption.AllDirectories).Where(file => Path.GetFileName(file) != "agent.lock"))
        {
            var path = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.Copy(file, path);
        }
    }

    public void Dispose()
    {
        foreach (var folder in _folders.Where(Directory.Exists))
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
