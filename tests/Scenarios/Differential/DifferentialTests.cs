using System.Text.Json.Nodes;
using EdgeHub.Agent.Settlement;
using EdgeHub.Hub;
using EdgeHub.Hub.AuditTrail;
using EdgeHub.Rules;
using EdgeHub.Tests.Checker;

namespace EdgeHub.Tests.Scenarios.Differential;

/// <summary>Edge against hub: real agents settle generated bills of a whole year, the real hub computes each of them again from what
/// the journal says and from its own catalogue, book, members and accumulators. Where the facts were equal, not one may differ.</summary>
public sealed class DifferentialTests
{
    /// <summary>In every run of the tests; EDGEHUB_DIFFERENTIAL_BILLS asks for another number, as the release's 100,000.</summary>
    private const int UsualBills = 10_000;
    private static readonly int Bills = Environment.GetEnvironmentVariable("EDGEHUB_DIFFERENTIAL_BILLS") is { Length: > 0 } asked
        ? int.Parse(asked, System.Globalization.CultureInfo.InvariantCulture)
        : UsualBills;
    private const int Persons = 3_200;

    /// <summary>Persons from here on go to two sites between which nothing is exchanged for a while.</summary>
    private const int TwoSites = 3_160;
    private const int Rounds = 24;
    private const int Abreast = 12;

    [Fact]
    public async Task Year_OfGeneratedBills_HubDecidesAsTheEdgeSettled()
    {
        await using var world = await DifferentialWorld.Start(Persons);
        var stale = new List<string>();
        for (var round = 0; round < Rounds; round++)
        {
            var made = await Task.WhenAll(world.At.Select((_, site) => Task.Run(() => Work(world, site, round))));
            stale.AddRange(made.SelectMany(each => each));
            await world.Quiet();
            world.Clock.Advance(TimeSpan.FromDays(14.5));
            await Task.WhenAll(world.At.Select(site => site.Sync()));
        }
        Assert.Empty(world.Hub.Read(session => session.Query<string>("select code || ': ' || detail from public_quarantine limit 5")));
        var bills = Count(world, "select count(*) from settlement_fact");
        Assert.True(bills >= Bills, $"{bills} bills");
        AssertDecisions(world, stale);
        await AssertSameAccumulators(world);
        var notes = world.Hub.Read(session => VerifyCommand.Run(session, world.Hub.Region));
        Assert.True(notes.First is null, $"{notes.Differences} differences; the first: {notes.First}");
        AssertCheckedFromOutside(world);
    }

    /// <summary>The checker, which knows none of our code, counts an export of the year once more.</summary>
    private static void AssertCheckedFromOutside(DifferentialWorld world)
    {
        var export = Directory.CreateTempSubdirectory("differential-export-");
        try
        {
            AuditExport.Write(world.Hub, export, AuditRange.Of(null, null));
            var errors = new StringWriter();
            Assert.True(Check.Run([export.FullName, "--key", world.Hub.Keys.Signer.KeyId], TextWriter.Null, errors) == 0, errors.ToString());
        }
        finally
        {
            export.Delete(recursive: true);
        }
    }

    /// <summary>One site's round; gives the settlements whose accumulators may have been stale.</summary>
    private static async Task<List<string>> Work(DifferentialWorld world, int site, int round)
    {
        var bills = new DifferentialBills(1_000 * (round + 1) + site);
        var left = Bills / (Rounds * DifferentialWorld.Sites) + 1;
        var queues = Enumerable.Range(0, Abreast).Select(async lane =>
        {
            while (Interlocked.Decrement(ref left) >= 0)
            {
                int person, parts;
                string visitType;
                lock (bills)
                {
                    // A person is one lane's alone, as it is one counter's alone at a time.
                    person = PersonOf(bills, site, lane);
                    (visitType, parts) = (bills.VisitType(), bills.Below(4) + 1);
                }
                var visit = await world.At[site].CheckIn(person, visitType);
                for (var ordinal = 1; ordinal <= parts; ordinal++)
                {
                    await Part(world.At[site], bills, visit, visitType, ordinal, null);
                    if (ordinal < parts)
                    {
                        Interlocked.Decrement(ref left);
                    }
                }
            }
        });
        await Task.WhenAll(queues);
        return [.. await Stale(world.At[site], bills, site, round), .. await Stale(world.At[site], bills, (site + 1) % DifferentialWorld.Sites, round)];
    }

    private static async Task Part(DifferentialSite site, DifferentialBills bills, string visit, string visitType, int ordinal, List<string>? stale)
    {
        SettleRequest bill;
        int then;
        string key;
        lock (bills)
        {
            (bill, then, key) = (bills.Bill(visitType, ordinal), bills.Below(40), bills.Key());
        }
        var settlement = JsonNode.Parse(await site.Settle(visit, bill))!["settlement"]!.GetValue<string>();
        Note(stale, settlement);
        if (then == 0)
        {
            await site.Reverse(settlement, key);
        }
        else if (then == 1 && bill.Lines!.Count > 1 && await site.KeepFirstLine(settlement, key) is { } remains)
        {
            Note(stale, remains);
        }
    }

    private static void Note(List<string>? stale, string settlement)
    {
        if (stale is not null)
        {
            lock (stale)
            {
                stale.Add(settlement);
            }
        }
    }

    /// <summary>Of the site's own families, one of those that are this lane's.</summary>
    private static int PersonOf(DifferentialBills bills, int site, int lane)
    {
        for (; ; )
        {
            var person = bills.Below(TwoSites);
            if (DifferentialPersons.HomeOf(person, DifferentialWorld.Sites) == site && person / DifferentialPersons.FamilySize / DifferentialWorld.Sites % Abreast == lane)
            {
                return person;
            }
        }
    }

    /// <summary>A member of the family that goes to this site and its neighbour in the same round, before either has told the hub.</summary>
    private static async Task<List<string>> Stale(DifferentialSite at, DifferentialBills bills, int home, int round)
    {
        var stale = new List<string>();
        var person = TwoSites + home * DifferentialPersons.FamilySize + round % DifferentialPersons.FamilySize;
        var visitType = bills.VisitType();
        var visit = await at.CheckIn(person, visitType);
        for (var ordinal = 1; ordinal <= 2; ordinal++)
        {
            await Part(at, bills, visit, visitType, ordinal, stale);
        }
        return stale;
    }

    private static void AssertDecisions(DifferentialWorld world, IReadOnlyCollection<string> stale)
    {
        var decisions = world.Hub.Read(session => session.Query<Decided>(
            "select settlement as Settlement, status as Status, code as Code, cause as Cause, fund_difference as Difference from public_decision"));
        var mayDiffer = stale.ToHashSet(StringComparer.Ordinal);
        var wrong = decisions.Where(each => each.Status == "Adjusted" && !mayDiffer.Contains(each.Settlement.ToString("D"))).ToList();
        Assert.True(wrong.Count == 0, $"{wrong.Count} differ; the first: {wrong.FirstOrDefault()}");
        Assert.DoesNotContain(decisions, each => each.Status == "Refused");
        var adjusted = decisions.Where(each => each.Status == "Adjusted").ToList();
        Assert.NotEmpty(adjusted);
        Assert.All(adjusted, each => Assert.Contains(each.Cause, (string[])[Codes.AccumulatorsStale, Codes.EarlierVisitReversed]));
    }

    private static async Task AssertSameAccumulators(DifferentialWorld world)
    {
        var hub = world.Hub.Read(session => session.Query<string>("select person || ' ' || accumulator || ' ' || amount from public_accumulator where amount <> 0"))
            .ToHashSet(StringComparer.Ordinal);
        Assert.NotEmpty(hub);
        for (var site = 0; site < DifferentialWorld.Sites; site++)
        {
            var here = Enumerable.Range(0, Persons).Where(person => DifferentialPersons.HomeOf(person, DifferentialWorld.Sites) == site).Select(DifferentialPersons.Number).ToList();
            var expected = hub.Where(line => here.Contains(line[..line.IndexOf(' ', StringComparison.Ordinal)])).Order(StringComparer.Ordinal);
            Assert.Equal(expected, (await world.At[site].Accumulators(here)).Order(StringComparer.Ordinal));
        }
    }

    private static long Count(DifferentialWorld world, string sql) => world.Hub.Read(session => session.ExecuteScalar<long>(sql));

    private sealed record Decided
    {
        public Guid Settlement { get; set; }
        public string Status { get; set; } = "";
        public string Code { get; set; } = "";
        public string Cause { get; set; } = "";
        public long Difference { get; set; }
    }
}
