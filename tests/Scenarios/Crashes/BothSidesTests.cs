using System.Diagnostics;
using System.Globalization;
using EdgeHub.Hub.Feeds;
using EdgeHub.Sync.Stores;
using EdgeHub.Tests.Scenarios.Joined;
using EdgeHub.Tests.Unit.Agent.Kit;
using Xunit.Abstractions;

namespace EdgeHub.Tests.Scenarios.Crashes;

/// <summary>Two clinics and their hub as they are in service: processes, files, HTTP. Each dies again and again in moments that a seed draws, by
/// kill -9 or by a power cut under its store, while patients are settled. In the end everything that a clinic was told stands at the agent
/// and at the hub, once, with the same amounts.</summary>
public sealed class BothSidesTests(ITestOutputHelper output)
{
    /// <summary>Each side dies so often at least, however slow the machine is.</summary>
    private const int FewestDeaths = 4;

    private const int UsualSeconds = 20;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);
    private readonly SetClock _clock = new(Station.Morning);

    [PowerCutFact]
    public async Task Crashes_OfAgentsAndHub_LoseNothingThatWasConfirmedAndMakeNothingTwice()
    {
        var (seed, seconds) = (Number("EDGEHUB_CRASH_SEED", 20_251), Number("EDGEHUB_CRASH_SECONDS", UsualSeconds));
        await using var hub = await JoinedHub.Start(_clock);
        // A clinic that has just come up counts as offline until it has heard the hub: the county's limits for that are not what is tried here.
        ParameterFile.Load(hub.Store,
        [
            new ParameterRow("offline.after_minutes", "10080", "minutes"), new ParameterRow("offline.outpatient.count_per_person_day", "100000", ""),
            new ParameterRow("offline.outpatient.fund_per_person_day", "100000000", "fen"), new ParameterRow("unacknowledged.count", "100000", ""), new ParameterRow("unacknowledged.fund", "100000000000", "fen"),
        ]);
        await using var first = await JoinedAgent.Enrol(hub, JoinedHub.Clinic, _clock);
        await using var second = await JoinedAgent.Enrol(hub, JoinedHub.OtherClinic, _clock);
        await first.Close();
        await second.Close();
        await hub.Close();
        var (clinics, dying) = (new[] { new CrashingClinic(first, seed + 1), new CrashingClinic(second, seed + 2) }, new CrashingHub(hub, seed));

        var since = Stopwatch.StartNew();
        bool IsEnough() => since.Elapsed > Patience || (since.Elapsed.TotalSeconds > seconds && dying.Deaths.All >= FewestDeaths && clinics.All(clinic => clinic.Deaths.All >= FewestDeaths));
        await Task.WhenAll([dying.Run(IsEnough), .. clinics.Select(clinic => clinic.Run(IsEnough))]);

        await Last(dying, clinics);
        await hub.Open();
        await first.Open();
        await second.Open();
        await Quiet.Reach(hub, first, second);
        var losses = await Losses(hub, clinics.Zip([first, second]));
        output.WriteLine($"seed {seed}, {since.Elapsed.TotalSeconds:0} s. Hub: {dying.Deaths}. Agents: {string.Join("; ", clinics.Select(clinic => clinic.Deaths))}.");
        output.WriteLine($"{clinics.Sum(clinic => clinic.Confirmed.Count)} settlements confirmed, {clinics.Sum(clinic => clinic.Unheard)} asked again under their key because a death took the answer, {losses} lost or changed");
        Assert.Equal(0, losses);
        Assert.True(dying.Deaths.All >= FewestDeaths && clinics.All(clinic => clinic.Deaths.All >= FewestDeaths && !clinic.Confirmed.IsEmpty), "Too little happened.");
    }

    /// <summary>Once more all are up: every request gets its one answer, every journal goes to the hub; then all are killed.</summary>
    private static async Task Last(CrashingHub dying, CrashingClinic[] clinics)
    {
        using var hub = dying.Begin([]);
        Assert.True(await hub.Ready(), "The hub did not come up again.");
        foreach (var clinic in clinics)
        {
            using var agent = clinic.Begin([]);
            Assert.True(await agent.Ready(), "The agent did not come up again.");
            await clinic.AskAll(agent);
            var since = Stopwatch.StartNew();
            while ((await agent.Post("/api/v1/sync", new { })).Body is not { } report || report["unacknowledged"]!.GetValue<long>() > 0 || !report["heard"]!.GetValue<bool>())
            {
                Assert.True(since.Elapsed < Patience, "The agent does not get rid of its journal.");
                await Task.Delay(50);
            }
            agent.Kill();
        }
        hub.Kill();
    }

    /// <summary>What was confirmed and is not at both sides with the amounts that were told; and what is there without having been confirmed.</summary>
    private static async Task<int> Losses(JoinedHub hub, IEnumerable<(CrashingClinic Clinic, JoinedAgent Agent)> clinics)
    {
        var (losses, lines, settled) = (0, 0L, 0);
        foreach (var (clinic, agent) in clinics)
        {
            Assert.Null(agent.Store.Damage);
            var told = clinic.Confirmed.Values.Select(Shown).Order(StringComparer.Ordinal).ToList();
            var here = await agent.Store.Do(session => Rows(session, "settlement", "fund", "account", "cash", ""));
            var there = hub.Store.Read(session => Rows(session, "settlement_fact", "claimed_fund", "claimed_account", "claimed_cash", $"where site = '{agent.Store.Site!.Site}'"));
            losses += told.Except(here).Union(told.Except(there)).Count() + Math.Abs(here.Count - told.Count) + Math.Abs(there.Count - told.Count);
            settled += told.Count;
            lines += (await agent.Status())["seq"]!.GetValue<long>();
        }
        Assert.Equal(lines, hub.Number("select count(*) from entry"));
        Assert.Equal(settled, hub.Number("select count(*) from settlement_fact where standing = 'Stands'"));
        return losses;
    }

    private static List<string> Rows(StoreSession session, string table, string fund, string account, string cash, string which) =>
        [.. session.Query<string>($"select lower(cast(settlement as text)) || ' ' || total || ' ' || {fund} || ' ' || {account} || ' ' || {cash} from {table} {which}", new { }).Order(StringComparer.Ordinal)];

    private static string Shown(Told told) => string.Create(CultureInfo.InvariantCulture, $"{told.Settlement} {told.Total} {told.Fund} {told.Account} {told.Cash}");

    private static int Number(string name, int usual) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var given) ? given : usual;
}
