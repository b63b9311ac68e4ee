using EdgeHub.Sync.Journal;

namespace EdgeHub.Tests.Unit.Hub.Slow;

/// <summary>What the hub must come to, worked out in one go from everything that was ever written: plain and slow, from data.md
/// (business key, order, recompute, who bears) and the benefit rules B3 to B7, B29 to B32 for one row: deductible 100.00 a year, a rate,
/// cap 400.00, catastrophic half above 200.00, assistance 40 % above 300.00. All sites are honest, so what was paid too much is the package's.</summary>
public sealed class SlowHub(IReadOnlyList<SlowEntry> entries, IReadOnlyDictionary<string, SlowMember> members, Func<DateOnly, decimal> rateKnownOn)
{
    private readonly SortedDictionary<string, long> _accumulators = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, long> _balances = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, (long Amount, long Paid)> _payables = new(StringComparer.Ordinal);
    private readonly List<string> _decisions = [];
    private readonly List<SlowWhy> _why = [];
    private readonly List<string> _moves = [];
    private readonly Dictionary<(string Key, string Person), long[]> _owed = [];
    private readonly SortedDictionary<string, string> _refunds = new(StringComparer.Ordinal);
    private List<SlowFact> _facts = [];
    private List<TakeBack> _backs = [];

    /// <summary>Refunds of which it is plain who bears them, by id: no more was paid for their visit part than is owed for it.</summary>
    public IReadOnlyCollection<string> Plain => _refunds.Keys;

    /// <summary>Of each decision that counts: by what it is explained.</summary>
    public IReadOnlyList<SlowWhy> Why => _why;

    public string End()
    {
        _facts = [.. entries.Select(SlowFact.Of).OfType<SlowFact>()];
        _backs = [.. entries.Select(BackOf).OfType<TakeBack>()];
        Stand();
        foreach (var fact in _facts.Where(f => f.Standing is not ("Repeated" or "Waits")).OrderBy(Place))
        {
            Judge(fact);
        }
        Refunds();
        return string.Join('\n',
        [
            .. _facts.Where(f => f.Standing is "Repeated" or "Waits").Select(f => $"{f.Entry.Name} {f.Standing}").Concat(_decisions).Order(StringComparer.Ordinal),
            .. _accumulators.Where(each => each.Value != 0).Select(each => $"{each.Key} {each.Value}"),
            .. _payables.Where(each => each.Value != (0, 0)).Select(each => $"{each.Key} {each.Value.Amount} {each.Value.Paid}"),
            .. _balances.Where(each => each.Value != 0).Select(each => $"{each.Key} {each.Value}"),
            .. _refunds.Values,
        ]);
    }

    private TakeBack? BackOf(SlowEntry entry) => entry.Body switch
    {
        VisitReversed body => new TakeBack(entry, body.Settlement, Five.Of(body.Shares), null),
        VisitPartlyRefunded body => new TakeBack(entry, body.Settlement, Before(body), _facts.Single(f => f.Entry == entry)),
        _ => null,
    };

    private static Five Before(VisitPartlyRefunded body)
    {
        var (now, back) = (Five.Of(body.Now.Shares), Five.Of(body.Difference));
        return new Five(now.F + back.F, now.C + back.C, now.A + back.A, now.Acc + back.Acc, now.Cash + back.Cash);
    }

    private (DateOnly, long, string, long, long, long, (long, long, long)) Place(SlowFact fact)
    {
        var at = (fact.At ?? fact).Entry;
        return (fact.Day, at.Effective, at.Site, at.Device, at.Epoch, at.Seq, (fact.Entry.Device, fact.Entry.Epoch, fact.Entry.Seq));
    }

    private IEnumerable<TakeBack> BacksOf(SlowFact fact) =>
        _backs.Where(back => back.Fits(fact)).OrderBy(back => (back.Entry.Effective, back.Entry.Device, back.Entry.Epoch, back.Entry.Seq));

    private void Stand()
    {
        foreach (var fact in _facts)
        {
            fact.At = PlaceOf(fact);
        }
        var firsts = new List<SlowFact>();
        foreach (var same in _facts.GroupBy(f => f.Id))
        {
            var ordered = same.OrderBy(f => (f.Day, f.Entry.Effective, f.Entry.Site, f.Entry.Device, f.Entry.Epoch, f.Entry.Seq)).ToList();
            firsts.Add(ordered[0]);
            ordered.Skip(1).ToList().ForEach(f => f.Standing = "Repeated");
        }
        foreach (var part in firsts.GroupBy(f => f.Key))
        {
            var taken = false;
            foreach (var fact in part.Where(f => f.At is not null).OrderBy(Place))
            {
                var isFirstRemainder = fact.Replaces is null || BacksOf(Old(fact)!).First().Leaves?.Id == fact.Id;
                fact.Standing = BacksOf(fact).Any() ? "Reversed" : taken || !isFirstRemainder ? "Duplicate" : "Stands";
                taken |= fact.Standing == "Stands";
            }
        }
    }

    private SlowFact? PlaceOf(SlowFact fact) => fact.Replaces is null ? fact : Old(fact) is { } old ? PlaceOf(old) : null;

    private SlowFact? Old(SlowFact remainder)
    {
        var back = _backs.Single(each => each.Leaves == remainder);
        return _facts.Where(back.Fits).OrderBy(f => (f.Day, f.Entry.Effective, f.Entry.Site, f.Entry.Device, f.Entry.Epoch, f.Entry.Seq)).FirstOrDefault();
    }

    private void Judge(SlowFact fact)
    {
        var known = members.GetValueOrDefault(fact.Person);
        var refused = fact.Standing == "Reversed" ? null
            : fact.Standing == "Duplicate" ? "Duplicate"
            : known is null ? "UnknownPerson"
            : fact.Invoice && MayBeADouble(fact) ? "PossibleDouble"
            : fact.Invoice && fact.Day >= known.CoverEnd ? "NotCovered"
            : null;
        if (refused is not null || fact.Standing == "Reversed")
        {
            _decisions.Add($"{fact.Entry.Name} {fact.Standing} {(refused is null ? "Accepted" : "Refused")} {refused} 0/0/0/0/0");
            return;
        }
        _moves.Clear();
        var truth = Truth(fact, known!);
        var difference = fact.Claimed.Cash - truth.Cash;
        _why.Add(new SlowWhy(
            fact.Entry.Name, difference, truth == fact.Claimed ? "Nobody" : fact.Invoice || difference > 0 ? "Person" : difference == 0 ? "Nobody" : "Package",
            string.Join(' ', _moves.Order(StringComparer.Ordinal)), Shanghai((fact.At ?? fact).Entry.Effective)));
        _decisions.Add($"{fact.Entry.Name} {fact.Standing} {(truth == fact.Claimed ? "Accepted" : "Adjusted")}  {truth.F}/{truth.C}/{truth.A}/{truth.Acc}/{truth.Cash}");
        Post(fact, truth);
    }

    /// <summary>Some visit of the person stands there on that day, and one that was ever settled then, taken back or not, had this total.</summary>
    private bool MayBeADouble(SlowFact invoice)
    {
        var visits = _facts.Where(f => !f.Invoice && f.Standing is not ("Repeated" or "Waits")
            && (f.Person, f.Institution, f.Day) == (invoice.Person, invoice.Institution, invoice.Day)).ToList();
        return visits.Exists(f => f.Standing == "Stands") && visits.Exists(f => f.Total == invoice.Total);
    }

    private Five Truth(SlowFact fact, SlowMember member)
    {
        var balance = member.Owner == (fact.Owner == fact.Person ? "" : fact.Owner) ? member.Account : 0;
        var spent = Of(fact.Owner, "AccountSpent");
        var account = Math.Min(fact.Claimed.Acc, Math.Max(0, balance - spent));
        var (fund, catastrophic, assistance) = (0L, 0L, 0L);
        if (fact.Day < member.CoverEnd)
        {
            var deductible = Math.Min(fact.Eligible, Math.Max(0, 100_00 - Of(fact.Person, "Deductible")));
            var atRate = Rounded((fact.Eligible - deductible) * rateKnownOn(Shanghai((fact.At ?? fact).Entry.Effective)));
            fund = Math.Min(atRate, Math.Max(0, 400_00 - Of(fact.Person, "FundPay")));
            var own = fact.Eligible - fund;
            catastrophic = Layer(fact.Person, "Catastrophic", own, 200_00, 0.5m);
            assistance = Layer(fact.Person, "Assistance", own - catastrophic, 300_00, 0.4m);
            Add(fact.Person, "Deductible", deductible);
            Add(fact.Person, "FundPay", fund);
        }
        account = Math.Min(account, fact.Total - fund - catastrophic - assistance);
        Add(fact.Owner, "AccountSpent", account);
        return new Five(fund, catastrophic, assistance, account, fact.Total - fund - catastrophic - assistance - account);
    }

    /// <summary>What a layer pays of the year with this settlement, less what it pays of the year without it.</summary>
    private long Layer(string person, string name, long own, long threshold, decimal rate)
    {
        var before = Of(person, name + "Base");
        long Of2(long sum) => sum <= threshold ? 0 : Rounded((sum - threshold) * rate);
        var pays = Math.Min(Of2(before + own) - Of2(before), own);
        Add(person, name + "Base", own);
        Add(person, name + "Pay", pays);
        return pays;
    }

    private void Post(SlowFact fact, Five truth)
    {
        var (claimed, site) = (fact.Claimed, fact.Entry.Site);
        var difference = claimed.Cash - truth.Cash;
        (string From, string To, long True, long Said, long Room)[] layers =
        [
            ("PackageBudget *", $"Site {site}", truth.F, claimed.F, claimed.Acc - truth.Acc),
            ("CatastrophicPremium *", $"SettledCatastrophic {site}", truth.C, claimed.C, 0),
            ("Suspense assistance", $"SettledAssistance {site}", truth.A, claimed.A, 0),
        ];
        var (owed, over) = (Math.Max(0, difference), Math.Max(0, -difference));
        var ofEach = new List<long>();
        foreach (var layer in layers)
        {
            var owes = Math.Min(owed, Math.Max(0, layer.True - layer.Said));
            var tooMuch = Math.Min(over, Math.Max(0, layer.Said - layer.True) + layer.Room);
            (owed, over) = (owed - owes, over - tooMuch);
            Move(layer.From, layer.To, layer.True - owes + tooMuch);
            Move(layer.From, $"PayableTo {fact.Person}", owes);
            ofEach.Add(owes);
        }
        Assert.Equal((0, 0), (owed, over));
        Move($"PersonalAccount {fact.Owner}", $"PersonalAccount {site}", truth.Acc);
        if (difference > 0)
        {
            _payables[fact.Id.ToString("D")] = (difference, 0);
            _owed[(fact.Key, fact.Person)] = [.. ofEach];
        }
    }

    private void Refunds()
    {
        var ofPart = new Dictionary<(string Key, string Person), List<(string Id, long Fen)>>();
        foreach (var same in entries.Where(e => e.Body is RefundPaid).GroupBy(e => ((RefundPaid)e.Body).Refund).OrderBy(same => same.Key.ToString("D"), StringComparer.Ordinal))
        {
            var (site, paid) = (same.First().Site, (RefundPaid)same.First().Body);
            if (_facts.FirstOrDefault(f => f.Id == paid.Settlement && f.Person == paid.Person && f.Standing is not ("Waits" or "Repeated")) is not { } fact)
            {
                continue;
            }
            var (amount, before) = _payables.GetValueOrDefault(paid.Settlement.ToString("D"));
            _payables[paid.Settlement.ToString("D")] = (amount, before + paid.Amount);
            // Whether it is credited or lies in Suspense depends on what was ever owed: their sum does not.
            Move($"PayableTo {paid.Person}", $"Site {site}", paid.Amount);
            if (!ofPart.TryGetValue((fact.Key, fact.Person), out var refunds))
            {
                ofPart.Add((fact.Key, fact.Person), refunds = []);
            }
            refunds.Add((same.Key.ToString("D"), paid.Amount));
        }
        foreach (var (part, refunds) in ofPart)
        {
            var owed = _owed.GetValueOrDefault(part, [0, 0, 0]);
            if (refunds.Sum(each => each.Fen) <= owed.Sum())
            {
                Share(owed, refunds);
            }
        }
    }

    /// <summary>One after the other each refund takes of what the fund owes, then of what catastrophic insurance does, then of assistance's.</summary>
    private void Share(long[] owed, List<(string Id, long Fen)> refunds)
    {
        foreach (var (id, fen) in refunds)
        {
            var (left, of) = (fen, new long[3]);
            for (var i = 0; i < 3; i++)
            {
                of[i] = Math.Min(left, owed[i]);
                (left, owed[i]) = (left - of[i], owed[i] - of[i]);
            }
            _refunds[id] = $"refund {id} {of[0]}/{of[1]}/{of[2]}";
        }
    }

    private long Of(string person, string name) => _accumulators.GetValueOrDefault($"{person} {name}");

    private void Add(string person, string name, long fen)
    {
        var before = Of(person, name);
        _accumulators[$"{person} {name}"] = before + fen;
        if (fen != 0)
        {
            _moves.Add($"{name}:{before}>{before + fen}");
        }
    }

    private void Move(string from, string to, long fen)
    {
        _balances[from] = _balances.GetValueOrDefault(from) - fen;
        _balances[to] = _balances.GetValueOrDefault(to) + fen;
    }

    private static long Rounded(decimal fen) => (long)decimal.Round(fen, MidpointRounding.AwayFromZero);

    private static DateOnly Shanghai(long effective) => DateOnly.FromDateTime(DateTimeOffset.FromUnixTimeMilliseconds(effective).UtcDateTime.AddHours(8));
}
