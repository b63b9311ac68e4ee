using EdgeHub.Agent;
using EdgeHub.Agent.Access;
using EdgeHub.Agent.CheckIn;
using EdgeHub.Agent.Settlement;
using EdgeHub.Agent.Store;
using EdgeHub.Agent.Sync;
using EdgeHub.Rules;
using EdgeHub.Sync.Seams;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace EdgeHub.Tests.Scenarios.Differential;

/// <summary>A clinic with its real agent in this process, and the people who come to it.</summary>
internal sealed class DifferentialSite : IDisposable
{
    private readonly EdgeHub.Agent.Agent _agent;
    private readonly ServiceProvider _parts;
    private readonly HttpHubLine _line = new();

    private DifferentialSite(string code, int level, EdgeHub.Agent.Agent agent)
    {
        (Code, Level, _agent) = (code, level, agent);
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.ClearProviders());
        agent.AddTo(services, _line);
        _parts = services.BuildServiceProvider();
    }

    public string Code { get; }
    public int Level { get; }
    public AgentStore Store => _agent.Store;

    public static async Task<DifferentialSite> Open(string folder, string code, int level, TimeProvider clock)
    {
        var options = new AgentOptions(folder, null, TimeSpan.Zero, true, TimeSpan.FromHours(1), null);
        return new DifferentialSite(code, level, await EdgeHub.Agent.Agent.Open(options, clock, new SystemEntropy(), IStoreWatch.None));
    }

    public async Task Enrol(string hub, string code)
    {
        Assert.IsType<EnrolOutcome.Enrolled>(await _parts.GetRequiredService<Enrol>().With(new EnrolAsked(hub, code), default));
        await Sync();
    }

    /// <summary>One round with the hub, to its end.</summary>
    public async Task<SyncReport> Sync()
    {
        var report = await _parts.GetRequiredService<SyncWorker>().Now(default);
        Assert.True(report.Heard && report.Failure is null, $"{Code}: {report.Failure}");
        return report;
    }

    /// <summary>Checks a person in; the visit's id.</summary>
    public async Task<string> CheckIn(int person, string visitType)
    {
        var outcome = await _parts.GetRequiredService<CheckIn>().Open(
            new CheckInRequest(visitType, new EvidenceGiven("idnumber", DifferentialPersons.IdNumber(person), null), "op"));
        return outcome is CheckInOutcome.Opened opened
            ? opened.Visit.Visit
            : throw new InvalidOperationException($"{Code} {person}: {((CheckInOutcome.Refused)outcome).Why.Code}");
    }

    public async Task<byte[]> Settle(string visit, SettleRequest bill) => Done(await _parts.GetRequiredService<SettleVisit>().Settle(visit, bill, default));

    /// <summary>Whether it was taken back; a later settlement of the person on the same accumulators is in the way of it.</summary>
    public async Task<bool> Reverse(string settlement, string key)
    {
        var outcome = await _parts.GetRequiredService<ReverseVisit>().Reverse(settlement, new ReverseRequest(key, "typed wrongly", "op"));
        if (outcome is MoneyOutcome.Refused refused)
        {
            Assert.Contains(refused.Why.Code, (string[])[Codes.LaterSettlementFirst, Codes.AlreadyReversed, Codes.RefundAlreadyPaid]);
            return false;
        }
        return true;
    }

    /// <summary>Whether something of it was given back: the first line alone remains, and of it nothing is left out. In the way of it
    /// stands the same as of a reversal.</summary>
    public async Task<string?> KeepFirstLine(string settlement, string key)
    {
        var outcome = await _parts.GetRequiredService<RefundPart>().Refund(settlement, new PartRefundRequest(key, [new LineRemains(1, null, null)], "one thing alone was given", "op", null));
        if (outcome is MoneyOutcome.Done done)
        {
            return System.Text.Json.Nodes.JsonNode.Parse(done.Json)!["now"]!["settlement"]!.GetValue<string>();
        }
        Assert.Contains(((MoneyOutcome.Refused)outcome).Why.Code, (string[])[Codes.LaterSettlementFirst, Codes.AlreadyReversed, Codes.RefundAlreadyPaid]);
        return null;
    }

    /// <summary>What this agent would compute with for a person, without zeros, as "person key amount".</summary>
    public Task<IReadOnlyList<string>> Accumulators(IReadOnlyList<string> persons) => Store.Do(session => (IReadOnlyList<string>)
        [.. persons.SelectMany(person => AccumulatorStore.Of(session, person, "", Currency.Cny).Amounts
            .Where(amount => amount.Value.MinorUnits != 0 && !amount.Key.Scope.StartsWith("account:", StringComparison.Ordinal))
            .Select(amount => $"{person} {amount.Key} {amount.Value.MinorUnits}"))]);

    private static byte[] Done(MoneyOutcome outcome) => outcome is MoneyOutcome.Done done
        ? done.Json
        : throw new InvalidOperationException(string.Join("; ", ((MoneyOutcome.Refused)outcome).Why.Faults));

    public void Dispose()
    {
        _parts.Dispose();
        _line.Dispose();
        _agent.Dispose();
    }
}
