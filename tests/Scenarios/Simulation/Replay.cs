using EdgeHub.Hub.Store;
using EdgeHub.Tests.Unit.Agent.Kit;

namespace EdgeHub.Tests.Scenarios.Simulation;

/// <summary>Promise 4: what came in, in its order, into a fresh hub to which nothing ever happens: it comes to the same.</summary>
internal sealed class Replay(World world)
{
    private IReadOnlyList<string> Looks =>
    [
        """
        select 'fact ' || f.device_no || '/' || f.epoch || '/' || f.seq || ' ' || f.settlement || ' ' || f.standing || coalesce(' ' || d.status || ' ' || d.code || ' ' || d.cause || ' ' || d.bears || ' '
            || d.fund || '/' || d.catastrophic || '/' || d.assistance || '/' || d.account || '/' || d.cash || ' ' || d.posting_month, '')
        from settlement_fact f left join decision d on d.region = f.region and d.device_no = f.device_no and d.epoch = f.epoch and d.seq = f.seq and d.version = f.decision_version
        """,
        "select 'accumulator ' || person || ' ' || accumulator || ' ' || amount from public_accumulator where amount <> 0",
        "select 'payable ' || settlement || ' ' || amount || ' ' || open || ' ' || paid from public_payable",
        "select 'balance ' || kind || ' ' || owner || ' ' || period || ' ' || currency || ' ' || fen from public_balance where fen <> 0",
        "select 'month ' || month || ' ' || currency || ' ' || kind || ' ' || sum(movement) from public_ledger_period_total group by month, currency, kind",
        "select 'aside ' || device_no || '/' || epoch || '/' || seq || ' ' || code || ' ' || owner from public_quarantine where released_ms is null",
        "select 'case ' || kind || ' ' || subject || ' ' || amount || ' ' || status from public_recovery_case",
        $"select 'head ' || device || ' ' || epoch || '/' || seq || ' ' || {world.Hub.Hex("hash")} from public_device_head",
        "select 'member ' || person || ' ' || account || ' ' || status || ' ' || cover_end from public_member",
        "select 'refund ' || refund || ' ' || amount || ' ' || posting_month from settlement_refund",
    ];

    /// <returns>What is only here, and what is only there; both empty: the same.</returns>
    public (IReadOnlyList<string> OnlyHere, IReadOnlyList<string> OnlyThere) Compare()
    {
        var time = new VirtualTime(world.Time.Start);
        using var fresh = world.OtherHub(time);
        foreach (var op in world.Hub.Log)
        {
            time.Back(op.At);
            try
            {
                if (op.Commits is null)
                {
                    op.Do(fresh);
                }
                else
                {
                    fresh.DoPart(op);
                }
            }
            catch (EdgeHub.Rules.FaultException)
            {
                // It was refused the first time too, and that was written down.
            }
            if (op.Version is { } version)
            {
                fresh.Store.Write(session => { Counters.Raise(session, Reference.Region, FeedVersions.Counter, version); return true; });
            }
        }
        time.Back(world.Time.Now);
        fresh.SettleAll();
        var (here, there) = (State(world.Hub), State(fresh));
        world.Forget(fresh);
        return ([.. here.Except(there)], [.. there.Except(here)]);
    }

    private HashSet<string> State(SimHub hub) => [.. Looks.SelectMany(hub.Query<string>)];
}
