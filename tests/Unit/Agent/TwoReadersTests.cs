using EdgeHub.Agent.CheckIn;
using EdgeHub.Agent.Desk.Visits;
using EdgeHub.Agent.Devices;
using EdgeHub.Tests.Unit.Agent.Kit;
using Microsoft.AspNetCore.Http;

namespace EdgeHub.Tests.Unit.Agent;

/// <summary>Two readers at one desk: whose card is meant is never guessed, and a desk may have one for its own.</summary>
public sealed class TwoReadersTests
{
    [Fact]
    public async Task OneCardRead_IsTheOneThatIsMeant()
    {
        await using var station = await Station.Start();
        Read(station, "left", null);
        Read(station, "right", 2);
        var view = await View(station);
        Assert.Equal(("right", "P2", false, 2), (view.Reader!.Name, view.Person!.Member.Person, view.IsAmbiguous, view.Readers.Count(reader => reader.Name != SimulatedCardReader.ReaderName)));
    }

    [Fact]
    public async Task TwoCardsRead_NobodyIsShown_UntilAReaderIsChosen()
    {
        await using var station = await Station.Start();
        Read(station, "left", 1);
        Read(station, "right", 2);
        var view = await View(station);
        Assert.Equal((null, null, true, false), (view.Reader, view.Person, view.IsAmbiguous, view.MayEnterByHand));
        var chosen = await View(station, "left");
        Assert.Equal(("left", "P1", "left", false), (chosen.Reader!.Name, chosen.Person!.Member.Person, chosen.Own, chosen.IsAmbiguous));
    }

    [Fact]
    public async Task ReaderOfItsOwn_TheOtherOnesCardIsNobodyHere()
    {
        await using var station = await Station.Start();
        Read(station, "left", null);
        Read(station, "right", 2);
        Assert.Null((await View(station, "left")).Person);
        // A reader that is not connected any more is nobody's own: the desk goes on with what there is.
        Assert.Equal("P2", (await View(station, "gone")).Person!.Member.Person);
    }

    [Fact]
    public async Task CardRefusedInTheOther_IsNotReplacedByHandHere()
    {
        await using var station = await Station.Start();
        Read(station, "left", null);
        station.Part<CardReaders>().Put("right", ReaderStatus.NotRead, Card("right", 2, station), new DeviceError(DeviceErrorCode.CardBlocked));
        station.Part<CardReaders>().Put("left", ReaderStatus.Faulty, null, new DeviceError(DeviceErrorCode.ReaderHung));
        Assert.True((await View(station, "left")).MayEnterByHand);
        var by = new CheckInRequest("11", new EvidenceGiven("manual", "P2", "reader hung") { Reader = "left" }, "op");
        Assert.Equal(EdgeHub.Rules.Codes.CardRefused, (await station.CheckInRefused(by)).Code);
    }

    private static CardRead Card(string reader, int person, Station station) => new(reader, Reference.Card(person), Reference.IdNumber(person), station.Clock.GetUtcNow());

    private static void Read(Station station, string reader, int? person) => station.Part<CardReaders>().Put(
        reader, person is null ? ReaderStatus.Ready : ReaderStatus.Read, person is { } number ? Card(reader, number, station) : null);

    private static Task<CardView> View(Station station, string? own = null)
    {
        var http = new DefaultHttpContext();
        if (own is not null)
        {
            http.Request.Headers.Cookie = "edgehub-reader=" + Uri.EscapeDataString(own);
        }
        return CardView.Read(station.Part<CardReaders>(), station.Part<LookAtPerson>(), http);
    }
}
