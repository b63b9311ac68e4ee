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
    public string Device { get; } = $"dev-{code}-{deviceNo}";
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

    /// <summary>Says of every visit that the person is insured out of this area.</summary>
    public bool SaysOutOfArea { get; set; }

    public void KnowsAccount(string person, long balance) => _accounts[person] = balance;

    /// <summary>Settles one bill of one line.</summary>
    /// <param name="day">For example 2025-03-03; captured at 09:00 of the same day plus the line's number of minutes.</param>
    /// <param name="yuan">The bill's total.</param>
    /// <param name="item">The line's item; several with a plus between them: as many lines of equal amounts.</param>
    /// <param name="owner">Whose account pays; null: the person's own.</param>
    public VisitSettled Settle(
        string person, string day, decimal yuan, bool useAccount = false, string item = "A1", string? visit = null, Func<VisitSettled, VisitSettled>? tamper = null,
        DateTimeOffset? at = null, Func<string, string>? edit = null, string? owner = null, string visitType = "11")
    {
        var body = Bill(person, Day(day), yuan, useAccount, item, visit ?? $"{Code}-v{++_visit}", View(person, owner), owner, visitType);
        Apply(person, body.Accumulators, forward: true);
        body = tamper?.Invoke(body) ?? body;
        Write(Kinds.VisitSettled, day, body, Kinds.SchemaOf(Kinds.VisitSettled), at: at, edit: edit);
        return body;
    }

    /// <summary>Takes back a part of a bill of this site: so much of it remains, on the accumulators as they stood before it.</summary>
    public VisitPartlyRefunded PartlyRefund(VisitSettled settled, decimal remains, string day, Func<VisitPartlyRefunded, VisitPartlyRefunded>? tamper = null)
    {
        var before = new AccumulatorState(settled.Accumulators.ToDictionary(m => AccumulatorKey.Parse(m.Key), m => Money.Fen(m.Before)));
        var owner = settled.AccountOwner.Length == 0 ? null : settled.AccountOwner;
        var now = Bill(settled.Person, settled.ServiceDay, remains, settled.UseAccount, settled.Lines[0].Item, settled.Visit, before, owner, settled.VisitType)
            with { Ordinal = settled.Ordinal, AccountBalance = settled.AccountBalance };
        Apply(settled.Person, settled.Accumulators, forward: false);
        Apply(settled.Person, now.Accumulators, forward: true);
        var (old, left) = (settled.Shares, now.Shares);
        var body = new VisitPartlyRefunded(
            Id($"{Code}-{DeviceNo}-{Epoch}-p-{_seq + 1}"), settled.Settlement, "one item was not given", $"{Code}-{_seq + 1}", now,
            new SettledShares(old.Fund - left.Fund, old.Account - left.Account, old.Cash - left.Cash, old.Catastrophic - left.Catastrophic, old.Assistance - left.Assistance), "op");
        body = tamper?.Invoke(body) ?? body;
        Write(Kinds.VisitPartlyRefunded, day, body);
        return body;
    }

    /// <summary>A desk of this site takes in an invoice that the patient paid in full.</summary>
    public ReimbursementClaimed Claim(
        string person, string serviceDay, decimal yuan, string day, string invoice, string institution = "530900200001", string issuer = "915300000000000001",
        Func<ReimbursementClaimed, ReimbursementClaimed>? tamper = null)
    {
        var bill = Bill(person, Day(serviceDay), yuan, useAccount: false, "A1", invoice, AccumulatorState.Empty, null, "11");
        var body = new ReimbursementClaimed(
            Id($"{Code}-{DeviceNo}-{Epoch}-c-{_seq + 1}"), $"{Code}-{_seq + 1}", Code, "CNY", person, "390", "15", new DateOnly(1970, 1, 1), SettlementLab.Region, false,
            institution, "", level, type, "11", SettledWords.NotNeeded, ["J06.900"], null, null, Day(serviceDay), issuer, invoice,
            bill.Totals with { Deductible = 0 }, bill.Lines, "1", ClaimReasons.WorkingAway, null, bill.Offline, bill.Evidence, SettledWords.Feed, "op");
        body = tamper?.Invoke(body) ?? body;
        Write(Kinds.ReimbursementClaimed, day, body);
        return body;
    }

    /// <summary>A bill of a line per item, computed with the real rules on these accumulators.</summary>
    private VisitSettled Bill(
        string person, DateOnly serviceDay, decimal yuan, bool useAccount, string item, string visit, AccumulatorState before, string? owner, string visitType)
    {
        var book = Book ?? lab.Book;
        var items = item.Split('+');
        var each = yuan / items.Length;
        var lines = items.Select((code, i) => new BillLine(
            i + 1, code, ExpenseCategory.WesternDrugs, code[0] switch { 'A' => CatalogueClass.A, 'B' => CatalogueClass.B, _ => CatalogueClass.C }, each, 1m,
            Money.Fen((long)(each * 100m)), null, new Rate(code[0] switch { 'A' => 0m, 'B' => 0.1m, _ => 1m }))).ToList();
        var bill = new Bill(
            new VisitFacts(SettlementLab.Region, visitType, SaysOutOfArea, Code, level, type, serviceDay, null), new PersonFacts("390", "15", new DateOnly(1970, 1, 1)), lines);
        var balance = _accounts.GetValueOrDefault(owner ?? person);
        var computed = BenefitRules.Compute(bill, book, before, new AccountFacts(Money.Fen(balance), owner), useAccount);
        var result = Assert.IsType<BenefitOutcome.Computed>(computed).Result;
        var shares = result.Shares;
        return new VisitSettled(
            Id($"{Code}-{DeviceNo}-{Epoch}-s-{_seq + 1}"), $"{Code}-{_seq + 1}", visit, 0, "CNY",
            person, "390", "15", new DateOnly(1970, 1, 1), SettlementLab.Region, SaysOutOfArea, Code, level, type, visitType, ["J06.900"], null, serviceDay,
            new SettledTotals(
                result.Totals.Total.MinorUnits, result.Totals.FullSelfPay.MinorUnits, result.Totals.OverPriceLimit.MinorUnits,
                result.Totals.PreSelfPay.MinorUnits, result.Totals.Eligible.MinorUnits, result.Deductible.MinorUnits),
            new SettledShares(shares.Fund.MinorUnits, shares.Account.MinorUnits, shares.Cash.MinorUnits, shares.Catastrophic.MinorUnits, shares.Assistance.MinorUnits),
            balance, useAccount,
            new PolicyUsed(book.Reference.Id, book.Reference.Version, book.Reference.Hash, result.PolicyRow), "1",
            new OfflineFacts(true, 60, new Dictionary<string, long>(Feeds), new Dictionary<string, long>()), new CardEvidence("card", "simulated", null), "op",
            [.. result.Moves.Select(m => new SettledMove(m.Key.ToString(), m.Before.MinorUnits, m.After.MinorUnits))],
            [.. lines.Zip(result.Lines, (line, split) => new SettledLine(
                line.No, line.ItemCode, 9, line.ItemCode[..1], each, 1m, line.Amount.MinorUnits, null, line.PreSelfPay.Value, split.FullSelfPay.MinorUnits, split.OverPriceLimit.MinorUnits, split.PreSelfPay.MinorUnits, split.Eligible.MinorUnits))],
            AccountOwner: owner ?? "");
    }

    /// <summary>What the site knows of a person's accumulators, and of the account of the one who pays.</summary>
    private AccumulatorState View(string person, string? owner)
    {
        var own = _known.GetValueOrDefault(person, AccumulatorState.Empty);
        return owner is null ? own : new AccumulatorState(own.Amounts.Concat(_known.GetValueOrDefault(owner, AccumulatorState.Empty).Amounts
            .Where(each => each.Key.Kind == AccumulatorKind.AccountSpent).Select(each => KeyValuePair.Create(each.Key with { Scope = "account:" + owner }, each.Value)))
            .ToDictionary());
    }

    /// <summary>Counts moves in or out, each with the person whose accumulator it is.</summary>
    private void Apply(string person, IReadOnlyList<SettledMove> moves, bool forward)
    {
        foreach (var move in moves)
        {
            var (whose, key) = EdgeHub.Hub.Settlement.MoveText.Whose(person, AccumulatorKey.Parse(move.Key));
            var state = _known.GetValueOrDefault(whose, AccumulatorState.Empty);
            var held = state.Of(key, Currency.Cny).MinorUnits;
            // A story may reverse twice, which a real agent refuses: nothing is below zero all the same.
            var moved = Math.Max(0, held + (forward ? move.After - move.Before : move.Before - move.After));
            _known[whose] = state.With([new AccumulatorMove(key, Money.Fen(held), Money.Fen(moved))]);
        }
    }

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>Reverses a settlement of this site; its own accumulators go back.</summary>
    public VisitReversed Reverse(VisitSettled settled, string day)
    {
        Apply(settled.Person, settled.Accumulators, forward: false);
        var body = new VisitReversed(
            Id($"{Code}-{DeviceNo}-{Epoch}-r-{_seq + 1}"), settled.Settlement, $"{Code}-{_seq + 1}", settled.Visit, settled.Ordinal, "CNY", settled.Person, Code,
            settled.VisitType, settled.ServiceDay, settled.Totals.Total, settled.Shares,
            [.. settled.Accumulators.Select(m => new SettledMove(m.Key, m.After, m.Before))], "wrong patient", "op");
        Write(Kinds.VisitReversed, day, body, Kinds.SchemaOf(Kinds.VisitReversed));
        return body;
    }

    public RefundPaid Refund(VisitSettled settled, long amount, string day)
    {
        var body = new RefundPaid(Id($"{Code}-{DeviceNo}-{Epoch}-f-{_seq + 1}"), $"{Code}-{_seq + 1}", settled.Settlement, Guid.Empty, settled.Person, Code, "CNY", amount, "op");
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
        _unsent.Add(new LabLine(bytes, head, _hash) { Epoch = Epoch });
        Written.Add(new LabWritten(this, Epoch, head, body!));
        _hash = Chain.Next(_hash, bytes);
    }

    /// <summary>Everything that was written, in its order.</summary>
    public List<LabWritten> Written { get; } = [];

    /// <summary>Begins a new epoch; a restored device seals there again what was not acknowledged.</summary>
    public void NewEpoch(bool sendFirst = true)
    {
        if (sendFirst)
        {
            Send();
        }
        (Epoch, _seq, _hash) = (Epoch + 1, 0, Chain.Zero);
    }

    /// <summary>Sends the next lines, all when not said otherwise; lines of two epochs never in one batch.</summary>
    public void Send(int count = int.MaxValue, bool andSettle = false)
    {
        count = Math.Min(count, _unsent.Count);
        while (count > 0)
        {
            var epoch = _unsent[0].Epoch;
            var batch = _unsent.Take(count).TakeWhile(line => line.Epoch == epoch).ToList();
            lab.Deliver(this, epoch, batch[0].Head.Seq, batch, andSettle);
            _unsent.RemoveRange(0, batch.Count);
            count -= batch.Count;
        }
    }

    /// <summary>Takes over the hub's accumulators of a person, as the feed gives them once all of the site's lines are judged.</summary>
    public void Pull(string person)
    {
        var rows = lab.Query<FedRow>("select accumulator as Accumulator, amount as Amount, version as Version from public_accumulator where person = @person", new { person });
        _known[person] = new AccumulatorState(rows.ToDictionary(row => AccumulatorKey.Parse(row.Accumulator), row => Money.Fen(row.Amount)));
        Feeds[FeedNames.Accumulators] = rows.Count == 0 ? Feeds[FeedNames.Accumulators] : rows.Max(row => row.Version);
    }

    /// <summary>The site holds an accumulator to be so many fen.</summary>
    public void Believes(string person, string key, long fen) => _known[person] = _known.GetValueOrDefault(person, AccumulatorState.Empty)
        .With([new AccumulatorMove(AccumulatorKey.Parse(key), Money.Fen(0), Money.Fen(fen))]);

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
