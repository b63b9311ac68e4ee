using EdgeHub.Sync.Journal;
using EdgeHub.Tests.Unit.Hub.Slow;

namespace EdgeHub.Tests.Scenarios.Simulation;

// What the hub must have come to, worked out in one go by a plain model from every line that was ever written.
internal sealed partial class Auditor
{
    private const int MostShown = 4;

    /// <summary>Promises 2 to 5 in figures: standings, decisions, accumulators, payables and balances as the model has them; each receipt
    /// computed again on what the clinic knew.</summary>
    private void ModelAgrees(IReadOnlyList<HubLine> lines)
    {
        var entries = Filed(lines);
        // The machine of other versions knows no layers; the hub adds them.
        foreach (var (entry, settled) in entries.Where(entry => entry.Site != Clerk.Sites[^1]).SelectMany(entry => Settled(entry.Body).Select(settled => (entry, settled))))
        {
            var plain = PlainBill.Of(settled, world.Clerk.Books.RateOf(settled.Policy.Version));
            Check(5, plain == Five.Of(settled.Shares), () => $"{entry.Name} of {entry.Site}: on its own accumulators the bill gives {plain}, the clinic said {Five.Of(settled.Shares)}");
        }
        if (world.Clerk.IsWild)
        {
            return;
        }
        var slow = new SlowHub(entries, world.Clerk.Members, Rates);
        var model = slow.End().Split('\n').Where(line => line.Length > 0).ToHashSet(StringComparer.Ordinal);
        var hub = Figures(slow.Plain).ToHashSet(StringComparer.Ordinal);
        foreach (var group in model.Except(hub).Select(line => (Line: line, Where: "only in the model")).Concat(hub.Except(model).Select(line => (Line: line, Where: "only at the hub")))
            .GroupBy(each => Promise(each.Line)))
        {
            Check(group.Key, false, () => string.Join("; ", group.Take(MostShown).Select(each => $"{each.Where}: {each.Line}")));
        }
        DecisionsExplained(slow.Why);
    }

    private readonly Dictionary<DateOnly, decimal> _rates = [];

    private decimal Rates(DateOnly day) => _rates.TryGetValue(day, out var rate) ? rate : _rates[day] = world.Clerk.Books.RateKnownOn(day);

    private static int Promise(string line) => line.Split(' ') is [var name, var what, ..] && name.Split('/').Length == 3
        ? what is "Stands" or "Duplicate" or "Repeated" ? 2 : 5
        : line.Length > 1 && line[0] == 'P' && char.IsAsciiDigit(line[1]) ? 4 : 3;

    private static IEnumerable<VisitSettled> Settled(object body) => body switch
    {
        VisitSettled settled => [settled],
        VisitPartlyRefunded refunded => [refunded.Now],
        _ => [],
    };

    /// <summary>The lines that claim money, each with the time by which it is ordered: captured and the known offset, never before the
    /// device's line before and never five minutes behind the receipt (promise 7). What stands aside counts nowhere; what waits there for another
    /// line is the model's to judge: it must come to the same, that this line is missing.</summary>
    private List<SlowEntry> Filed(IReadOnlyList<HubLine> lines)
    {
        const long ahead = 5 * 60 * 1000;
        var aside = world.Hub.Query<string>("select device_no || '/' || epoch || '/' || seq from public_quarantine where released_ms is null and waits_for = ''").ToHashSet(StringComparer.Ordinal);
        var filed = world.Hub.Query<FiledRow>("select device_no as DeviceNo, epoch as Epoch, seq as Seq, captured_effective_ms as Ms from entry").ToDictionary(row => (row.DeviceNo, row.Epoch, row.Seq), row => row.Ms);
        var before = new Dictionary<long, long>();
        var entries = new List<SlowEntry>();
        // Numbers of segments are handed out in blocks where several processes serve: they say nothing of the order.
        foreach (var line in lines.OrderBy(each => (each.DeviceNo, each.Epoch, each.Seq)))
        {
            var head = JournalCodec.ReadHead(line.Line.Span, out var range);
            var claimed = head.Captured.ToUnixTimeMilliseconds() + (head.Clock.OffsetMilliseconds ?? 0);
            var effective = before[line.DeviceNo] = Math.Max(before.GetValueOrDefault(line.DeviceNo), Math.Min(claimed, line.ReceivedMs + ahead));
            Check(7, filed[(line.DeviceNo, line.Epoch, line.Seq)] == effective, () => $"{line.DeviceNo}/{line.Epoch}/{line.Seq} is filed at {filed[(line.DeviceNo, line.Epoch, line.Seq)]}, not at {effective}");
            if (!aside.Contains($"{line.DeviceNo}/{line.Epoch}/{line.Seq}") && Body(head.Kind, line.Line.Span[range]) is { } body)
            {
                entries.Add(new SlowEntry(line.Site, line.DeviceNo, line.Epoch, line.Seq, effective, body));
            }
        }
        return entries;
    }

    private static object? Body(string kind, ReadOnlySpan<byte> body) => kind switch
    {
        Kinds.VisitSettled => JournalCodec.ReadBody<VisitSettled>(body),
        Kinds.VisitReversed => JournalCodec.ReadBody<VisitReversed>(body),
        Kinds.VisitPartlyRefunded => JournalCodec.ReadBody<VisitPartlyRefunded>(body),
        Kinds.ReimbursementClaimed => JournalCodec.ReadBody<ReimbursementClaimed>(body),
        Kinds.RefundPaid => JournalCodec.ReadBody<RefundPaid>(body),
        _ => null,
    };

    /// <summary>The hub's own figures in the model's words.</summary>
    private IReadOnlyList<string> Figures(IReadOnlyCollection<string> plain) =>
    [
        .. world.Hub.Query<string>("""
            select f.device_no || '/' || f.epoch || '/' || f.seq || ' ' || f.standing || coalesce(
                ' ' || d.status || ' ' || d.code || ' ' || d.fund || '/' || d.catastrophic || '/' || d.assistance || '/' || d.account || '/' || d.cash, '')
            from settlement_fact f left join decision d on d.region = f.region and d.device_no = f.device_no and d.epoch = f.epoch and d.seq = f.seq and d.version = f.decision_version
            """),
        .. world.Hub.Query<string>("""
            select person || ' ' || replace(accumulator, '/Year/2025/*', '') || ' ' || amount from public_accumulator where amount <> 0 and accumulator like '%/Year/2025/*'
            """),
        .. world.Hub.Query<string>("select settlement || ' ' || amount || ' ' || paid from public_payable where amount <> 0 or paid <> 0"),
        .. world.Hub.Query<string>("""
            select name || ' ' || sum(fen) from (
                select case when kind = 'SettledPool' or (kind = 'Suspense' and owner <> 'assistance') or (event like 'RefundPaidFor%' and kind <> 'PayableTo') then 'Site'
                       else kind end || ' ' || owner as name, fen from public_ledger_leg
                where not exists (select 1 from public_ledger_set b where b.region = public_ledger_leg.region and b.set_id = public_ledger_leg.set_id and b.cause like 'budget/%')) as each_one
            group by name having sum(fen) <> 0
            """),
        .. world.Hub.Query<string>("""
            select 'refund ' || substr(s.cause, 8) || ' ' || sum(case when l.kind = 'SettledPool' then l.fen else 0 end)
                   || '/' || sum(case when l.kind = 'SettledCatastrophic' then l.fen else 0 end) || '/' || sum(case when l.kind = 'SettledAssistance' then l.fen else 0 end)
            from public_ledger_set s join public_ledger_leg l on l.region = s.region and l.set_id = s.set_id where s.cause like 'refund/%' group by s.cause
            """).Where(line => plain.Contains(line.Split(' ')[1])),
    ];

    private sealed class FiledRow
    {
        public long DeviceNo { get; init; }
        public long Epoch { get; init; }
        public long Seq { get; init; }
        public long Ms { get; init; }
    }
}

/// <summary>One bill by the one row of the simulation's book, on the accumulators that the clinic stated: with plain decimals.</summary>
internal static class PlainBill
{
    public static Five Of(VisitSettled bill, decimal rate)
    {
        long Before(string name) => bill.Accumulators.FirstOrDefault(move => move.Key.StartsWith(name + "/", StringComparison.Ordinal))?.Before ?? 0;
        var eligible = bill.Lines.Sum(line => line.Eligible);
        var total = bill.Lines.Sum(line => line.Amount);
        var deductible = Math.Min(eligible, Math.Max(0, 100_00 - Before("Deductible")));
        var fund = Math.Min(Rounded((eligible - deductible) * rate), Math.Max(0, 400_00 - Before("FundPay")));
        var own = eligible - fund;
        var catastrophic = Layer(Before("CatastrophicBase"), own, 200_00, 0.5m);
        var assistance = Layer(Before("AssistanceBase"), own - catastrophic, 300_00, 0.4m);
        var cash = total - fund - catastrophic - assistance;
        var account = bill.UseAccount ? Math.Min(cash, Math.Max(0, bill.AccountBalance - Before("AccountSpent"))) : 0;
        return new Five(fund, catastrophic, assistance, account, cash - account);
    }

    /// <summary>What a layer pays of the year with this bill, less what it pays without it.</summary>
    private static long Layer(long before, long own, long threshold, decimal rate)
    {
        long Pays(long sum) => sum <= threshold ? 0 : Rounded((sum - threshold) * rate);
        return Math.Min(Pays(before + own) - Pays(before), own);
    }

    private static long Rounded(decimal fen) => (long)decimal.Round(fen, MidpointRounding.AwayFromZero);
}
