using EdgeHub.Agent.CheckIn;
using EdgeHub.Agent.Devices;
using EdgeHub.Agent.Settlement;
using EdgeHub.Rules;
using EdgeHub.Sync.Feeds;
using EdgeHub.Sync.Journal;
using EdgeHub.Tests.Unit.Agent.Kit;

namespace EdgeHub.Tests.Unit.Agent;

/// <summary>Z20, Z37: an invoice that the patient paid in full comes to a desk.</summary>
public sealed class ReimbursementTests
{
    /// <summary>Class A 100.00, class B 18.50 with a limit of 5.00 for a clinic but none at level 3 and 10 % first = 1.85, and
    /// 20.00 that the catalogue does not have.</summary>
    [Fact]
    public async Task Claim_AStayElsewhere_IsKeptWholeAndSent()
    {
        await using var station = await Station.Start();
        var request = Stay();
        var claim = Done(await Claim(station, request));
        Assert.Equal(new TotalsShown(138_50, 20_00, 0, 1_85, 116_65, 0), claim.Totals);
        Assert.Equal(("AwaitsDecision", "P1", 3), (claim.Status, claim.Person, Assert.Single(claim.OutsideCatalogue)));
        Assert.Equal(("C", 14, 20_00L), claim.Lines[2] is var outside ? (outside.Class, outside.Category, outside.FullSelfPay) : default);
        await station.Sync();
        var line = station.Hub.Lines.Single(bytes => JournalCodec.ReadHead(bytes, out _).Kind == Kinds.ReimbursementClaimed);
        JournalCodec.ReadHead(line, out var range);
        var body = JournalCodec.ReadBody<ReimbursementClaimed>(line.AsSpan(range));
        Assert.Equal(
            (claim.Claim, Reference.Site, "P1", "", "昆明市某医院", true, 3, "Irregular"),
            (body.Claim, body.Desk, body.Person, body.Institution, body.InstitutionName, body.OutOfArea, body.InstitutionLevel, body.Referral));
        Assert.Equal((new DateOnly(2025, 2, 1), new DateOnly(2025, 2, 11)), (body.Admitted!.Value, body.ServiceDay));
        Assert.Equal(("5301 A", "No-7", "SuddenlyIll", "desk-9"), (body.InvoiceIssuer, body.InvoiceNumber, body.ReasonCode, body.RefusedRequest));
        Assert.Equal(body.Totals.Total, body.Lines.Sum(each => each.Amount));
        // It claims nothing here: the next settlement stands where it stood.
        Assert.Equal(60_00, (await station.Treat(1, 100m)).Totals.Deductible);
    }

    [Fact]
    public async Task Claim_ByHandAfterTheCardWasRefused_IsRefused()
    {
        await using var station = await Station.Start();
        station.Part<EdgeHub.Agent.Devices.SimulatedCardReader>().Present(
            new EdgeHub.Agent.Devices.PresentedCard(Reference.Card(1), Reference.IdNumber(1), null, "CardBlocked"));
        station.Part<EdgeHub.Agent.Devices.SimulatedCardReader>().Remove();
        var why = Station.Refused(await Claim(station, Stay() with { Evidence = new EvidenceGiven("manual", "P1", "forgotten") }));
        Assert.Equal((Codes.CardRefused, "CardBlocked"), (why.Code, why.Faults[0].Value));
    }

    [Fact]
    public async Task Claim_TheSameInvoiceAgain_IsRefusedByName()
    {
        await using var station = await Station.Start();
        var claim = Done(await Claim(station, Stay()));
        var why = Station.Refused(await Claim(station, Stay() with
        {
            RequestKey = "other", Evidence = new EvidenceGiven("idnumber", Reference.IdNumber(2), null), Invoice = new InvoiceGiven(" 5301 a", "NO-7 "),
        }));
        Assert.Equal((Codes.InvoiceAlreadyClaimed, "invoice.number", claim.Claim.ToString("D")), (why.Code, why.Faults[0].Field, why.Faults[0].Expected));
        Done(await Claim(station, Stay() with { RequestKey = "third", Invoice = new InvoiceGiven("5301 A", "No-8") }));
    }

    [Theory]
    [InlineData("Refused", Codes.Withdrawn, true)]
    [InlineData("Refused", Codes.NotCovered, true)]
    [InlineData("Refused", Codes.Duplicate, false)]
    [InlineData("Adjusted", "", false)]
    public async Task Claim_TheSameInvoiceAgain_AfterTheHubLeftItFree_IsTakenIn(string status, string code, bool free)
    {
        await using var station = await Station.Start();
        var claim = Done(await Claim(station, Stay()));
        await station.Sync();
        station.Hub.Change(FeedNames.Decisions, "018f0000-0000-7000-8000-0000000000d1", 0, claim.Claim.ToString("D"), status, code, 0, code, "2025-03-12T02:00:00.000Z");
        await station.Sync();

        var again = await Claim(station, Stay() with { RequestKey = "other" });

        Assert.Equal(free, again is MoneyOutcome.Done);
        if (free)
        {
            Assert.Equal(Codes.InvoiceAlreadyClaimed, Station.Refused(await Claim(station, Stay() with { RequestKey = "third" })).Code);
        }
    }

    [Fact]
    public async Task Claim_SameRequestAgain_SameAnswerAndOneEntry()
    {
        await using var station = await Station.Start();
        var first = Assert.IsType<MoneyOutcome.Done>(await Claim(station, Stay()));
        Assert.Equal(first.Json, Assert.IsType<MoneyOutcome.Done>(await Claim(station, Stay())).Json);
        Assert.Equal(Codes.RequestKeyReused, Station.Refused(await Claim(station, Stay() with { ReasonCode = "Other" })).Code);
        await station.Sync();
        Assert.Single(station.Hub.Entries(), entry => entry.Head.Kind == Kinds.ReimbursementClaimed);
    }

    [Fact]
    public async Task Claim_SameRequestAgain_TheCardIsGoneFromTheReader_SameAnswer()
    {
        await using var station = await Station.Start();
        var reader = station.Part<SimulatedCardReader>();
        var request = Stay() with { Evidence = new EvidenceGiven("card", null, null) };
        Assert.Equal(Codes.Missing, Station.Refused(await Claim(station, request)).Code);
        reader.Present(Reference.Card(1), null);
        var first = Assert.IsType<MoneyOutcome.Done>(await Claim(station, request));
        reader.Remove();
        Assert.Equal(first.Json, Assert.IsType<MoneyOutcome.Done>(await Claim(station, request)).Json);
    }

    /// <summary>A person of another catchment: the hub is asked; without a line only the county's index would know.</summary>
    [Fact]
    public async Task Claim_OfAPersonFromElsewhere_AsksTheHub()
    {
        await using var station = await Station.Start();
        var request = Stay() with { Evidence = new EvidenceGiven("idnumber", Reference.IdNumber(90), null) };
        station.Hub.Up = false;
        Assert.Equal(Codes.OutsideCatchmentOffline, Station.Refused(await Claim(station, request)).Code);
        station.Hub.Up = true;
        station.Hub.Finds = _ => [(FeedNames.Members, [Reference.Member(90)]), (FeedNames.Accumulators, []), (FeedNames.Payables, [])];
        var first = Assert.IsType<MoneyOutcome.Done>(await Claim(station, request));
        Assert.Equal("P90", Station.Read<ReimbursementAnswer>(first.Json).Person);
        await station.Sync();
        Assert.Contains("\"knownBy\":\"lookup\"", station.Hub.Entries().Single(each => each.Head.Kind == Kinds.ReimbursementClaimed).Body, StringComparison.Ordinal);
        Assert.Contains(station.Hub.Entries(), each => each.Head.Kind == Kinds.PersonLookedUp && each.Body.Contains("Reimbursement", StringComparison.Ordinal));
        station.Hub.Up = false;
        Assert.Equal(first.Json, Assert.IsType<MoneyOutcome.Done>(await Claim(station, request)).Json);
    }

    public static TheoryData<string, string, Func<ReimbursementRequest, ReimbursementRequest>> Faulty => new()
    {
        { Codes.Missing, "evidence.kind", r => r with { Evidence = null } },
        { Codes.UnknownPerson, "evidence.number", r => r with { Evidence = new EvidenceGiven("idnumber", Reference.IdNumber(77), null) } },
        { Codes.Missing, "requestKey", r => r with { RequestKey = null } },
        { Codes.Missing, "operator", r => r with { Operator = " " } },
        { Codes.UnknownCode, "visitType", r => r with { VisitType = "99" } },
        { Codes.Missing, "institution.name", r => r with { Institution = null } },
        { Codes.Missing, "institution.name", r => r with { Institution = r.Institution! with { Name = "" } } },
        { Codes.Missing, "institution.area", r => r with { Institution = r.Institution! with { Area = null } } },
        { Codes.BadLength, "institution.code", r => r with { Institution = r.Institution! with { Code = "5309" } } },
        { Codes.BadNumber, "institution.level", r => r with { Institution = r.Institution! with { Level = 4 } } },
        { Codes.Missing, "institution.level", r => r with { Institution = r.Institution! with { Level = null } } },
        { Codes.Missing, "institution.type", r => r with { Institution = r.Institution! with { Type = null } } },
        { Codes.Missing, "serviceDay", r => r with { ServiceDay = null } },
        { Codes.BadDate, "serviceDay", r => r with { ServiceDay = new DateOnly(2025, 3, 13) } },
        { Codes.Missing, "admitted", r => r with { Admitted = null } },
        { Codes.BadDate, "admitted", r => r with { Admitted = new DateOnly(2025, 2, 12) } },
        { Codes.BadDate, "admitted", r => r with { VisitType = "11" } },
        { Codes.UnknownCode, "referral", r => r with { Referral = "perhaps" } },
        { Codes.Missing, "diagnoses", r => r with { Diagnoses = [] } },
        { Codes.Missing, "invoice.issuer", r => r with { Invoice = null } },
        { Codes.Missing, "invoice.number", r => r with { Invoice = r.Invoice! with { Number = null } } },
        { Codes.TooLong, "invoice.number", r => r with { Invoice = r.Invoice! with { Number = new string('7', 65) } } },
        { Codes.UnknownCode, "reasonCode", r => r with { ReasonCode = "suddenlyill" } },
        { Codes.Missing, "lines", r => r with { Lines = null } },
        { Codes.Missing, "lines[1].price", r => r with { Lines = [new LineGiven("A1", null, 1m, 1_00)] } },
        { Codes.ItemNotValid, "lines[1].item", r => r with { Lines = [new LineGiven("OLD", 1m, 1m, 1_00)] } },
        { Codes.LineAmountMismatch, "lines[1].amount", r => r with { Lines = [new LineGiven("A1", 1m, 1m, 1_02)] } },
        { Codes.TooLong, "lines[1].item", r => r with { Lines = [new LineGiven(new string('x', 61), 1m, 1m, 1_00)] } },
    };

    [Theory]
    [MemberData(nameof(Faulty))]
    public async Task Claim_WhatDoesNotHold_IsRefusedByName(string code, string field, Func<ReimbursementRequest, ReimbursementRequest> wrong)
    {
        await using var station = await Station.Start();
        var why = Station.Refused(await Claim(station, wrong(Stay())));
        Assert.Equal((code, field), (why.Code, why.Faults[0].Field));
        Assert.True(Expectations.Knows(why.Faults[0].Expected) || why.Faults[0].Expected.Any(char.IsDigit) || code == Codes.UnknownCode, why.Faults[0].Expected);
        Done(await Claim(station, Stay()));
    }

    /// <summary>The code says the area; the day of the claim itself and a stay of one day are allowed.</summary>
    [Theory]
    [InlineData("530924100009", false)]
    [InlineData("530100100009", true)]
    public async Task Claim_OfAnInstitutionWithACode_KnowsItsArea(string code, bool outOfArea)
    {
        await using var station = await Station.Start();
        var today = new DateOnly(2025, 3, 12);
        Done(await Claim(station, Stay() with { Institution = new TreatedAt(code, null, null, 1, "hospital"), Admitted = today, ServiceDay = today }));
        await station.Sync();
        var entry = station.Hub.Entries().Single(each => each.Head.Kind == Kinds.ReimbursementClaimed);
        Assert.Contains($"\"outOfArea\":{(outOfArea ? "true" : "false")},\"institution\":\"{code}\",\"institutionName\":\"\"", entry.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Show_BeforeAndAfterTheDecision_ThenPaidOut()
    {
        await using var station = await Station.Start();
        var claim = Done(await Claim(station, Stay()));
        var waits = await Shown(station, claim.Claim);
        Assert.Equal(("AwaitsDecision", false, null, null), (waits.Status, waits.Acknowledged, waits.Decision, waits.Payable));
        await station.Sync();
        var decision = "018f0000-0000-7000-8000-0000000000d1";
        station.Hub.Change(FeedNames.Decisions, decision, 0, claim.Claim.ToString("D"), "Adjusted", "", 41_65, "ManualReimbursement", "2025-03-12T02:00:00.000Z");
        station.Hub.Change(FeedNames.Payables, "c", 0, "P1", claim.Claim.ToString("D"), decision, 41_65, 41_65, "ManualReimbursement", claim.Epoch, claim.Seq);
        await station.Sync();
        var decided = await Shown(station, claim.Claim);
        Assert.Equal(("Adjusted", true, "ManualReimbursement", 41_65L), (decided.Status, decided.Acknowledged, decided.Decision!.Cause, decided.Payable!.Open));
        var paid = Station.Read<PaidAnswer>(Assert.IsType<MoneyOutcome.Done>(await station.Part<PayOut>().Pay(decision, new PayOutRequest("pay", "op"))).Json);
        Assert.Equal((41_65L, claim.Claim.ToString("D")), (paid.Amount, paid.Settlement));
        Assert.Equal(0, (await Shown(station, claim.Claim)).Payable!.Open);
    }

    [Theory]
    [InlineData("no-id")]
    [InlineData("018f0000-0000-7000-8000-000000000000")]
    public async Task Show_Unknown_IsNotFound(string id)
    {
        await using var station = await Station.Start();
        Assert.Equal(Codes.NotFound, Assert.IsType<LookUp<ReimbursementShown>.Refused>(await station.Part<ClaimReimbursement>().Show(id)).Why.Code);
    }

    [Fact]
    public async Task Claim_CarriedIntoALaterEpoch_IsAcknowledgedThere()
    {
        await using var station = await Station.Start();
        await station.Treat(1, 40m);
        await station.Sync();
        var claim = Done(await Claim(station, Stay()));
        station.Hub.LoseNextAnswer = true;
        await station.Sync();
        station.Hub.Lines[^1] = "{\"other\":1}\n"u8.ToArray();
        Assert.Null((await station.Sync()).Failure);
        Assert.Equal(2, station.Hub.Epoch);
        Assert.Single(station.Hub.Entries(), entry => entry.Head.Kind == Kinds.ReimbursementClaimed);
        Assert.True((await Shown(station, claim.Claim)).Acknowledged);
    }

    private static ReimbursementRequest Stay() => new(
        "claim-1", new EvidenceGiven("idnumber", Reference.IdNumber(1), null), "21", new TreatedAt(null, "昆明市某医院", "530100", 3, "hospital"),
        new DateOnly(2025, 2, 1), new DateOnly(2025, 2, 11), "irregular", ["I63.900"], null, new InvoiceGiven("5301 A ", " No-7"),
        [new LineGiven("A1", 100m, 1m, 100_00), new LineGiven("B1", 18.50m, 1m, 18_50), new LineGiven("外购药", 10m, 2m, 20_00)], "SuddenlyIll", "desk-9", "op");

    private static Task<MoneyOutcome> Claim(Station station, ReimbursementRequest request) => station.Part<ClaimReimbursement>().Claim(request);

    private static ReimbursementAnswer Done(MoneyOutcome outcome) => Station.Read<ReimbursementAnswer>(Assert.IsType<MoneyOutcome.Done>(outcome).Json);

    private static async Task<ReimbursementShown> Shown(Station station, Guid claim) =>
        Assert.IsType<LookUp<ReimbursementShown>.Found>(await station.Part<ClaimReimbursement>().Show(claim.ToString("D"))).Value;
}
