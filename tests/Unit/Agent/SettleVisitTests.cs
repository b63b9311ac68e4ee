using System.Text;
using EdgeHub.Agent.Settlement;
using EdgeHub.Rules;
using EdgeHub.Sync.Feeds;
using EdgeHub.Sync.Journal;
using EdgeHub.Tests.Unit.Agent.Kit;

namespace EdgeHub.Tests.Unit.Agent;

public sealed class SettleVisitTests
{
    [Fact]
    public async Task Settle_TheWorkedExample_SharesAsPublished()
    {
        await using var station = await Station.Start();
        var visit = await station.CheckIn(1, "13");
        var bill = station.Bill(1m) with
        {
            // Total 68.50, class B pre-self-pay 1.85: 18.50 of class B at 10 %.
            Lines = [new LineGiven("B1", 1.85m, 10m, 18_50), new LineGiven("A1", 50m, 1m, 50_00)],
        };
        var settled = Station.Settled(await station.Settle(visit.Visit, bill));
        Assert.Equal(new TotalsShown(68_50, 0, 0, 1_85, 66_65, 0), settled.Totals);
        Assert.Equal(new SharesShown(30_00, 12_00, 26_50), settled.Shares);
        Assert.All(settled.Steps, step => Assert.NotEqual("", step.Rule));
        Assert.Contains(settled.Limits, limit => limit.Name == "cap/day" && limit is { Before: 30_00, After: 0 });
    }

    [Fact]
    public async Task Quote_ThenSettle_SayTheSame()
    {
        await using var station = await Station.Start();
        var visit = await station.CheckIn(1);
        var bill = station.Bill(160m);
        var quote = Assert.IsType<QuoteOutcome.Quoted>(await station.Part<SettleVisit>().Quote(visit.Visit, bill)).Answer;
        var settled = Station.Settled(await station.Settle(visit.Visit, bill with { ExpectedCash = quote.Shares.Cash }));
        Assert.Equal((quote.Totals, quote.Shares), (settled.Totals, settled.Shares));
        Assert.Equal(quote.Steps.Select(step => (step.Name, step.Value)), settled.Steps.Select(step => (step.Name, step.Value)));
        Assert.Equal(60_00, settled.Totals.Deductible);
    }

    [Fact]
    public async Task Settle_ExpectedCashOfAnOldQuote_IsRefusedAndNothingWritten()
    {
        await using var station = await Station.Start();
        var visit = await station.CheckIn(1);
        var bill = station.Bill(160m) with { ExpectedCash = 1 };
        Assert.Equal(Codes.QuoteChanged, Station.Refused(await station.Settle(visit.Visit, bill)).Code);
        Assert.Empty((await station.Part<EdgeHub.Agent.CheckIn.CheckIn>().Show(visit.Visit) as EdgeHub.Agent.CheckIn.CheckInOutcome.Opened)!.Visit.Settlements);
        // The key was not used up: nothing was settled under it.
        Station.Settled(await station.Settle(visit.Visit, bill with { ExpectedCash = null }));
    }

    [Fact]
    public async Task Settle_SameKeySameContent_SameBytesAndOneEntry()
    {
        await using var station = await Station.Start();
        var visit = await station.CheckIn(1);
        var bill = station.Bill(160m);
        var first = Assert.IsType<MoneyOutcome.Done>(await station.Settle(visit.Visit, bill));
        var second = Assert.IsType<MoneyOutcome.Done>(await station.Settle(visit.Visit, bill));
        Assert.False(first.Again);
        Assert.True(second.Again);
        Assert.Equal(first.Json, second.Json);
        await station.Sync();
        Assert.Single(station.Hub.Entries(), entry => entry.Head.Kind == Kinds.VisitSettled);
    }

    [Fact]
    public async Task Settle_SameContentWrittenOtherwise_IsTheSameRequest()
    {
        await using var station = await Station.Start();
        var visit = await station.CheckIn(1);
        var bill = station.Bill(160m, "k");
        var first = Assert.IsType<MoneyOutcome.Done>(await station.Settle(visit.Visit, bill));
        var again = Assert.IsType<MoneyOutcome.Done>(await station.Settle(visit.Visit, bill with
        {
            RequestKey = " k", Operator = "op ", Ordinal = 1, Diagnoses = [" J06.9\t"], Lines = [new LineGiven("A1 ", 160.00m, 1.0m, 160_00)],
        }));
        Assert.True(again.Again);
        Assert.Equal(first.Json, again.Json);
    }

    [Fact]
    public async Task Settle_SameKeyOtherContent_IsRefused()
    {
        await using var station = await Station.Start();
        var visit = await station.CheckIn(1);
        Station.Settled(await station.Settle(visit.Visit, station.Bill(160m, "k")));
        Assert.Equal(Codes.RequestKeyReused, Station.Refused(await station.Settle(visit.Visit, station.Bill(161m, "k"))).Code);
        var settled = await station.CheckIn(2);
        Assert.Equal(Codes.RequestKeyReused, Station.Refused(await station.Settle(settled.Visit, station.Bill(160m, "k"))).Code);
    }

    [Fact]
    public async Task Settle_ThePartTwice_IsRefusedUnderAnyKey()
    {
        await using var station = await Station.Start();
        var visit = await station.CheckIn(1);
        var first = Station.Settled(await station.Settle(visit.Visit, station.Bill(160m)));
        var why = Station.Refused(await station.Settle(visit.Visit, station.Bill(160m)));
        Assert.Equal((Codes.AlreadySettled, first.Settlement.ToString("D")), (why.Code, why.Faults[0].Value));
        Station.Settled(await station.Settle(visit.Visit, station.Bill(20m) with { Ordinal = 2 }));
    }

    [Fact]
    public async Task Settle_SecondVisit_StandsOnTheFirst()
    {
        await using var station = await Station.Start();
        var first = await station.Treat(1, 40m);
        var second = await station.Treat(1, 100m);
        Assert.Equal((40_00, 20_00), (first.Totals.Deductible, second.Totals.Deductible));
        Assert.Equal(48_00, second.Shares.Fund);
    }

    public static readonly TheoryData<string, decimal?, decimal?, long?, string, string> WrongLines = new()
    {
        { "A1", -1m, 1m, -100, Codes.BadNumber, "lines[2].price" },
        { "A1", 1m, 0m, 0, Codes.BadNumber, "lines[2].quantity" },
        { "A1", 1m, -3m, -300, Codes.BadNumber, "lines[2].quantity" },
        { "A1", 1.0000001m, 1m, 100, Codes.BadNumber, "lines[2].price" },
        { "A1", 1m, 1m, long.MaxValue, Codes.BadAmount, "lines[2].amount" },
        { "A1", 1m, 1m, 102, Codes.LineAmountMismatch, "lines[2].amount" },
        { "A1", null, 1m, 100, Codes.Missing, "lines[2].price" },
        { "A1", 1m, null, 100, Codes.Missing, "lines[2].quantity" },
        { "A1", 1m, 1m, null, Codes.Missing, "lines[2].amount" },
        { "NOPE", 1m, 1m, 100, Codes.UnknownItem, "lines[2].item" },
        { "OLD", 1m, 1m, 100, Codes.ItemNotValid, "lines[2].item" },
        { " ", 1m, 1m, 100, Codes.Missing, "lines[2].item" },
    };

    [Theory]
    [MemberData(nameof(WrongLines))]
    public async Task Settle_WrongLine_IsRefusedByItsField(string item, decimal? price, decimal? quantity, long? amount, string code, string field)
    {
        await using var station = await Station.Start();
        var visit = await station.CheckIn(1);
        var bill = station.Bill(1m) with { Lines = [new LineGiven("A1", 1m, 1m, 100), new LineGiven(item, price, quantity, amount)] };
        var why = Station.Refused(await station.Settle(visit.Visit, bill));
        Assert.Equal((code, field), (why.Code, why.Faults[0].Field));
    }

    [Theory]
    [InlineData("2025-03-13", Codes.BadDate)]
    [InlineData("2025-03-11", Codes.BadDate)]
    [InlineData("0001-01-01", Codes.BadDate)]
    [InlineData("9999-12-31", Codes.BadDate)]
    public async Task Settle_ServiceDayThatIsNotTheCheckIns_IsRefusedByName(string day, string code)
    {
        await using var station = await Station.Start();
        var visit = await station.CheckIn(1);
        var bill = station.Bill(10m) with { ServiceDay = DateOnly.Parse(day) };
        var why = Station.Refused(await station.Settle(visit.Visit, bill));
        Assert.Equal((code, "serviceDay"), (why.Code, why.Faults[0].Field));
        Station.Settled(await station.Settle(visit.Visit, bill with { ServiceDay = new DateOnly(2025, 3, 12) }));
    }

    [Fact]
    public async Task Settle_OutpatientDaysAfterTheCheckIn_CountsForTheCheckInsDay()
    {
        await using var station = await Station.Start();
        var visit = await station.CheckIn(1);
        station.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(Codes.BadDate, Station.Refused(await station.Settle(visit.Visit, station.Bill(10m) with { ServiceDay = new DateOnly(2025, 3, 13) })).Code);
        var settled = Station.Settled(await station.Settle(visit.Visit, station.Bill(10m)));
        Assert.Equal((new DateOnly(2025, 3, 12), new DateOnly(2025, 3, 13)), (settled.ServiceDay, settled.CivilDay));
    }

    [Theory]
    [InlineData("2025-03-11", false)]
    [InlineData("2025-03-12", true)]
    [InlineData("2025-03-14", true)]
    [InlineData("2025-03-15", false)]
    public async Task Settle_InpatientDischarge_IsFromCheckInToToday(string day, bool isRight)
    {
        await using var station = await Station.Start();
        var visit = await station.CheckIn(1, "21");
        station.Clock.Advance(TimeSpan.FromDays(2));
        var outcome = await station.Settle(visit.Visit, station.Bill(200m) with { ServiceDay = DateOnly.Parse(day) });
        Assert.Equal(isRight ? day : Codes.BadDate, isRight ? Station.Settled(outcome).ServiceDay.ToString("yyyy-MM-dd") : Station.Refused(outcome).Code);
    }

    [Fact]
    public async Task Settle_DayOutsideEveryPolicy_IsRefusedByName()
    {
        await using var station = await Station.Start();
        station.Hub.Change(FeedNames.Members, Reference.Member(1, coverEnd: ""));
        station.Hub.Change(FeedNames.Catalogue, Reference.Catalogue[0].Select((cell, i) => i == 14 ? "" : cell).ToArray());
        station.Clock.Advance(TimeSpan.FromDays(295));
        await station.Sync();
        var visit = await station.CheckIn(1);
        var why = Station.Refused(await station.Settle(visit.Visit, station.Bill(10m)));
        Assert.Equal((Codes.NoPolicy, "serviceDay", "2026-01-01"), (why.Code, why.Faults[0].Field, why.Faults[0].Value));
    }

    [Fact]
    public async Task Settle_NoLinesNoKeyNoOperatorNoDiagnosis_EachIsNamed()
    {
        await using var station = await Station.Start();
        var visit = await station.CheckIn(1);
        var none = new SettleRequest(null, 0, null, null, null, null, null, null, null);
        Assert.Equal(["requestKey", "operator"], Station.Refused(await station.Settle(visit.Visit, none)).Faults.Select(fault => fault.Field));
        var rest = Station.Refused(await station.Settle(visit.Visit, none with { RequestKey = "k", Operator = "op" }));
        Assert.Equal(["ordinal", "diagnoses"], rest.Faults.Select(fault => fault.Field));
        var noLines = Station.Refused(await station.Settle(visit.Visit, station.Bill(1m) with { Lines = [] }));
        Assert.Equal((Codes.Missing, "lines"), (noLines.Code, noLines.Faults[0].Field));
    }

    [Fact]
    public async Task Settle_UnknownVisit_IsNotFound()
    {
        await using var station = await Station.Start();
        Assert.Equal(Codes.NotFound, Station.Refused(await station.Settle("nowhere", station.Bill(1m))).Code);
    }

    [Fact]
    public async Task Settle_BlacklistedSinceCheckIn_IsRefused()
    {
        await using var station = await Station.Start();
        var visit = await station.CheckIn(1);
        station.Hub.Change(FeedNames.Blacklist, "b2", 0, "P1", "reported", "2025-03-12", "");
        await station.Sync();
        Assert.Equal(Codes.Blacklisted, Station.Refused(await station.Settle(visit.Visit, station.Bill(1m))).Code);
    }

    [Fact]
    public async Task Settle_NotEnrolled_IsRefused()
    {
        await using var station = await Station.Bare();
        Assert.Equal(Codes.NotEnrolled, Station.Refused(await station.Settle("v", station.Bill(1m))).Code);
    }

    [Fact]
    public async Task Journal_OfASettlement_NamesNobodyAndHoldsTheRules()
    {
        await using var station = await Station.Start();
        var settled = await station.Treat(7, 160m);
        await station.Sync();
        var all = Encoding.UTF8.GetString([.. station.Hub.Lines.SelectMany(line => line)]);
        Assert.DoesNotContain("样本", all, StringComparison.Ordinal);
        Assert.DoesNotContain(Reference.IdNumber(7), all, StringComparison.Ordinal);
        Assert.DoesNotContain(Reference.Card(7), all, StringComparison.Ordinal);
        var line = station.Hub.Lines.Single(bytes => JournalCodec.ReadHead(bytes, out _).Kind == Kinds.VisitSettled);
        JournalCodec.ReadHead(line, out var body);
        var entry = JournalCodec.ReadBody<VisitSettled>(line.AsSpan(body));
        Assert.Equal((settled.Settlement, "P7", "test-2025", true), (entry.Settlement, entry.Person, entry.Policy.Id, entry.UseAccount));
        Assert.Equal(entry.Shares.Fund + entry.Shares.Account + entry.Shares.Cash, entry.Totals.Total);
        Assert.Equal(1, entry.Offline.Feeds[FeedNames.Members]);
    }

    [Fact]
    public async Task AskByRequestKey_AfterARestart_TellsTheTruth()
    {
        await using var station = await Station.Start();
        var visit = await station.CheckIn(1);
        var done = Assert.IsType<MoneyOutcome.Done>(await station.Settle(visit.Visit, station.Bill(160m, "asked")));
        await station.Restart();
        var found = Assert.IsType<LookUp<EdgeHub.Agent.Store.AnsweredRequest>.Found>(await station.Part<LookUps>().ByRequestKey("asked"));
        Assert.Equal(done.Json, found.Value.Answer);
        Assert.IsType<LookUp<EdgeHub.Agent.Store.AnsweredRequest>.Refused>(await station.Part<LookUps>().ByRequestKey("never"));
    }

    [Fact]
    public async Task DayTotals_SettledReversedAndPaid_AddUp()
    {
        await using var station = await Station.Start();
        var first = await station.Treat(1, 160m);
        await station.Treat(2, 50m, "13");
        Assert.IsType<MoneyOutcome.Done>(await station.Reverse(first.Settlement));
        var totals = await station.Part<LookUps>().DayTotals(new DateOnly(2025, 3, 12));
        Assert.Equal((2, 210_00), (totals.Settled.Count, totals.Settled.Total));
        Assert.Equal((1, 160_00), (totals.Reversed.Count, totals.Reversed.Total));
        Assert.Equal((1, 50_00, 30_00), (totals.Net.Count, totals.Net.Total, totals.Net.Fund));
        Assert.Equal(["11", "13"], totals.VisitTypes.Select(type => type.VisitType));
        Assert.Equal(0, (await station.Part<LookUps>().DayTotals(new DateOnly(2025, 3, 11))).Settled.Count);
    }

    /// <summary>Admitted on the day of the check-in, discharged on the service day; the entry says so, and which kind of referral.</summary>
    [Theory]
    [InlineData("21", "irregular", "Irregular", true)]
    [InlineData("21", null, "NotNeeded", true)]
    [InlineData("11", "Regular", "Regular", false)]
    public async Task Entry_SaysReferralAndAdmission(string visitType, string? asked, string written, bool stay)
    {
        await using var station = await Station.Start();
        var visit = await station.CheckIn(1, visitType);
        station.Clock.Advance(stay ? TimeSpan.FromDays(2) : TimeSpan.Zero);
        await station.Sync();
        Station.Settled(await station.Settle(visit.Visit, station.Bill(160m) with { Referral = asked }));
        await station.Sync();
        var line = station.Hub.Lines.Single(bytes => JournalCodec.ReadHead(bytes, out _) is { Kind: Kinds.VisitSettled, Schema: 2 });
        JournalCodec.ReadHead(line, out var range);
        var body = JournalCodec.ReadBody<VisitSettled>(line.AsSpan(range));
        Assert.Equal((written, stay ? visit.Day : null, visit.Day.AddDays(stay ? 2 : 0), "", "feed"), (body.Referral, body.Admitted, body.ServiceDay, body.AccountOwner, body.KnownBy));
        Assert.Contains(FeedNames.Parameters, body.Offline.Feeds.Keys);
    }

    [Theory]
    [InlineData("2")]
    [InlineData("sent")]
    public async Task Settle_AReferralOfNoKind_IsRefusedByName(string referral)
    {
        await using var station = await Station.Start();
        var visit = await station.CheckIn(1);
        var why = Station.Refused(await station.Settle(visit.Visit, station.Bill(160m) with { Referral = referral }));
        Assert.Equal((Codes.UnknownCode, "referral", referral), (why.Code, why.Faults[0].Field, why.Faults[0].Value));
    }

    [Fact]
    public async Task Settle_NoReferralNeededSaidOrNot_IsTheSameRequest()
    {
        await using var station = await Station.Start();
        var visit = await station.CheckIn(1);
        var bill = station.Bill(160m);
        Station.Settled(await station.Settle(visit.Visit, bill));
        Assert.True(Assert.IsType<MoneyOutcome.Done>(await station.Settle(visit.Visit, bill with { Referral = "notNeeded" })).Again);
    }
}
