using System.Globalization;
using EdgeHub.Hub;
using EdgeHub.Tests.Unit.Hub.Lab;
using FsCheck;
using FsCheck.Fluent;

namespace EdgeHub.Tests.Unit.Hub.Slow;

/// <summary>Journals of several devices, delivered in any order, split anywhere, sealed again in new epochs: the hub comes to what the
/// slow model says. Decisions' statuses and shares, accumulators, payables and balances are equal.</summary>
public sealed class SlowHubTests
{
    /// <summary>EDGEHUB_STORIES: how many stories are played, 25 where it says nothing.</summary>
    private static readonly int Stories =
        int.TryParse(Environment.GetEnvironmentVariable("EDGEHUB_STORIES"), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 25;

    [Fact]
    public void Settle_AnyOrderOfArrival_ComesToWhatTheModelSays()
    {
        var orders = Gen.Choose(0, 999).ArrayOf(60);
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(Stories).WithReplay(20250304UL, 11UL),
            Prop.ForAll(Gen.Choose(0, 10_000_000).Zip(orders, (seed, order) => (Seed: seed, Order: order)).ToArbitrary(), each =>
            {
                Compare(each.Seed, each.Order);
                return true;
            }));
    }

    [Theory]
    [InlineData(3744856)]
    public void Settle_StoriesThatOnceWentWrong(int seed) => Compare(seed, [.. Enumerable.Range(0, 60).Select(i => (i * 37) % 1000)]);

    [Fact]
    public void Story_HasEveryThingInIt()
    {
        var seen = Enumerable.Range(0, 40).SelectMany(seed =>
        {
            using var lab = new SettlementLab(LabPolicy.Layered);
            return SlowStory.Play(lab, seed).Entries.Select(entry => entry.Body.GetType().Name + (entry.Epoch > 1 ? " again" : ""));
        }).ToHashSet(StringComparer.Ordinal);

        Assert.Superset(new HashSet<string>(["VisitSettled", "VisitReversed", "VisitPartlyRefunded", "ReimbursementClaimed", "RefundPaid", "VisitSettled again", "VisitPartlyRefunded again"]), seen);
    }

    private static void Compare(int seed, int[] order)
    {
        using var lab = new SettlementLab(LabPolicy.Layered);
        var story = SlowStory.Play(lab, seed);
        var slow = new SlowHub(story.Entries, SlowStory.Members, SlowStory.RateKnownOn);
        var model = slow.End();
        foreach (var number in order)
        {
            story.Sites[number % story.Sites.Count].Send(1 + (number / 10 % 4));
            if (number % 3 == 0)
            {
                lab.SettleAll();
            }
        }
        foreach (var site in story.Sites.OrderBy(site => order[0] % (site.DeviceNo + 1)))
        {
            site.Send();
        }
        lab.SettleAll();
        var hub = Snapshot(lab, slow.Plain);
        Assert.True(model == hub, $"seed {seed}: only in the model:\n{Only(model, hub)}\nonly at the hub:\n{Only(hub, model)}\nheld against a site:\n{Faults(lab)}");
        Assert.Null(lab.Store.Read(session => VerifyCommand.Run(session, SettlementLab.Region)).First);
    }

    /// <summary>Sites of a story are honest: none of these should be.</summary>
    private static string Faults(SettlementLab lab) => string.Join('\n', lab.Query<string>("""
        select f.device_no || '/' || f.epoch || '/' || f.seq || ' ' || f.kind || ' ' || d.cause || ' claims ' || f.claimed_moves || ' true ' || d.moves
        from settlement_fact f join decision d on d.region = f.region and d.device_no = f.device_no and d.epoch = f.epoch and d.seq = f.seq and d.version = f.decision_version
        where d.bears = 'Institution'
        """));

    private static string Only(string here, string there) => string.Join('\n', here.Split('\n').Except(there.Split('\n')));

    /// <param name="plain">Refunds that are told by those who bear them.</param>
    private static string Snapshot(SettlementLab lab, IReadOnlyCollection<string> plain) => string.Join('\n',
    [
        .. lab.Query<string>("""
            select f.device_no || '/' || f.epoch || '/' || f.seq || ' ' || f.standing || coalesce(
                ' ' || d.status || ' ' || d.code || ' ' || d.fund || '/' || d.catastrophic || '/' || d.assistance || '/' || d.account || '/' || d.cash, '')
            from settlement_fact f left join decision d on d.region = f.region and d.device_no = f.device_no and d.epoch = f.epoch and d.seq = f.seq and d.version = f.decision_version
            """).Order(StringComparer.Ordinal),
        .. lab.Query<string>("""
            select person || ' ' || replace(accumulator, '/Year/2025/*', '') || ' ' || amount from public_accumulator
            where amount <> 0 and accumulator like '%/Year/2025/*'
            """).Order(StringComparer.Ordinal),
        .. lab.Query<string>("select settlement || ' ' || amount || ' ' || paid from public_payable where amount <> 0 or paid <> 0").Order(StringComparer.Ordinal),
        .. lab.Query<string>("""
            select name || ' ' || sum(fen) from (
                select case when kind = 'SettledPool' or (kind = 'Suspense' and owner <> 'assistance') or (event like 'RefundPaidFor%' and kind <> 'PayableTo') then 'Site'
                       else kind end || ' ' || owner as name, fen from public_ledger_leg) as each_one
            group by name having sum(fen) <> 0
            """).Order(StringComparer.Ordinal),
        .. lab.Query<string>("""
            select 'refund ' || substr(s.cause, 8) || ' ' || sum(case when l.kind = 'SettledPool' then l.fen else 0 end)
                   || '/' || sum(case when l.kind = 'SettledCatastrophic' then l.fen else 0 end) || '/' || sum(case when l.kind = 'SettledAssistance' then l.fen else 0 end)
            from public_ledger_set s join public_ledger_leg l on l.region = s.region and l.set_id = s.set_id where s.cause like 'refund/%' group by s.cause
            """).Where(line => plain.Contains(line.Split(' ')[1])).Order(StringComparer.Ordinal),
    ]);
}
