using System.Globalization;
using EdgeHub.Hub;
using EdgeHub.Tests.Unit.Hub.Lab;
using FsCheck;
using FsCheck.Fluent;

namespace EdgeHub.Tests.Unit.Hub.Settlement;

/// <summary>Whatever order the sites' batches come in, however they are split and however often the step runs between them, the end
/// is the same: decisions, balances, accumulators, payables, cases, rollup.</summary>
public sealed class ArrivalOrderTests
{
    private const int Sites = 3;
    private static readonly string[] Persons = ["53092400000001", "53092400000002"];

    /// <summary>Cases of each book; EDGEHUB_STORIES says another number.</summary>
    private static readonly int Cases =
        int.TryParse(Environment.GetEnvironmentVariable("EDGEHUB_STORIES"), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 3;

    [Theory]
    [InlineData("a year's deductible")]
    [InlineData("layers")]
    [InlineData("a day's and a year's cap")]
    [InlineData("visit")]
    [InlineData("month")]
    [InlineData("quarter")]
    [InlineData("institution_year")]
    public void Settle_AnyOrderOfArrival_GivesTheSameEnd(string book)
    {
        var deliveries = ArbMap.Default.ArbFor<int>().Generator.Where(number => number >= 0).ArrayOf(40);
        var story = Gen.Choose(0, 1_000_000);
        var both = story.Zip(deliveries, (seed, order) => (Seed: seed, Order: order));
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(Cases).WithReplay(20250303UL + (ulong)book.Length, 7UL),
            Prop.ForAll(both.ToArbitrary(), each =>
            {
                Assert.Equal(End(book, each.Seed, order: null), End(book, each.Seed, each.Order));
                return true;
            }));
    }

    private static string Book(string name) => name switch
    {
        "a year's deductible" => LabPolicy.Yearly,
        "layers" => LabPolicy.Layered,
        "a day's and a year's cap" => LabPolicy.Capped,
        _ => LabPolicy.Of(1, "2024-12-20", name, "80.00", "0.6", "", "400.00"),
    };

    /// <summary>Plays one story and delivers it: all at once and judged together, or in the given order and judged one by one.</summary>
    private static string[] End(string book, int seed, int[]? order)
    {
        using var lab = new SettlementLab(Book(book), together: order is null ? null : 1);
        var sites = Play(lab, seed);
        if (order is null)
        {
            foreach (var site in sites)
            {
                site.Send();
            }
        }
        else
        {
            foreach (var number in order)
            {
                sites[number % Sites].Send(1 + (number / Sites % 3));
                if (number % 4 == 0)
                {
                    lab.SettleAll();
                }
            }
            foreach (var site in sites.Reverse())
            {
                site.Send();
                lab.SettleAll();
            }
        }
        lab.SettleAll();
        lab.SettleAll();
        Assert.Null(lab.Store.Read(session => VerifyCommand.Run(session, SettlementLab.Region)).First);
        return Snapshot(lab);
    }

    /// <summary>A story that the seed decides: visits, reversals, refunds, second settlements of a visit, unknown kinds.</summary>
    private static LabSite[] Play(SettlementLab lab, int seed)
    {
        foreach (var person in Persons)
        {
            lab.Person(person, account: 5000);
        }
        var sites = Enumerable.Range(0, Sites).Select(i => lab.Site($"53092410020{i}", i + 1, level: i == 2 ? 1 : 0, type: i == 1 ? "private_hospital" : "village_clinic")).ToArray();
        var dice = new EdgeHub.Sync.Seams.SeededEntropy((ulong)seed);
        var settled = new List<(LabSite Site, EdgeHub.Sync.Journal.VisitSettled Body)>();
        foreach (var site in sites)
        {
            foreach (var person in Persons)
            {
                site.KnowsAccount(person, 5000);
            }
        }
        for (var i = 0; i < 14; i++)
        {
            var site = sites[Roll(Sites)];
            var day = $"2025-03-{1 + Roll(9):00}";
            switch (Roll(8))
            {
                case 0 when settled.Count > 0:
                    var last = settled[Roll(settled.Count)];
                    last.Site.Reverse(last.Body, day);
                    break;
                case 1 when settled.Count > 0:
                    site.Refund(settled[Roll(settled.Count)].Body, 1 + Roll(5000), day);
                    break;
                case 2:
                    site.Write("NoSuchKind", day, new EdgeHub.Sync.Journal.EvidenceKept("v", "p", "r", "op"));
                    break;
                default:
                    var visit = Roll(6) == 0 && settled.Count > 0 ? settled[^1] : default;
                    var at = visit.Site ?? site;
                    settled.Add((at, at.Settle(Persons[Roll(2)], day, (1 + Roll(40_000)) / 100m * 3m, useAccount: Roll(2) == 0, item: Roll(3) == 0 ? "B1" : "A1", visit: visit.Body?.Visit)));
                    break;
            }
        }
        return sites;

        int Roll(int sides)
        {
            Span<byte> four = stackalloc byte[4];
            dice.Fill(four);
            return (int)(BitConverter.ToUInt32(four) % (uint)sides);
        }
    }

    /// <summary>What was ever owed, and so how much of a refund is credited to which payer and how much lies in Suspense, follows the decisions
    /// that there were: it depends on the arrival, and only their sum is compared.</summary>
    private static string[] Snapshot(SettlementLab lab) => [.. new[]
    {
        "select f.device_no || '/' || f.seq || ' ' || f.standing || ' ' || d.status || ' ' || d.code || ' ' || d.cause || ' ' || d.fund || ' ' || d.account || ' ' || d.cash || ' ' || d.bears || ' ' || d.moves from settlement_fact f left join decision d on d.device_no = f.device_no and d.epoch = f.epoch and d.seq = f.seq and d.version = f.decision_version order by 1",
        "select case when kind in ('Suspense', 'SettledCatastrophic', 'SettledAssistance') then 'SettledPool' else kind end || ' ' || owner || ' ' || period || ' ' || sum(fen) from public_balance group by case when kind in ('Suspense', 'SettledCatastrophic', 'SettledAssistance') then 'SettledPool' else kind end, owner, period having sum(fen) <> 0 order by 1",
        "select person || ' ' || accumulator || ' ' || amount from public_accumulator where amount <> 0 order by 1",
        "select settlement || ' ' || amount || ' ' || paid from public_payable where amount <> 0 or paid <> 0 order by 1",
        "select kind || ' ' || subject || ' ' || amount from public_recovery_case where status = 'Open' order by 1",
        "select site || ' ' || seq || ' ' || code from public_quarantine where released_ms is null order by 1",
        "select service_month || institution || visit_type || ' ' || visits || ' ' || total || ' ' || fund || ' ' || account || ' ' || cash || ' ' || owed || ' ' || offline_difference || ' ' || receivable from public_decided_rollup where visits <> 0 or fund <> 0 order by 1",
    }.SelectMany(sql => lab.Query<string>(sql))];
}
