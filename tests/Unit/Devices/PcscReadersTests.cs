using EdgeHub.Agent.Devices;
using EdgeHub.Agent.Devices.Cards;
using EdgeHub.Agent.Devices.Pcsc;
using EdgeHub.Tests.VirtualCard;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeHub.Tests.Unit.Devices;

/// <summary>Monitor, workers and watchdog over PC/SC in memory: what a daemon on Linux cannot be made to show, and the platform's codes.</summary>
public sealed class PcscReadersTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly FakeScard _scard = new();
    private readonly CardReaders _readers = new(TimeProvider.System);
    private readonly PcscReaders _pcsc;
    private readonly ManualResetEventSlim _release = new(false);

    public PcscReadersTests()
    {
        var reading = new CardReading(CardProfiles.BuiltIn, () => CardRules.Any, new NoAuthenticator(), TimeProvider.System, () => new DateOnly(2025, 3, 12));
        var limits = new PcscLimits(TimeSpan.FromMilliseconds(400), TimeSpan.FromSeconds(2), TimeSpan.FromMilliseconds(10));
        _pcsc = new PcscReaders(_readers, reading, () => _scard, limits, TimeProvider.System, NullLogger<PcscReaders>.Instance);
    }

    private static Func<byte[], byte[]> Card(string number) => new SocialSecurityCard(new CardFacts { CardNumber = number }).Answer;

    private async Task<ReaderState> Shows(string reader, Func<ReaderState, bool> as_)
    {
        var version = 0L;
        using var late = new CancellationTokenSource(Patience);
        while (true)
        {
            if (_readers.Find(reader) is { } state && as_(state))
            {
                return state;
            }
            try
            {
                version = await _readers.WaitForChange(version, Patience, late.Token);
            }
            catch (OperationCanceledException over)
            {
                throw new InvalidOperationException($"{reader} is {_readers.Find(reader)}", over);
            }
        }
    }

    private Task<ReaderState> Shows(string reader, ReaderStatus status, DeviceErrorCode? error = null) =>
        Shows(reader, state => state.Status == status && state.Error?.Code == error);

    [Fact]
    public async Task Start_NoLibrary_SaysSoByNameAndGoesOn()
    {
        using var none = new PcscReaders(_readers, null!, () => null, PcscLimits.Usual, TimeProvider.System, NullLogger<PcscReaders>.Instance);
        await none.StartAsync(CancellationToken.None);
        var state = Assert.Single(_readers.States);
        Assert.Equal((ReaderStatus.Absent, DeviceErrorCode.CardSystemAbsent), (state.Status, state.Error!.Code));
        Assert.Contains(PlatformScard.LibraryName, state.Error.Detail, StringComparison.Ordinal);
        await none.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Readers_NoneThenOneThenNone_AreSeenAsTheyComeAndGo()
    {
        await _pcsc.StartAsync(CancellationToken.None);
        await Shows("PC/SC", ReaderStatus.Absent, DeviceErrorCode.NoReader);
        _scard.Plug("A");
        await Shows("A", ReaderStatus.Ready);
        Assert.Null(_readers.Find("PC/SC"));
        _scard.Insert("A", Card("C1"));
        Assert.Equal("C1", (await Shows("A", ReaderStatus.Read)).Card?.CardNumber);
        _scard.Unplug("A");
        await Shows("A", ReaderStatus.Absent, DeviceErrorCode.ReaderGone);
        Assert.Null(_readers.Current);
        _scard.Plug("A");
        await Shows("A", ReaderStatus.Ready);
        _scard.Insert("A", Card("C2"));
        Assert.Equal("C2", (await Shows("A", ReaderStatus.Read)).Card?.CardNumber);
        _scard.Pull("A");
        await Shows("A", ReaderStatus.Ready);
    }

    [Fact]
    public async Task Card_ChangedFasterThanAnybodyLooks_IsReadAnew()
    {
        _scard.Plug("A");
        await _pcsc.StartAsync(CancellationToken.None);
        _scard.Insert("A", Card("C1"));
        await Shows("A", ReaderStatus.Read);
        _scard.Pull("A");
        _scard.Insert("A", Card("C2"));
        Assert.Equal("C2", (await Shows("A", state => state.Card?.CardNumber == "C2")).Card?.CardNumber);
    }

    [Theory]
    [InlineData(ScardError.NoService)]
    [InlineData(ScardError.ServiceStopped)]
    [InlineData(ScardError.CommError)]
    [InlineData(ScardError.Shutdown)]
    [InlineData(ScardError.BrokenPipe)]
    [InlineData(ScardError.WindowsInvalidHandle)]
    public async Task Service_StopsAndComesBack_ReadersComeBackByThemselves(ScardError says)
    {
        _scard.Plug("A");
        _scard.Insert("A", Card("C1"));
        await _pcsc.StartAsync(CancellationToken.None);
        await Shows("A", ReaderStatus.Read);
        _scard.Stop(says);
        var state = await Shows("A", ReaderStatus.Absent, DeviceErrorCode.CardSystemStopped);
        Assert.Equal(says.ToString(), state.Error!.Detail);
        var before = _scard.Establishes;
        await Shows("PC/SC", ReaderStatus.Absent, DeviceErrorCode.CardSystemStopped);
        while (_scard.Establishes < before + 3)
        {
            await Task.Delay(10);
        }
        _scard.Back();
        Assert.Equal("C1", (await Shows("A", ReaderStatus.Read)).Card?.CardNumber);
        Assert.Null(_readers.Find("PC/SC"));
    }

    [Fact]
    public async Task Hung_OneReader_IsShownSoAndTheOtherGoesOn()
    {
        _scard.Plug("A", "B");
        await _pcsc.StartAsync(CancellationToken.None);
        _scard.Insert("A", _ =>
        {
            _release.Wait();
            return [];
        });
        await Shows("A", ReaderStatus.Faulty, DeviceErrorCode.ReaderHung);
        _scard.Insert("B", Card("C2"));
        await Shows("B", ReaderStatus.Read);
        // Pulled, but the thread is not back: it stays faulty.
        _scard.Pull("A");
        _scard.Pull("B");
        await Shows("B", ReaderStatus.Ready);
        Assert.Equal(ReaderStatus.Faulty, _readers.Find("A")!.Status);
        _release.Set();
        await Shows("A", state => state.Status == ReaderStatus.Ready);
        _scard.Insert("A", Card("C3"));
        Assert.Equal("C3", (await Shows("A", ReaderStatus.Read)).Card?.CardNumber);
    }

    [Fact]
    public async Task Hung_ReaderUnpluggedAndBack_WorksWithAThreadOfItsOwn()
    {
        _scard.Plug("A");
        await _pcsc.StartAsync(CancellationToken.None);
        _scard.Insert("A", _ =>
        {
            _release.Wait();
            return [];
        });
        await Shows("A", ReaderStatus.Faulty, DeviceErrorCode.ReaderHung);
        _scard.Unplug("A");
        await Shows("A", ReaderStatus.Absent, DeviceErrorCode.ReaderGone);
        _scard.Plug("A");
        _scard.Insert("A", Card("C1"));
        await Shows("A", ReaderStatus.Read);
        _release.Set();
        await Task.Delay(50);
        Assert.Equal(ReaderStatus.Read, _readers.Find("A")!.Status);
    }

    [Fact]
    public async Task Pulled_WhileRead_SaysSoUntilTheNextCard()
    {
        _scard.Plug("A");
        await _pcsc.StartAsync(CancellationToken.None);
        var card = new SocialSecurityCard(new CardFacts());
        // Success with nothing, as pcsclite answers for a card that left.
        card.Instead = command => command[1] == 0xB2 ? [] : null;
        _scard.Insert("A", card.Answer);
        await Shows("A", ReaderStatus.NotRead, DeviceErrorCode.CardPulled);
        _scard.Pull("A");
        await Shows("A", ReaderStatus.Ready, DeviceErrorCode.CardPulled);
        _scard.Insert("A", Card("C1"));
        await Shows("A", ReaderStatus.Read);
        _scard.Pull("A");
        await Shows("A", ReaderStatus.Ready);
    }

    [Theory]
    [InlineData(ScardError.SharingViolation)]
    [InlineData(ScardError.ResetCard)]
    [InlineData(ScardError.NoService)]
    public async Task Connect_FailsInPassing_IsTriedAgain(ScardError says)
    {
        _scard.Plug("A");
        await _pcsc.StartAsync(CancellationToken.None);
        _scard.Connects.Enqueue(says);
        _scard.Connects.Enqueue(says);
        _scard.Insert("A", Card("C1"));
        await Shows("A", ReaderStatus.Read);
    }

    [Theory]
    [InlineData(ScardError.SharingViolation, 3, DeviceErrorCode.ReaderBusy, ReaderStatus.Faulty)]
    [InlineData(ScardError.UnresponsiveCard, 1, DeviceErrorCode.CardMute, ReaderStatus.NotRead)]
    [InlineData(ScardError.ProtoMismatch, 1, DeviceErrorCode.CardMute, ReaderStatus.NotRead)]
    [InlineData(ScardError.InternalError, 1, DeviceErrorCode.ReaderFailed, ReaderStatus.Faulty)]
    [InlineData((ScardError)0x80100099, 1, DeviceErrorCode.ReaderFailed, ReaderStatus.Faulty)]
    public async Task Connect_Fails_IsAnErrorByName(ScardError says, int times, DeviceErrorCode code, ReaderStatus status)
    {
        _scard.Plug("A");
        await _pcsc.StartAsync(CancellationToken.None);
        for (var i = 0; i < times; i++)
        {
            _scard.Connects.Enqueue(says);
        }
        _scard.Insert("A", Card("C1"));
        var state = await Shows("A", status, code);
        Assert.Equal($"Connect: {ScardErrors.Name(says)}", state.Error!.Detail);
    }

    [Fact]
    public async Task Mute_CardUpsideDown_IsNotTriedAtAll()
    {
        _scard.Plug("A");
        await _pcsc.StartAsync(CancellationToken.None);
        var isAsked = false;
        _scard.Insert("A", _ =>
        {
            isAsked = true;
            return [0x90, 0];
        }, ReaderFlags.Mute);
        await Shows("A", ReaderStatus.NotRead, DeviceErrorCode.CardMute);
        Assert.False(isAsked);
    }

    [Fact]
    public async Task Card_ThatBreaksTheProgram_CostsItsReaderAlone()
    {
        _scard.Plug("A", "B");
        await _pcsc.StartAsync(CancellationToken.None);
        _scard.Insert("A", _ => throw new InvalidOperationException("planted"));
        var state = await Shows("A", ReaderStatus.Faulty, DeviceErrorCode.ReaderFailed);
        Assert.Equal(nameof(InvalidOperationException), state.Error!.Detail);
        _scard.Insert("B", Card("C1"));
        await Shows("B", ReaderStatus.Read);
    }

    [Fact]
    public async Task Readers_MoreThanCanBeWatched_AreShownSoAndNeverAsked()
    {
        _scard.Plug([.. Enumerable.Range(0, 17).Select(i => $"R{i:00}")]);
        await _pcsc.StartAsync(CancellationToken.None);
        await Shows("R16", ReaderStatus.Faulty, DeviceErrorCode.TooManyReaders);
        await Shows("R15", ReaderStatus.Faulty, DeviceErrorCode.TooManyReaders);
        await Shows("R14", ReaderStatus.Ready);
        Assert.Equal(16, _scard.MostWatched);
        _scard.Unplug("R00");
        await Shows("R15", ReaderStatus.Ready);
    }

    [Fact]
    public async Task Stop_WhileWaitingAndReading_LetsGoOfEverything()
    {
        _scard.Plug("A", "B");
        await _pcsc.StartAsync(CancellationToken.None);
        _scard.Insert("A", Card("C1"));
        await Shows("A", ReaderStatus.Read);
        await _pcsc.StopAsync(CancellationToken.None);
        // A stop is bounded: a thread that the machine gives no turn meanwhile lets go when it has one.
        await SerialBench.Until(() => (_scard.OpenContexts, _scard.OpenCards) == (0, 0), () => $"{_scard.OpenContexts} contexts, {_scard.OpenCards} cards");
    }

    [Fact]
    public async Task Stop_WithAHungCard_IsBounded()
    {
        _scard.Plug("A");
        await _pcsc.StartAsync(CancellationToken.None);
        _scard.Insert("A", _ =>
        {
            _release.Wait();
            return [];
        });
        await Shows("A", ReaderStatus.Faulty, DeviceErrorCode.ReaderHung);
        await _pcsc.StopAsync(CancellationToken.None).WaitAsync(Patience);
        Assert.Equal(1, _scard.OpenCards);
    }

    public void Dispose()
    {
        _release.Set();
        _pcsc.StopAsync(CancellationToken.None).GetAwaiter().GetResult();
        _pcsc.Dispose();
    }
}
