using EdgeHub.Agent.CheckIn;
using EdgeHub.Agent.Devices;
using EdgeHub.Rules;
using EdgeHub.Sync.Journal;
using EdgeHub.Tests.Unit.Agent.Kit;

namespace EdgeHub.Tests.Unit.Agent;

/// <summary>What the table of devices' errors allows is held at the check-in, whatever a page shows.</summary>
public sealed class RefusedCardTests
{
    private static CheckInRequest By(string kind, string? number, string? reason = null, string? reader = null) =>
        new("11", new EvidenceGiven(kind, number, reason) { Reader = reader }, "op");

    private static void Insert(Station station, int person, string? error) =>
        station.Part<SimulatedCardReader>().Present(new PresentedCard(Reference.Card(person), Reference.IdNumber(person), null, error));

    private static async Task<string> Opened(Station station, CheckInRequest request) =>
        Assert.IsType<CheckInOutcome.Opened>(await station.Part<CheckIn>().Open(request)).Visit.Visit;

    [Theory]
    [InlineData("CardExpired")]
    [InlineData("CardBlocked")]
    [InlineData("CardInvalid")]
    [InlineData("CardWrongArea")]
    public async Task Open_HolderOfARefusedCard_IsNotServedByHandInAnyWay(string error)
    {
        await using var station = await Station.Start();
        Insert(station, 5, error);
        var read = await station.CheckInRefused(By("card", null));
        Assert.Equal((Codes.CardRefused, "evidence.card", error), (read.Code, read.Faults[0].Field, read.Faults[0].Value));
        station.Part<SimulatedCardReader>().Remove();
        foreach (var by in (CheckInRequest[])[By("manual", "P5", "card forgotten"), By("manual", Reference.IdNumber(5), "x"), By("idnumber", Reference.IdNumber(5)), By("card", Reference.Card(5))])
        {
            var why = await station.CheckInRefused(by);
            Assert.Equal((Codes.CardRefused, error), (why.Code, why.Faults[0].Value));
        }
        await Opened(station, By("idnumber", Reference.IdNumber(6)));
        await station.Sync();
        var kept = station.Hub.Entries().Where(entry => entry.Head.Kind == Kinds.EvidenceKept).ToList();
        Assert.Equal(4, kept.Count);
        Assert.Contains(error, kept[0].Body, StringComparison.Ordinal);
        Assert.Contains("card forgotten", kept[0].Body, StringComparison.Ordinal);
        Assert.DoesNotContain(Reference.IdNumber(5), string.Concat(kept.Select(entry => entry.Body)), StringComparison.Ordinal);
    }

    /// <summary>The codes are the table's own: a row that is added stands here by itself.</summary>
    public static TheoryData<string> NotValid => [.. DeviceErrors.All.Values.Where(row => row.Allowed == Allowed.NoService).Select(row => row.Code.ToString()).Order()];

    [Theory]
    [MemberData(nameof(NotValid))]
    public async Task Open_AfterARestart_StillRefusesByHand_UntilAGoodCardOrADayLater(string error)
    {
        await using var station = await Station.Start();
        Insert(station, 5, error);
        await station.Part<RefusedCardsKeeper>().KeepOnce();
        station.Part<SimulatedCardReader>().Remove();
        await station.Restart();

        Assert.Equal((Codes.CardRefused, error), (await station.CheckInRefused(By("manual", "P5", "card forgotten"))) is var why ? (why.Code, why.Faults[0].Value) : default);
        await Opened(station, By("idnumber", Reference.IdNumber(6)));
        station.Clock.Advance(RefusedCards.Remembered + TimeSpan.FromMinutes(1));
        await Opened(station, By("manual", "P5", "card forgotten"));
    }

    [Fact]
    public async Task Open_AGoodCardBeforeTheRestart_EndsItToo()
    {
        await using var station = await Station.Start();
        Insert(station, 5, "CardExpired");
        await station.Part<RefusedCardsKeeper>().KeepOnce();
        Insert(station, 5, null);
        await station.Part<RefusedCardsKeeper>().KeepOnce();
        await station.Restart();
        await Opened(station, By("idnumber", Reference.IdNumber(5)));
    }

    [Fact]
    public async Task Open_AGoodCardOfTheSamePerson_EndsIt()
    {
        await using var station = await Station.Start();
        Insert(station, 5, "CardExpired");
        Assert.Equal(Codes.CardRefused, (await station.CheckInRefused(By("idnumber", Reference.IdNumber(5)))).Code);
        Insert(station, 5, null);
        await Opened(station, By("card", null));
        await Opened(station, By("idnumber", Reference.IdNumber(5)));
    }

    [Fact]
    public async Task Open_BlockedCardWithoutANumber_HoldsEveryReaderWhileItIsIn()
    {
        await using var station = await Station.Start();
        station.Part<CardReaders>().Put("right", ReaderStatus.Ready);
        station.Part<SimulatedCardReader>().Present(new PresentedCard(null, null, null, "CardBlocked"));
        foreach (var reader in (string?[])[null, SimulatedCardReader.ReaderName, "right"])
        {
            foreach (var by in (CheckInRequest[])[By("manual", "P5", "x", reader), By("idnumber", Reference.IdNumber(5), null, reader), By("card", Reference.Card(5), null, reader)])
            {
                var why = await station.CheckInRefused(by);
                Assert.Equal((Codes.CardRefused, "CardBlocked"), (why.Code, why.Faults[0].Value));
            }
        }
        station.Part<SimulatedCardReader>().Remove();
        await Opened(station, By("manual", "P5", "x", "right"));
    }

    [Theory]
    [InlineData("manual")]
    [InlineData("idnumber")]
    [InlineData("card")]
    public async Task Open_ReaderThatIsNotThere_IsRefusedByName(string kind)
    {
        await using var station = await Station.Start();
        var why = await station.CheckInRefused(By(kind, kind == "manual" ? "P5" : Reference.IdNumber(5), "x", "another"));
        Assert.Equal((Codes.UnknownCode, "evidence.reader", "another"), (why.Code, why.Faults[0].Field, why.Faults[0].Value));
    }

    /// <summary>Every error of the one table: a row that is added, or changed, stands here by itself.</summary>
    public static TheoryData<string> EveryError => [.. DeviceErrors.All.Keys.Select(code => code.ToString()).Order(StringComparer.Ordinal)];

    /// <summary>What the table allows is what the check-in allows: by hand with a reason, by identity number, the card again.</summary>
    [Theory]
    [MemberData(nameof(EveryError))]
    public async Task Open_AfterEachErrorOfTheTable_AllowsWhatItsRowSays(string error)
    {
        await using var station = await Station.Start();
        Insert(station, 5, error);
        var allowed = DeviceErrors.For(Enum.Parse<DeviceErrorCode>(error)).Allowed;
        var reader = SimulatedCardReader.ReaderName;
        Assert.Equal((allowed == Allowed.NoService ? Codes.CardRefused : Codes.CardNotRead, error), await Answer(station, By("card", null, null, reader)));
        Assert.Equal(
            allowed switch { Allowed.ManualEntry => ("", ""), Allowed.Retry => (Codes.CardNotRead, error), _ => (Codes.CardRefused, error) },
            await Answer(station, By("manual", "P5", "chip is dirty", reader)));
        Assert.Equal(allowed == Allowed.NoService ? (Codes.CardRefused, error) : ("", ""), await Answer(station, By("idnumber", Reference.IdNumber(5), null, reader)));
        Insert(station, 5, null);
        Assert.Equal(("", ""), await Answer(station, By("card", null, null, reader)));
    }

    /// <summary>Blank: it was opened; else the code and what it names.</summary>
    private static async Task<(string Code, string Value)> Answer(Station station, CheckInRequest request) =>
        await station.Part<CheckIn>().Open(request) is CheckInOutcome.Refused refused ? (refused.Why.Code, refused.Why.Faults[0].Value) : ("", "");

    [Fact]
    public async Task Open_WithoutAReaderNamed_OneThatAllowsItByHandIsEnough()
    {
        await using var station = await Station.Start();
        Insert(station, 5, "CardUnknown");
        Assert.Equal((Codes.CardNotRead, "CardUnknown"), await Answer(station, By("manual", "P5", "x")));
        station.Part<CardReaders>().Put("right", ReaderStatus.NotRead, null, new DeviceError(DeviceErrorCode.CardMute));
        Assert.Equal(("", ""), await Answer(station, By("manual", "P5", "x")));
        Assert.Equal((Codes.CardNotRead, "CardUnknown"), await Answer(station, By("manual", "P5", "x", SimulatedCardReader.ReaderName)));
    }

    [Theory]
    [InlineData("CardMute", Codes.CardNotRead)]
    [InlineData("ReaderGone", Codes.CardNotRead)]
    public async Task Open_CardThatCouldNotBeRead_MayBeEnteredByHandAndTheErrorIsKept(string error, string code)
    {
        await using var station = await Station.Start();
        Insert(station, 5, error);
        Assert.Equal(code, (await station.CheckInRefused(By("card", null))).Code);
        var visit = await Opened(station, By("manual", "P5", "chip is dirty"));
        var typed = await Opened(station, By("idnumber", Reference.IdNumber(5)));
        await station.Sync();
        var kept = station.Hub.Entries().Where(entry => entry.Head.Kind == Kinds.EvidenceKept).Select(entry => entry.Body).ToList();
        Assert.Contains($"chip is dirty [simulated: {error} (simulated)]", kept[0], StringComparison.Ordinal);
        Assert.Contains(visit, kept[0], StringComparison.Ordinal);
        Assert.Contains(typed, kept[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_NamedReader_TakesTheCardThatIsInIt()
    {
        await using var station = await Station.Start();
        Insert(station, 5, null);
        var other = new CardRead("kiosk", Reference.Card(6), null, Station.Morning.AddHours(1));
        station.Part<CardReaders>().Put("kiosk", ReaderStatus.Read, other);
        var visit = Assert.IsType<CheckInOutcome.Opened>(await station.Part<CheckIn>().Open(By("card", null, reader: "simulated"))).Visit;
        Assert.Equal("P5", visit.Person);
        Assert.Equal("P6", Assert.IsType<CheckInOutcome.Opened>(await station.Part<CheckIn>().Open(By("card", null))).Visit.Person);
        Assert.Equal("evidence.reader", (await station.CheckInRefused(By("card", null, reader: "none"))).Faults[0].Field);
    }
}
