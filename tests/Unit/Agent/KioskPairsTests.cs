using EdgeHub.Agent;
using EdgeHub.Agent.Kiosk;
using EdgeHub.Sync.Seams;
using EdgeHub.Tests.Unit.Agent.Kit;
using Microsoft.Extensions.Configuration;

namespace EdgeHub.Tests.Unit.Agent;

/// <summary>Kiosks on other machines: codes that are used once and soon, tokens that end, rates, and where they may be listened for.</summary>
public sealed class KioskPairsTests
{
    private static readonly KioskPlace Hall = new("hall", null, "till", null);

    [Fact]
    public async Task Pair_CodeOfTheDesk_WorksOnceWithinTenMinutes()
    {
        await using var station = await Station.Start();
        var pairs = new KioskPairs(station.Store, station.Clock, new SeededEntropy(3));
        var code = Code(pairs, Hall);
        Assert.Matches("^[0-9]{8}$", code);
        station.Clock.Advance(TimeSpan.FromMinutes(10));
        var token = Assert.IsType<PairOutcome.Paired>(await pairs.Pair($"{code[..4]} {code[4..]}")).Token;
        Assert.Equal(Hall, await pairs.Of(token));
        Assert.IsType<PairOutcome.Refused>(await pairs.Pair(code));
        var late = Code(pairs, Hall);
        station.Clock.Advance(TimeSpan.FromMinutes(10) + TimeSpan.FromSeconds(1));
        Assert.IsType<PairOutcome.Refused>(await pairs.Pair(late));
        // What the browser keeps is not in the store.
        Assert.Null(await pairs.Of(token[..^1] + (token[^1] == '0' ? '1' : '0')));
        Assert.Null(await pairs.Of(null));
        // After a restart it is known still; a kiosk of the same name takes its place; revoked it gets nothing.
        await station.Restart();
        pairs = new KioskPairs(station.Store, station.Clock, new SeededEntropy(4));
        Assert.Equal(Hall, await pairs.Of(token));
        var next = Assert.IsType<PairOutcome.Paired>(await pairs.Pair(Code(pairs, Hall with { Printer = null }))).Token;
        Assert.Null(await pairs.Of(token));
        Assert.True(await pairs.Revoke("hall", "01"));
        Assert.False(await pairs.Revoke("hall", "01"));
        Assert.Null(await pairs.Of(next));
        Assert.NotNull(Assert.Single(await pairs.All()).RevokedAt);
    }

    [Theory]
    [InlineData(KioskPairs.MostWrong - 1, true)]
    [InlineData(KioskPairs.MostWrong, false)]
    public async Task Pair_WrongCodes_VoidTheOfferAfterTen(int wrong, bool isTaken)
    {
        await using var station = await Station.Start();
        var pairs = new KioskPairs(station.Store, station.Clock, new SeededEntropy(3));
        var code = Code(pairs, Hall);
        for (var i = 0; i < wrong; i++)
        {
            Assert.IsType<PairOutcome.Refused>(await pairs.Pair(i % 2 == 0 ? "" : code[1..]));
        }
        Assert.Equal(isTaken, await pairs.Pair(code) is PairOutcome.Paired);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("入口")]
    [InlineData("a-name-longer-than-20")]
    public async Task Offer_NameThatIsNone_IsRefused(string name)
    {
        await using var station = await Station.Start();
        Assert.IsType<PairOutcome.Refused>(new KioskPairs(station.Store, station.Clock, new SeededEntropy(3)).Offer(Hall with { Name = name }, "01"));
    }

    [Fact]
    public void May_MoreThanAScreenNeeds_IsHeldUpAndOthersAreNot()
    {
        var clock = new SetClock(Station.Morning);
        var rates = new KioskRates(clock);
        var from = System.Net.IPAddress.Parse("192.168.1.7");
        Assert.Equal(200, Enumerable.Range(0, 1_000).Count(_ => rates.May(null, from)));
        Assert.Equal(120, Enumerable.Range(0, 1_000).Count(_ => rates.May("hall", from)));
        Assert.True(rates.May(null, System.Net.IPAddress.Parse("192.168.1.8")));
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(2, Enumerable.Range(0, 100).Count(_ => rates.May(null, from)));
        Assert.Equal(20, Enumerable.Range(0, 100).Count(_ => rates.May("hall", from)));
    }

    [Theory]
    [InlineData("https://192.168.1.10:5411", true)]
    [InlineData("https://10.0.0.1:5411/", true)]
    [InlineData("https://172.16.0.1:5411", true)]
    [InlineData("https://172.31.255.255:5411", true)]
    [InlineData("https://[fd00::1]:5411", true)]
    [InlineData("https://127.0.0.2:5411", true)]
    [InlineData("https://172.32.0.1:5411", false)]
    [InlineData("https://172.15.0.1:5411", false)]
    [InlineData("https://192.169.1.10:5411", false)]
    [InlineData("https://8.8.8.8:5411", false)]
    [InlineData("https://0.0.0.0:5411", false)]
    [InlineData("https://[::]:5411", false)]
    [InlineData("https://clinic.example:5411", false)]
    [InlineData("http://192.168.1.10:5411", false)]
    [InlineData("https://192.168.1.10", false)]
    [InlineData("https://192.168.1.10:5411/kiosk", false)]
    [InlineData("192.168.1.10:5411", false)]
    public void Listen_AddressOutsideAPrivateNetworkOrWithoutTls_IsRefusedByName(string address, bool isTaken)
    {
        var settings = new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create("State", (string?)"/tmp/x"), KeyValuePair.Create("Kiosk:Listen", (string?)address)]).Build();
        if (isTaken)
        {
            Assert.Equal(new Uri(address), AgentOptions.Of(settings).KioskListen);
        }
        else
        {
            Assert.Contains("Kiosk:Listen", Assert.Throws<ArgumentException>(() => AgentOptions.Of(settings)).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Line_AfterARestart_HasTheSameKey()
    {
        await using var station = await Station.Start();
        var vault = EdgeHub.Agent.Agent.VaultOf(EdgeHub.Agent.Store.StateFolder.Look(station.Folder), new SeededEntropy(1));
        var address = new Uri("https://192.168.1.10:5411");
        var (first, second) = (KioskLine.Of(address, vault, Station.Morning), KioskLine.Of(address, vault, Station.Morning.AddYears(1)));
        Assert.Equal(first.Pin, second.Pin);
        Assert.True(second.Certificate.HasPrivateKey);
        Assert.True(second.Certificate.MatchesHostname("192.168.1.10"));
    }

    private static string Code(KioskPairs pairs, KioskPlace place) => Assert.IsType<PairOutcome.Offered>(pairs.Offer(place, "01")).Code;
}
