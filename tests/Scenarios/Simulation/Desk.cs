using System.Globalization;
using EdgeHub.Agent.CheckIn;
using EdgeHub.Agent.Settlement;
using EdgeHub.Sync.Seams;
using EdgeHub.Tests.Unit.Agent.Kit;

namespace EdgeHub.Tests.Scenarios.Simulation;

/// <summary>Something that staff ask of the agent under a key of their own. Where no answer came they ask again, the same.</summary>
internal sealed record KeyedRequest(string Kind, string Key, string Person, Func<SimAgent, Task<MoneyOutcome>> Ask);

/// <summary>A settlement that staff know of: its lines, and what it paid.</summary>
internal sealed record KnownSettlement(Guid Id, string Visit, string Person, long Total, IReadOnlyList<LineGiven> Lines);

/// <summary>Staff and patients of one machine: they check in, settle, take back, pay out, claim, look up, type wrong things, and ask again
/// whatever got no answer.</summary>
internal sealed class Desk(World world, SimAgent agent)
{
    private static readonly string[] VisitTypes = ["11", "11", "13", "14"];
    private readonly List<KeyedRequest> _open = [];
    private readonly List<(KeyedRequest Request, byte[] Json, int Life)> _answered = [];
    private readonly List<KnownSettlement> _settled = [];
    private readonly List<(string Visit, string Person)> _visits = [];
    private int _keys;
    private int _invoices;

    private Chance Chance => world.Chance;

    private int Some(string what, int weight) => world.Mood.Some(what, weight);

    /// <summary>The same staff at a copy of the machine: they know the same visits and settlements.</summary>
    public Desk CopyFor(SimAgent copy)
    {
        var other = new Desk(world, copy);
        other._visits.AddRange(_visits);
        other._settled.AddRange(_settled);
        return other;
    }

    /// <summary>The machine is another one now; papers are kept, what its store knew may be gone.</summary>
    public void Forget() => _answered.Clear();

    public void Act() => Chance.Weighted<Action>(
    [
        (54, Visit), (Some("again", 20), AskAgain), (Some("reverse", 8), Reverse), (Some("part refund", 10), RefundPart), (Some("pay out", 12), PayOut), (Some("claim", 5), Claim), (Some("contact", 4), Contact), (3, LookUp),
        (3, TypeWrong), (Some("repeat", 9), RepeatAnswered), (agent.Lives > 0 || agent.IsCloned ? 14 : 3, SettleTwice),
    ])();

    private void Visit()
    {
        var number = 1 + (Chance.OneIn(14) ? Clerk.Persons + Chance.Below(Clerk.Outsiders) : Chance.Below(Clerk.Persons));
        var evidence = Chance.Below(3) switch
        {
            0 => new EvidenceGiven("card", Reference.Card(number), null),
            1 => new EvidenceGiven("manual", Reference.IdNumber(number), "card is damaged"),
            _ => new EvidenceGiven("idnumber", Reference.IdNumber(number), null),
        };
        if (CheckIn(number, Chance.Of(VisitTypes), evidence) is { } opened && !Chance.OneIn(10))
        {
            // Else the patient goes without a bill, or comes back for it.
            Settle(opened.Visit, opened.Person, ordinal: 1);
        }
    }

    private (string Visit, string Person)? CheckIn(int number, string type, EvidenceGiven evidence)
    {
        var (outcome, failure) = Faulty("check-in", () => agent.Part<CheckIn>().Open(new CheckInRequest(type, evidence, "op")));
        if (outcome is not CheckInOutcome.Opened opened)
        {
            world.Note($"{agent.Name} check-in {number}: {failure}{(outcome as CheckInOutcome.Refused)?.Why.Code}");
            return null;
        }
        world.Auditor.Opened(agent, opened.Visit.Visit);
        _visits.Add((opened.Visit.Visit, opened.Visit.Person));
        return _visits[^1];
    }

    /// <summary>Somebody comes and is settled with; a story's.</summary>
    /// <returns>False: the machine died before anything was asked of it that can be asked again.</returns>
    public bool Visit(int number, params long[] fen)
    {
        if (CheckIn(number, "11", new EvidenceGiven("idnumber", Reference.IdNumber(number), null)) is not { } opened)
        {
            return false;
        }
        var bill = new SettleRequest(NextKey(), 1, ["J06.9"], null, null, false, [.. fen.Select(each => new LineGiven("A1", each / 100m, 1m, each))], "op", null);
        Ask(new KeyedRequest("settle", bill.RequestKey!, opened.Person, at => at.Part<SettleVisit>().Settle(opened.Visit, bill, CancellationToken.None)));
        return true;
    }

    /// <summary>The last bill is taken back, the first line alone stays of the first; a claim, a contact, a booking; a story's.</summary>
    public void DoEach()
    {
        var (first, last) = (_settled[0], _settled[^1]);
        var request = new ReverseRequest(NextKey(), "mistake", "op");
        Ask(new KeyedRequest("reverse", request.RequestKey!, last.Person, at => at.Part<ReverseVisit>().Reverse(last.Id.ToString("D"), request)));
        Refund(first, [(first.Lines[0], 1)]);
        Claim();
        Contact();
        Book();
    }

    /// <summary>Whatever got no answer is asked for again until it has one.</summary>
    /// <returns>False: the machine died over it.</returns>
    public bool AskAllAgain()
    {
        while (_open.Count > 0 && !agent.Disk.IsDead)
        {
            AskAgain();
        }
        return !agent.Disk.IsDead;
    }

    private void Book()
    {
        var request = new BookRequest(NextKey(), Reference.Person(1 + Chance.Below(Clerk.Persons)), agent.Clock.GetUtcNow() + TimeSpan.FromDays(2), 20, "1", null, null, "op");
        Ask(new KeyedRequest("book", request.RequestKey!, request.Person!, at => at.Part<Bookings>().Make(request)));
    }

    private void Settle(string visit, string person, int ordinal)
    {
        var lines = Lines();
        var bill = new SettleRequest(NextKey(), ordinal, ["J06.9"], null, null, Chance.OneIn(2), lines, "op", null);
        if (Chance.OneIn(4))
        {
            var quoted = agent.Run("quote", () => agent.Part<SettleVisit>().Quote(visit, bill)).Value;
            if (quoted is QuoteOutcome.Quoted { Answer: var quote })
            {
                bill = bill with { ExpectedCash = quote.Shares.Cash };
            }
        }
        Ask(new KeyedRequest("settle", bill.RequestKey!, person, at => at.Part<SettleVisit>().Settle(visit, bill, CancellationToken.None)));
    }

    private List<LineGiven> Lines() =>
        [.. Enumerable.Range(0, 1 + Chance.Below(3)).Select(_ =>
        {
            var fen = Chance.Between(1, Chance.OneIn(5) ? 300_00 : 60_00);
            return new LineGiven(Chance.Of<string>(["A1", "A1", "B1", "C1"]), fen / 100m, 1m, fen);
        })];

    private void SettleTwice()
    {
        if (_visits.Count > 0)
        {
            var (visit, person) = _visits[^(1 + Chance.Below(Math.Min(_visits.Count, 12)))];
            Settle(visit, person, 1 + (Chance.OneIn(4) ? 1 : 0));
        }
    }

    private void Reverse()
    {
        if (_settled.Count > 0)
        {
            var settled = Recent();
            var request = new ReverseRequest(NextKey(), "mistake", "op");
            Ask(new KeyedRequest("reverse", request.RequestKey!, settled.Person, at => at.Part<ReverseVisit>().Reverse(settled.Id.ToString("D"), request)));
        }
    }

    private void RefundPart()
    {
        if (_settled.Count > 0)
        {
            var settled = Recent();
            Refund(settled, [.. settled.Lines.Select((line, i) => (line, No: i + 1)).Where(_ => Chance.OneIn(2))]);
        }
    }

    private void Refund(KnownSettlement settled, List<(LineGiven line, int No)> kept)
    {
        var remains = kept.Select(each => Chance.OneIn(2) || each.line.Amount < 4 ? new LineRemains(each.No, null, null) : new LineRemains(each.No, 0.5m, each.line.Amount / 2)).ToList();
        var request = new PartRefundRequest(NextKey(), remains, "returned", "op", null);
        Ask(new KeyedRequest("part refund", request.RequestKey!, settled.Person, at => at.Part<RefundPart>().Refund(settled.Id.ToString("D"), request)));
    }

    private KnownSettlement Recent() => _settled[^(1 + Chance.Below(Math.Min(_settled.Count, 6)))];

    private void PayOut() => PayOut(1 + Chance.Below(Clerk.Persons));

    /// <summary>What this person is owed is paid.</summary>
    public void PayOut(int number)
    {
        var person = Reference.Person(number);
        var (payables, _) = agent.Run("payables", () => agent.Part<PayOut>().Payables(person));
        if (payables is not { Count: > 0 } || payables.FirstOrDefault(each => each.Open > 0) is not { } owed)
        {
            return;
        }
        var request = new PayOutRequest(NextKey(), "op");
        Ask(new KeyedRequest("pay out", request.RequestKey!, person, at => at.Part<PayOut>().Pay(owed.Decision, request)));
    }

    private void Claim()
    {
        var number = 1 + Chance.Below(Clerk.Persons);
        var fen = Chance.Between(1_00, 500_00);
        var day = DateOnly.FromDateTime(world.Time.Now.UtcDateTime).AddDays(-Chance.Below(20));
        var invoice = _invoices > 0 && Chance.OneIn(4) ? Chance.Below(_invoices) : _invoices++;
        var request = new ReimbursementRequest(
            NextKey(), new EvidenceGiven("idnumber", Reference.IdNumber(number), null), "11", new TreatedAt("530900200001", null, null, 2, "hospital"), null, day, null,
            ["J06.9"], null, new InvoiceGiven("915300000000000001", string.Create(CultureInfo.InvariantCulture, $"INV-{invoice}")),
            [new LineGiven("A1", fen / 100m, 1m, fen)], "WorkingAway", null, "op");
        Ask(new KeyedRequest("claim", request.RequestKey!, Reference.Person(number), at => at.Part<ClaimReimbursement>().Claim(request)));
    }

    private void Contact()
    {
        var person = Reference.Person(1 + Chance.Below(Clerk.Persons));
        var request = new ContactRequest(NextKey(), null, person, Chance.Of<string>(["physical", "video", "telephone"]), "nurse", true, "op");
        Ask(new KeyedRequest("contact", request.RequestKey!, person, at => at.Part<RecordContact>().Record(request)));
    }

    private void LookUp()
    {
        if (_settled.Count == 0)
        {
            return;
        }
        var settled = Chance.Of(_settled);
        var (shown, failure) = agent.Run("look", () => agent.Part<LookUps>().Settlement(settled.Id.ToString("D")));
        world.Coverage.Hit("look up", failure.Length == 0 ? "none" : failure, agent.State);
        if (shown is LookUp<SettlementShown>.Found { Value: var found })
        {
            Assert.Equal(settled.Total, found.Confirmed.Totals.Total);
        }
    }

    /// <summary>Wrong input is refused by name and leaves nothing behind.</summary>
    private void TypeWrong()
    {
        if (_visits.Count == 0)
        {
            return;
        }
        var (visit, person) = Chance.Of(_visits);
        LineGiven line = Chance.Below(5) switch
        {
            0 => new LineGiven("NOSUCH", 1m, 1m, 100),
            1 => new LineGiven("A1", -1m, 1m, -100),
            2 => new LineGiven("A1", 1m, 1m, 150),
            3 => new LineGiven("A1", 99_999_999m, 1m, 99_999_999_00),
            _ => new LineGiven(null, null, null, null),
        };
        var bill = new SettleRequest(NextKey(), 1, ["J06.9"], null, null, false, [line], "op", null);
        Ask(new KeyedRequest("wrong input", bill.RequestKey!, person, at => at.Part<SettleVisit>().Settle(visit, bill, CancellationToken.None)));
    }

    private void AskAgain()
    {
        if (_open.Count > 0)
        {
            var at = Chance.Below(_open.Count);
            var request = _open[at];
            _open.RemoveAt(at);
            Ask(request, again: true);
        }
    }

    /// <summary>A key that was answered is used again: the same request has the same answer.</summary>
    private void RepeatAnswered()
    {
        if (_answered.Count == 0)
        {
            return;
        }
        var (request, json, life) = Chance.Of(_answered);
        var (outcome, failure) = Faulty(request.Kind + " repeated", () => request.Ask(agent));
        if (failure.Length == 0 && life == agent.Lives)
        {
            world.Auditor.Check(2, outcome is MoneyOutcome.Done { Again: true } done && done.Json.AsSpan().SequenceEqual(json),
                () => $"{agent.Name} answers the key {request.Key} of a {request.Kind} otherwise than before: {(outcome as MoneyOutcome.Refused)?.Why.Code}");
        }
    }

    /// <summary>Asks; an answer that reaches nobody is asked for again later.</summary>
    private void Ask(KeyedRequest request, bool again = false)
    {
        var (outcome, failure) = Faulty(request.Kind + (again ? " again" : ""), () => request.Ask(agent), request.Key);
        world.Note($"{agent.Name} {request.Kind} {request.Key} {request.Person}: {failure}{(outcome as MoneyOutcome.Refused)?.Why.Code ?? outcome?.GetType().Name}");
        if (outcome is MoneyOutcome.Refused)
        {
            return;
        }
        if (outcome is not MoneyOutcome.Done done || Chance.OneIn(12))
        {
            _open.Add(request);
            return;
        }
        Assert.NotEqual("wrong input", request.Kind);
        _answered.Add((request, done.Json, agent.Lives));
        if (request.Kind == "book")
        {
            return;
        }
        world.Auditor.Confirmed(agent, request, done.Json);
        Remember(request, done.Json);
    }

    private void Remember(KeyedRequest request, byte[] json)
    {
        if (request.Kind == "settle")
        {
            var answer = Seen.Read<SettledAnswer>(json);
            _settled.Add(new KnownSettlement(answer.Settlement, answer.Visit, request.Person, answer.Totals.Total, Given(answer)));
        }
        else if (request.Kind == "part refund")
        {
            var answer = Seen.Read<PartRefundAnswer>(json).Now;
            _settled.Add(new KnownSettlement(answer.Settlement, answer.Visit, request.Person, answer.Totals.Total, Given(answer)));
        }
    }

    private static List<LineGiven> Given(SettledAnswer answer) => [.. answer.Lines.Select(line => new LineGiven(line.Item, null, null, line.Amount))];

    /// <summary>Does it with whatever the seed wants to break in the middle of it.</summary>
    private (T? Value, string Failure) Faulty<T>(string what, Func<Task<T>> work, string key = "")
    {
        var fault = agent.Disk.IsFull ? "disk full" : "none";
        if (!world.Quiet && Chance.OneIn(world.Mood.BreaksIn(what)))
        {
            var point = Chance.Of<StorePoint>([StorePoint.Statement, StorePoint.Commit, StorePoint.Committed]);
            agent.Disk.Arm(point, point == StorePoint.Statement ? 1 + Chance.Below(6) : 1);
            fault = $"dies: {point}";
        }
        var (value, failure) = agent.Run(what, work);
        agent.Disk.Disarm();
        world.Coverage.Hit(what, fault.StartsWith("dies", StringComparison.Ordinal) && failure.Length == 0 ? "none" : fault, agent.State);
        if (failure.Length > 0 && key.Length > 0)
        {
            world.Auditor.Met(key, $"desk: {fault}");
        }
        return (value, failure);
    }

    private string NextKey() => string.Create(CultureInfo.InvariantCulture, $"{agent.Name}-{agent.Lives}-{++_keys}");
}
