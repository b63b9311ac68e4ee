using System.Net;
using System.Net.Sockets;
using EdgeHub.Agent.Store;
using EdgeHub.Rules;
using EdgeHub.Tests.Unit.Agent.Kit;

namespace EdgeHub.Tests.Browser;

/// <summary>A clinic whose line is up and so slow that nothing comes: its hub takes each call and says nothing until it is let go.</summary>
public sealed class SlowLineSite : DeskSite
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly TcpListener _hub = new(IPAddress.Loopback, 0);
    private readonly Lock _gate = new();
    private readonly List<TcpClient> _held = [];
    private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _holds;

    public SlowLineSite()
    {
        _hub.Start();
        _ = Hold();
    }

    protected override async Task Prepare(Station station)
    {
        await base.Prepare(station);
        var slow = new Uri($"http://127.0.0.1:{((IPEndPoint)_hub.LocalEndpoint).Port}");
        await station.Store.Do(session =>
        {
            MetaStore.KeepSite(session, station.Store.Site! with { Hub = slow });
            return slow;
        });
    }

    /// <summary>What the program asks the hub at its start has its own patience, and fails at once: not what is shown here. Each call after that is held.</summary>
    public async Task HoldsFromNow()
    {
        await _asked.Task.WaitAsync(Patience);
        _holds = true;
    }

    /// <summary>Every call that waits ends without an answer.</summary>
    public void LetGo()
    {
        lock (_gate)
        {
            foreach (var call in _held)
            {
                call.Dispose();
            }
            _held.Clear();
        }
    }

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        _hub.Stop();
        LetGo();
    }

    private async Task Hold()
    {
        try
        {
            while (true)
            {
                var call = await _hub.AcceptTcpClientAsync();
                if (!_holds)
                {
                    call.Dispose();
                    _asked.TrySetResult();
                    continue;
                }
                lock (_gate)
                {
                    _held.Add(call);
                }
            }
        }
        catch (Exception over) when (over is SocketException or ObjectDisposedException)
        {
            // The site is gone.
        }
    }
}

/// <summary>A slow line holds nobody up whom this clinic knows; who is asked for at the hub is waited for with a word, and not for long.</summary>
[Collection(OneBrowser.Desk)]
public sealed class SlowLineTests(OneBrowser browser, SlowLineSite site) : IClassFixture<SlowLineSite>
{
    private const string Stranger = "11010519491231002X";
    private readonly ClinicDay _day = new(site);

    [Theory]
    [MemberData(nameof(Seen.EveryLanguage), MemberType = typeof(Seen))]
    [Shows(Scene.SlowNetwork)]
    public async Task SlowLine_HoldsNobodyUp_AndAStrangerIsWaitedForWithAWord(string language)
    {
        await site.HoldsFromNow();
        await using var seen = await _day.Open(browser, language);
        await _day.Arrive(seen, _day.NextPerson());
        await ClinicDay.Bill(seen, "A1", "100.00");
        await seen.Page.ClickAsync("button[value=confirm]");
        await seen.Page.WaitForURLAsync("**/desk/receipt/**");
        await _day.NoCard();
        await seen.Go("/desk");
        await seen.Page.FillAsync("#number", Stranger);
        await seen.Page.PressAsync("#number", "Enter");
        await seen.Page.WaitForSelectorAsync(".notice.bad");
        await seen.Accessible();
        await seen.Shot("stranger");
        var said = await seen.SaysItIsSlow();
        var pressed = seen.Page.ClickAsync("section.panel:has(#number) button.main");
        Assert.Equal(seen.Word("frame.slow"), await said);
        site.LetGo();
        await pressed;
        await seen.Page.WaitForSelectorAsync($".notice.bad .code:text-is('{Codes.OutsideCatchmentOffline}')");
        Assert.Equal(Stranger, await seen.Page.InputValueAsync("#number"));
    }
}
