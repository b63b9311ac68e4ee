using EdgeHub.Agent.CheckIn;
using EdgeHub.Agent.Devices;
using EdgeHub.Rules;
using EdgeHub.Sync.Feeds;
using EdgeHub.Sync.Journal;
using EdgeHub.Tests.Unit.Agent.Kit;

namespace EdgeHub.Tests.Unit.Agent;

public sealed class CheckInTests
{
    private static CheckInRequest By(string kind, string? number, string? reason = null) => new("11", new EvidenceGiven(kind, number, reason), "op");

    private static async Task<VisitAnswer> Opened(Station station, CheckInRequest request) =>
        Assert.IsType<CheckInOutcome.Opened>(await station.Part<CheckIn>().Open(request)).Visit;

    [Fact]
    public async Task Open_ByCardByNumberByHand_FindsTheSamePerson()
    {
        await using var station = await Station.Start();
        var byCard = await Opened(station, By("card", Reference.Card(5)));
        var byNumber = await Opened(station, By("idnumber", Reference.IdNumber(5)));
        var byHand = await Opened(station, By("manual", "P5", "card forgotten"));
        Assert.Equal(["P5", "P5", "P5"], [byCard.Person, byNumber.Person, byHand.Person]);
        Assert.Equal("样本5", byCard.Name);
        Assert.Contains(byCard.Limits, limit => limit.Name == "deductible/year" && limit.After == 60_00);
        await station.Sync();
        Assert.Contains("card forgotten", Assert.Single(station.Hub.Entries(), entry => entry.Head.Kind == Kinds.EvidenceKept).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_CardInTheReader_NeedsNoNumber()
    {
        await using var station = await Station.Start();
        Assert.Equal("evidence.number", (await station.CheckInRefused(By("card", null))).Faults[0].Field);
        await File.WriteAllTextAsync(Path.Combine(station.Folder, "card.json"), $"{{\"cardNumber\":\"{Reference.Card(6)}\"}}");
        Assert.Equal("P6", (await Opened(station, By("card", null))).Person);
        var reader = station.Part<SimulatedCardReader>();
        reader.Present(null, Reference.IdNumber(7));
        Assert.Equal("P7", (await Opened(station, By("card", null))).Person);
        reader.Remove();
        Assert.Null(station.Part<CardReaders>().Current);
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("{}")]
    [InlineData("null")]
    public async Task Open_CardFileUnreadable_IsAFaultByName(string content)
    {
        await using var station = await Station.Start();
        await File.WriteAllTextAsync(Path.Combine(station.Folder, "card.json"), content);
        Assert.Equal(DeviceErrorCode.CardUnreadable, Assert.Single(station.Part<CardReaders>().States).Error?.Code);
        var why = await station.CheckInRefused(By("card", null));
        Assert.Equal((Codes.CardNotRead, "evidence.card", "CardUnreadable"), (why.Code, why.Faults[0].Field, why.Faults[0].Value));
    }

    [Theory]
    [InlineData(41, Codes.BenefitStopped)]
    [InlineData(42, Codes.Blacklisted)]
    [InlineData(43, Codes.NotCovered)]
    [InlineData(44, Codes.UnknownPerson)]
    public async Task Open_PersonWhoCannot_IsRefusedByName(int person, string code)
    {
        await using var station = await Station.Start();
        var why = await station.CheckInRefused(By("idnumber", Reference.IdNumber(person)));
        Assert.Equal(code, why.Code);
        Assert.DoesNotContain(Reference.IdNumber(person), why.Faults[0].ShownValue, StringComparison.Ordinal);
        Assert.NotNull(why.Article);
    }

    [Theory]
    [InlineData("idnumber", "23023019950212522X", null, Codes.BadCheckDigit, "evidence.number")]
    [InlineData("idnumber", "", null, Codes.Missing, "evidence.number")]
    [InlineData("manual", "P5", null, Codes.Missing, "evidence.reason")]
    [InlineData("manual", null, "why", Codes.Missing, "evidence.number")]
    [InlineData("palm", "1", null, Codes.UnknownCode, "evidence.kind")]
    [InlineData("card", "S\u0001", null, Codes.BadCharacter, "evidence.number")]
    public async Task Open_EvidenceThatCannotBeUsed_IsRefusedByItsField(string kind, string? number, string? reason, string code, string field)
    {
        await using var station = await Station.Start();
        var why = await station.CheckInRefused(By(kind, number, reason));
        Assert.Equal((code, field), (why.Code, why.Faults[0].Field));
    }

    [Theory]
    [InlineData("99")]
    [InlineData("1")]
    [InlineData("FD")]
    [InlineData("１１")]
    public async Task Open_UnknownVisitType_IsRefusedAndNothingStored(string visitType)
    {
        await using var station = await Station.Start();
        var why = await station.CheckInRefused(By("idnumber", Reference.IdNumber(1)) with { VisitType = visitType });
        Assert.Equal((Codes.UnknownCode, "visitType", visitType), (why.Code, why.Faults[0].Field, why.Faults[0].Value));
        await station.Sync();
        Assert.DoesNotContain(station.Hub.Entries(), entry => entry.Head.Kind == Kinds.CheckedIn);
    }

    [Theory]
    [InlineData("52")]
    [InlineData("1401")]
    public async Task Open_NationalVisitTypeOrOneOfAPolicyRow_IsTaken(string visitType)
    {
        await using var station = await Station.Start();
        station.Hub.Change(FeedNames.Policies, "test-2025/1", 0, "test-2025", 1, "", "2025-01-01", "2026-01-01", "2024-12-20", Reference.Book.Replace("390,14,no", "390,1401,no", StringComparison.Ordinal));
        await station.Sync();
        Assert.Equal(visitType, (await station.CheckIn(1, visitType)).VisitType);
    }

    [Fact]
    public async Task Open_NoMembersYet_SaysSoAndNotUnknown()
    {
        await using var station = await Station.Bare();
        await station.Part<EdgeHub.Agent.Access.Enrol>().With(new("http://hub.test", FakeHub.Code), CancellationToken.None);
        Assert.Equal(Codes.SnapshotTooOld, (await station.CheckInRefused(By("idnumber", Reference.IdNumber(1)))).Code);
    }
}
