using EdgeHub.Hub.Feeds;
using EdgeHub.Hub.Store;
using EdgeHub.Rules;
using EdgeHub.Sync.Seams;
using EdgeHub.Tests.Unit.Hub.Lab;

namespace EdgeHub.Tests.Unit.Hub;

/// <summary>A book is loaded for its own region and currency, once per version, and never for what was judged already.</summary>
public sealed class PolicyFileTests : IDisposable
{
    private readonly TempHub _hub = new();

    public void Dispose() => _hub.Dispose();

    [Fact]
    public void Load_OwnBook_IsTakenOnceAndTheSameAgainChangesNothing()
    {
        Assert.True(PolicyFile.Load(_hub.Store, Read(LabPolicy.Yearly)));
        Assert.False(PolicyFile.Load(_hub.Store, Read(LabPolicy.Yearly)));
    }

    [Theory]
    [InlineData("\"530924\"", "\"530921\"", Codes.WrongRegion, "530924")]
    [InlineData("\"CNY\"", "\"SEK\"", Codes.UnknownCurrency, "CNY")]
    public void Load_ForeignBook_IsRefusedByName(string own, string foreign, string code, string right)
    {
        var text = LabPolicy.Yearly.Replace(own, foreign, StringComparison.Ordinal);

        var refused = Assert.Throws<FaultException>(() => PolicyFile.Load(_hub.Store, Read(text)));

        Assert.Equal(code, refused.Faults[0].Code);
        Assert.Contains(right, refused.Message, StringComparison.Ordinal);
        Assert.Equal(0, _hub.Count("select count(*) from policy_book"));
    }

    [Fact]
    public void Load_OtherTextUnderTheSameVersion_IsRefused()
    {
        PolicyFile.Load(_hub.Store, Read(LabPolicy.Yearly));

        var refused = Assert.Throws<FaultException>(() => PolicyFile.Load(_hub.Store, Read(LabPolicy.Yearly.Replace("0.6", "0.7", StringComparison.Ordinal))));

        Assert.Equal(Codes.Duplicated, refused.Faults[0].Code);
    }

    [Theory]
    [InlineData("2025-03-03", "2025-12-31", true)]
    [InlineData("2025-03-04", "2025-12-31", false)] // known a day after the capture
    [InlineData("2025-01-01", "2025-03-03", true)] // the last day is included
    [InlineData("2025-01-01", "2025-03-02", false)] // ends before the service day
    public void Load_BookForJudgedSettlements_IsRefusedWithWhomItHits(string knownFrom, string last, bool refused)
    {
        using var lab = new SettlementLab();
        lab.Person("53092400000001");
        var north = lab.Site("530924100201", 1);
        north.Settle("53092400000001", "2025-03-03", 150.00m);
        north.Settle("53092400000001", "2025-03-03", 20.00m);
        north.Send();
        lab.SettleAll();
        using var hub = HubStore.OpenOrMake(lab.Folder, TempHub.Settings, lab.Clock, new SystemEntropy(), place: lab.Words);
        var book = Read(LabPolicy.Of(2, knownFrom, "year", "100.00", "0.5", "", "").Replace("2025-12-31", last, StringComparison.Ordinal));

        var outcome = Record.Exception(() => PolicyFile.Load(hub, book));

        Assert.Equal(refused, outcome is FaultException);
        Assert.Equal(refused, outcome?.Message.Contains("2 settlements of 1 persons", StringComparison.Ordinal) ?? false);
        Assert.Equal(refused ? 1 : 2, lab.Number("select count(*) from policy_book"));
    }

    private BookRow Read(string text)
    {
        var file = Path.Combine(_hub.Folder, "policy.json");
        File.WriteAllText(file, text);
        return PolicyFile.Read(new FileInfo(file));
    }
}
