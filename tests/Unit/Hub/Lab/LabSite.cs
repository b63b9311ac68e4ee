using System.Globalization;
using EdgeHub.Rules;
using EdgeHub.Rules.Benefit;
using EdgeHub.Sync.Feeds;
using EdgeHub.Sync.Journal;
using EdgeHub.Sync.Keys;

namespace EdgeHub.Tests.Unit.Hub.Lab;

/// <summary>An honest site that computes with the real rules on what it knows, writes a real journal, and sends what it is told to.</summary>
public sealed class LabSite(SettlementLab lab, string code, long deviceNo, int level, string type)
{
    private readonly Dictionary<string, AccumulatorState> _known = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _accounts = new(StringComparer.Ordinal);
    private readonly List<LabLine> _unsent = [];
    private byte[] _hash = Chain.Zero;
    private long _seq;
    private int _visit;

    public string Code { get; } = code;
    public long DeviceNo { get; } = deviceNo;
    public string Device { get; } = "dev-" + code;
    public EcdsaSigner Signer { get; } = EcdsaKeys.Create();
    public long Epoch { get; private set; } = 1;
    public int Unsent => _unsent.Count;

    /// <summary>Versions of the feeds that the site says it had.</summary>
    public Dictionary<string, long> Feeds { get; } = new(StringComparer.Ordinal)
    {
        [FeedNames.Members] = 1, [FeedNames.Accumulators] = 1, [FeedNames.Policies] = 1, [FeedNames.Catalogue] = 1, [FeedNames.Blacklist] = 1,
    };

    /// <summary>The book that the site uses; the lab's first unless another was pulled.</summary>
    public PolicyBook Book { get; set; } = null!;

    public void KnowsAccount(string person, long balance) => _accounts[person] = balance;

    /// <summary>Settles one bill of one line.</summary>
    /// <param name="day">For example 2025-03-03; captured at 09:00 of the same day plus the line's number of minutes.</param>
    /// <param name="yuan">The bill's total.</param>
    public VisitSettled Settle(
        string person, string day, decimal yuan, bool useAccount = false, string item = "A1", string? visit = null, Func<VisitSettled, VisitSettled>? tamper = null,
        DateTimeOffset? at = null, Func<string, string>? edit = null)
    {
        var serviceDay = DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture);
        var book = Book ?? lab.Book;
        var line = new BillLine(
            1, item, ExpenseCategory.WesternDrugs, item[0] switch { 'A' => CatalogueClass.A, 'B' => CatalogueClass.B, _ => CatalogueClass.C }, yuan, 1m,
            Money.Fen((long)(yuan * 100m)), null, new Rate(item[0] switch { 'A' => 0m, 'B' => 0.1m, _ => 1m }));
        var bill = new Bill(
            new VisitFacts(SettlementLab.Region, "11", false, Code, level, type, serviceDay, null), new PersonFacts("390", "15", new DateOnly(1970, 1, 1)), [line]);
        var balance = _accounts.GetValueOrDefault(person);
        var computed = BenefitRules.Compute(bill, book, _known.GetValueOrDefault(person, AccumulatorState.Empty), Money.Fen(balance), useAccount);
        var result = Assert.IsType<BenefitOutcome.Computed>(computed).Result;
        _known[person] = _known.GetValueOrDefault(person, AccumulatorState.Empty).With(result.Moves);
        var split = result.Lines[0];
        var body = new VisitSettled(
            Id($"{Code}-s-{_seq + 1}"), $"{Code}-{_seq + 1}", visit ?? $"{Code}-v{++_visit}", 0, "CNY",
            person, "390", "15", new DateOnly(1970, 1, 1), SettlementLab.Region, false, Code, level, type, "11", ["J06.900"], null, serviceDay,
            new SettledTotals(
                result.Totals.Total.MinorUnits, result.Totals.FullSelfPay.MinorUnits, result.Totals.OverPriceLimit.MinorUnits,
                result.Totals.PreSelfPay.MinorUnits, result.Totals.Eligible.MinorUnits, result.Deductible.MinorUnits),
            new SettledShares(result.Shares.Fund.MinorUnits, result.Shares.Account.MinorUnits, result.Shares.Cash.MinorUnits), balance, useAccount,
            new PolicyUsed(book.Reference.Id, book.Reference.Version, book.Reference.Hash, result.PolicyRow), "1",
            new OfflineFacts(true, 60, new Dictionary<string, long>(Feeds), new Dictionary<string, long>()), new CardEvidence("card", "simulated", null), "op",
            [.. result.Moves.Select(m => new SettledMove(m.Key.ToString(), m.Before.MinorUnits, m.After.MinorUnits))],
            [new SettledLine(1, item, 9, item[..1], yuan, 1m, line.Amount.MinorUnits, null, line.PreSelfPay.Value, split.FullSelfPay.MinorUnits, split.OverPriceLimit.MinorUnits, split.PreSelfPay.MinorUnits, split.Eligible.MinorUnits)]);
        body = tamper?.Invoke(body) ?? body;
        Write(Kinds.VisitSettled, day, body, at: at, edit: edit);
        return body;
    }

    /// <summary>Reverses a settlement of this site; its own accumulators go back.</summary>
    public VisitReversed Reverse(VisitSettled settled, string day)
    {
        var state = _known.GetValueOrDefault(settled.Person, AccumulatorState.Empty);
        _known[settled.Person] = state.With(settled.Accumulators.Select(m => new AccumulatorMove(
            AccumulatorKey.Parse(m.Key), Money.Fen(m.After), Money.Fen(state.Of(AccumulatorKey.Parse(m.Key), Currency.Cny).MinorUnits - (m.After - m.Before)))));
        var body = new VisitReversed(
            Id($"{Code}-r-{_seq + 1}"), settled.Settlement, $"{Code}-{_seq + 1}", settled.Visit, settled.Ordinal, "CNY", settled.Person, Code,
            settled.VisitType, settled.ServiceDay, settled.Totals.Total, settled.Shares,
            [.. settled.Accumulators.Select(m => new SettledMove(m.Key, m.After, m.Before))], "wrong patient", "op");
        Write(Kinds.VisitReversed, day, body);
        return body;
    }

    public RefundPaid Refund(VisitSettled settled, long amount, string day)
    {
        var body = new RefundPaid(Id($"{Code}-f-{_seq + 1}"), $"{Code}-{_seq + 1}", settled.Settlement, Guid.Empty, settled.Person, Code, "CNY", amount, "op");
        Write(Kinds.RefundPaid, day, body);
        return body;
    }

    /// <summary>Writes any line.</summary>
    public void Write<TBody>(string kind, string day, TBody body, int schema = 1, DateTimeOffset? at = null, Func<string, string>? edit = null)
    {
        var civilDay = DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture);
        var captured = new DateTimeOffset(civilDay.ToDateTime(new TimeOnly(1, 0)), TimeSpan.Zero).AddMinutes(_seq);
        var head = new JournalHead(++_seq, kind, schema, at ?? captured, civilDay, new ClockReading(_seq, 0, 0));
        var bytes = JournalCodec.Line(head, body);
        bytes = edit is null ? bytes : System.Text.Encoding.UTF8.GetBytes(edit(System.Text.Encoding.UTF8.GetString(bytes)));
        _unsent.Add(new LabLine(bytes, head, _hash));
        _hash = Chain.Next(_hash, bytes);
    }

    /// <summary>Begins a new epoch and seals a body again, as a restored device does with what was not acknowledged.</summary>
    public void NewEpoch()
    {
        Send();
        (Epoch, _seq, _hash) = (Epoch + 1, 0, Chain.Zero);
    }

    /// <summary>Sends the next lines, all when not said otherwise.</summary>
    public void Send(int count = int.MaxValue, bool andSettle = false)
    {
        count = Math.Min(count, _unsent.Count);
        if (count == 0)
        {
            return;
        }
        lab.Deliver(this, Epoch, _unsent[0].Head.Seq, _unsent[..count], andSettle);
        _unsent.RemoveRange(0, count);
    }

    /// <summary>Takes over the hub's accumulators of a person, as the feed gives them once all of the site's lines are judged.</summary>
    public void Pull(string person)
    {
        var rows = lab.Query<FedRow>("select accumulator as Accumulator, amount as Amount, version as Version from public_accumulator where person = @person", new { person });
        _known[person] = new AccumulatorState(rows.ToDictionary(row => AccumulatorKey.Parse(row.Accumulator), row => Money.Fen(row.Amount)));
        Feeds[FeedNames.Accumulators] = rows.Count == 0 ? Feeds[FeedNames.Accumulators] : rows.Max(row => row.Version);
    }

    /// <summary>The site forgets what it knew of a person.</summary>
    public void Forget(string person) => _known.Remove(person);

    private static Guid Id(string name) => new(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(name)).AsSpan(0, 16));

    private sealed class FedRow
    {
        public string Accumulator { get; init; } = "";
        public long Amount { get; init; }
        public long Version { get; init; }
    }
}
