using EdgeHub.Agent.Devices;
using EdgeHub.Tests.Unit.Agent.Kit;

namespace EdgeHub.Tests.Unit.Devices;

public sealed class CardReadersTests
{
    private static readonly DeviceError Expired = new(DeviceErrorCode.CardExpired);
    private static readonly DeviceError Blocked = new(DeviceErrorCode.CardBlocked);
    private readonly SetClock _clock = new(Station.Morning);
    private readonly CardReaders _readers;

    public CardReadersTests() => _readers = new CardReaders(_clock);

    private CardRead Card(string number, string reader = "A") => new(reader, number, "id-" + number, _clock.GetUtcNow());

    [Fact]
    public void Put_TheSameAgain_IsNoChange()
    {
        _readers.Put("A", ReaderStatus.Ready);
        var version = _readers.Version;
        _clock.Advance(TimeSpan.FromSeconds(5));
        _readers.Put("A", ReaderStatus.Ready);
        Assert.Equal((version, Station.Morning), (_readers.Version, _readers.Find("A")!.Since));
        _readers.Put("A", ReaderStatus.Reading);
        Assert.Equal((version + 1, Station.Morning.AddSeconds(5)), (_readers.Version, _readers.Find("A")!.Since));
    }

    [Fact]
    public void Current_OfTwoReaders_IsTheCardReadLast()
    {
        _readers.Put("A", ReaderStatus.Read, Card("1"));
        _clock.Advance(TimeSpan.FromSeconds(1));
        _readers.Put("B", ReaderStatus.Read, Card("2", "B"));
        Assert.Equal("2", _readers.Current?.CardNumber);
        _readers.Put("B", ReaderStatus.NotRead, Card("2", "B"), Expired);
        Assert.Equal("1", _readers.Current?.CardNumber);
        _readers.Forget("A");
        Assert.Null(_readers.Current);
        Assert.Equal("B", Assert.Single(_readers.States).Name);
    }

    [Fact]
    public void Put_MoreReadersThanThereCanBe_KeepsTheFirst()
    {
        for (var i = 0; i <= CardReaders.MaxReaders; i++)
        {
            _readers.Put($"R{i:000}", ReaderStatus.Ready);
        }
        Assert.Equal(CardReaders.MaxReaders, _readers.States.Count);
    }

    [Fact]
    public async Task WaitForChange_AnswersAtOnceOrWhenSomethingMoves()
    {
        var readers = new CardReaders(TimeProvider.System);
        readers.Put("A", ReaderStatus.Ready);
        var seen = readers.Version;
        Assert.Equal(seen, await readers.WaitForChange(seen - 1, TimeSpan.FromMinutes(1), CancellationToken.None));
        Assert.Equal(seen, await readers.WaitForChange(seen, TimeSpan.FromMilliseconds(20), CancellationToken.None));
        var waiting = readers.WaitForChange(seen, TimeSpan.FromMinutes(1), CancellationToken.None);
        Assert.False(waiting.IsCompleted);
        readers.Put("A", ReaderStatus.Reading);
        Assert.Equal(seen + 1, await waiting.WaitAsync(TimeSpan.FromSeconds(60)));
        using var gone = new CancellationTokenSource();
        var left = readers.WaitForChange(seen + 1, TimeSpan.FromMinutes(1), gone.Token);
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left);
    }

    /// <summary>A card that somebody left is nobody's who comes later, whatever moves: the desk's reader, the daemon, the reader itself.</summary>
    [Fact]
    public void CameAfter_ACardThatWasLeft_IsNobodysUntilItWasOut()
    {
        _readers.Put("desk", ReaderStatus.Ready);
        _readers.Put("kiosk", ReaderStatus.Read, Card("1"));
        // It was in before the program looked: of whom stands there it says nothing.
        Assert.Equal((null, _readers.Version), Came(0, "kiosk"));
        var seen = _readers.Version;
        _readers.Put("desk", ReaderStatus.Read, Card("2"));
        Assert.Equal((null, seen + 1), Came(seen, "kiosk"));
        Assert.Equal(("2", seen + 1), Came(seen, null));
        _readers.Put("kiosk", ReaderStatus.Absent, null, new DeviceError(DeviceErrorCode.CardSystemStopped));
        _readers.Put("kiosk", ReaderStatus.Reading);
        _readers.Put("kiosk", ReaderStatus.Read, Card("1"));
        Assert.Equal((null, seen + 4), Came(seen, "kiosk"));
        _readers.Put("kiosk", ReaderStatus.Ready);
        Assert.Equal((null, seen + 5), Came(seen, "kiosk"));
        _readers.Put("kiosk", ReaderStatus.Read, Card("1"));
        Assert.Equal(("1", seen + 6), Came(seen, "kiosk"));
        // The next card, faster than anybody looked between.
        _readers.Put("kiosk", ReaderStatus.Read, Card("3"));
        Assert.Equal(("3", seen + 7), Came(seen + 6, "kiosk"));
        Assert.Equal((null, seen + 7), Came(seen + 7, null));
        _readers.Forget("kiosk");
        Assert.Null(Came(seen, "kiosk").Number);

        (string? Number, long Seen) Came(long behind, string? reader) => _readers.CameAfter(behind, reader) is var (card, upTo) ? (card?.CardNumber, upTo) : default;
    }

    [Fact]
    public void Refused_HolderOfARefusedCard_IsKnownUntilAGoodOneIsReadOrADayIsOver()
    {
        _readers.Put("A", ReaderStatus.NotRead, Card("1"), Expired);
        _readers.Put("A", ReaderStatus.Ready);
        Assert.Equal(Expired, _readers.Refused.Of("1", null)?.Error);
        Assert.Equal(Expired, _readers.Refused.Of(null, "ID-1")?.Error);
        Assert.Null(_readers.Refused.Of("2", ""));
        Assert.Null(_readers.Refused.Of(null, null));
        _clock.Advance(RefusedCards.Remembered);
        Assert.NotNull(_readers.Refused.Of("1", null));
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(_readers.Refused.Of("1", null));
        _readers.Put("A", ReaderStatus.NotRead, Card("1"), Blocked);
        _readers.Put("A", ReaderStatus.Read, Card("1"));
        Assert.Null(_readers.Refused.Of("1", null));
    }

    [Fact]
    public void Refused_CardOfWhichNothingWasRead_CountsForEverybodyWhileItIsIn()
    {
        _readers.Put("A", ReaderStatus.NotRead, null, Blocked);
        Assert.Equal("A", _readers.Refused.Of("9", "9")?.Reader);
        _readers.Put("B", ReaderStatus.Ready);
        Assert.Equal("A", _readers.Refused.Of("9", "9")?.Reader);
        _readers.Put("A", ReaderStatus.Ready);
        Assert.Null(_readers.Refused.Of("9", "9"));
        _readers.Put("A", ReaderStatus.NotRead, null, Blocked);
        _readers.Forget("A");
        Assert.Null(_readers.Refused.Of("9", "9"));
    }

    [Theory]
    [InlineData(DeviceErrorCode.CardMute)]
    [InlineData(DeviceErrorCode.CardUnknown)]
    [InlineData(DeviceErrorCode.CardNeedsAuthentication)]
    public void Refused_CardThatCouldOnlyNotBeRead_IsNotRemembered(DeviceErrorCode code)
    {
        _readers.Put("A", ReaderStatus.NotRead, Card("1"), new DeviceError(code));
        Assert.Null(_readers.Refused.Of("1", "id-1"));
    }

    [Fact]
    public void ToString_OfACard_NamesNobody() =>
        Assert.Equal("a card in A", (Card("1") with { Name = "样本", IdNumber = "x" }).ToString());
}
