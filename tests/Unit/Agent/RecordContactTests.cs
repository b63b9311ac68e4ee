using EdgeHub.Agent.CheckIn;
using EdgeHub.Agent.Settlement;
using EdgeHub.Rules;
using EdgeHub.Sync.Journal;
using EdgeHub.Tests.Unit.Agent.Kit;

namespace EdgeHub.Tests.Unit.Agent;

public sealed class RecordContactTests
{
    private static readonly ContactRequest Call = new("c1", null, "P1", "telephone", "nurse", true, "op");

    [Fact]
    public async Task Record_ByTelephone_StandsInTheJournalOnce()
    {
        await using var station = await Station.Start();
        var first = Assert.IsType<MoneyOutcome.Done>(await station.Part<RecordContact>().Record(Call));
        var again = Assert.IsType<MoneyOutcome.Done>(await station.Part<RecordContact>().Record(Call with { Operator = " op" }));
        Assert.True(again.Again);
        Assert.Equal(first.Json, again.Json);
        Assert.Equal(Codes.RequestKeyReused, Station.Refused(await station.Part<RecordContact>().Record(Call with { Channel = "chat" })).Code);
        await station.Sync();
        var line = Assert.Single(station.Hub.Lines, bytes => JournalCodec.ReadHead(bytes, out _).Kind == Kinds.ContactRecorded);
        JournalCodec.ReadHead(line, out var body);
        var entry = JournalCodec.ReadBody<ContactRecorded>(line.AsSpan(body));
        Assert.Equal(("", "P1", "telephone", "nurse", true, "op"), (entry.Visit, entry.Person, entry.Channel, entry.Profession, entry.ReplacesPhysical, entry.Operator));
        Assert.Equal(entry.Contact, Station.Read<ContactAnswer>(first.Json).Contact);
        Assert.IsType<LookUp<EdgeHub.Agent.Store.AnsweredRequest>.Found>(await station.Part<LookUps>().ByRequestKey("c1"));
    }

    [Fact]
    public async Task Record_OfAVisit_IsThatPersonsAlone()
    {
        await using var station = await Station.Start();
        var visit = await station.CheckIn(1);
        var recorded = Assert.IsType<MoneyOutcome.Done>(await station.Part<RecordContact>().Record(Call with { Visit = visit.Visit }));
        Assert.Equal(visit.Visit, Station.Read<ContactAnswer>(recorded.Json).Visit);
        var other = Station.Refused(await station.Part<RecordContact>().Record(Call with { RequestKey = "c2", Visit = visit.Visit, Person = "P2" }));
        Assert.Equal((Codes.UnknownPerson, "person"), (other.Code, other.Faults[0].Field));
    }

    public static readonly TheoryData<ContactRequest, string, string> Wrong = new()
    {
        { Call with { RequestKey = " " }, Codes.Missing, "requestKey" },
        { Call with { Person = null }, Codes.Missing, "person" },
        { Call with { Person = "P999" }, Codes.UnknownPerson, "person" },
        { Call with { Channel = "letter" }, Codes.UnknownCode, "channel" },
        { Call with { Channel = null }, Codes.Missing, "channel" },
        { Call with { Profession = "" }, Codes.Missing, "profession" },
        { Call with { Profession = new string('x', 41) }, Codes.TooLong, "profession" },
        { Call with { ReplacesPhysical = null }, Codes.Missing, "replacesPhysical" },
        { Call with { Operator = null }, Codes.Missing, "operator" },
        { Call with { Visit = "nowhere" }, Codes.NotFound, "visit" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task Record_WhatCannotBeKept_IsRefusedByItsField(ContactRequest request, string code, string field)
    {
        await using var station = await Station.Start();
        var why = Station.Refused(await station.Part<RecordContact>().Record(request));
        Assert.Equal((code, field), (why.Code, why.Faults[0].Field));
        await station.Sync();
        Assert.DoesNotContain(station.Hub.Entries(), entry => entry.Head.Kind == Kinds.ContactRecorded);
    }

    [Fact]
    public async Task Record_NotEnrolled_IsRefused()
    {
        await using var station = await Station.Bare();
        Assert.Equal(Codes.NotEnrolled, Station.Refused(await station.Part<RecordContact>().Record(Call)).Code);
    }
}
