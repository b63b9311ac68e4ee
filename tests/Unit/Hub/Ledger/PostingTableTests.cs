using EdgeHub.Hub.Ledger;
using EdgeHub.Tests.Unit.Benefit;

namespace EdgeHub.Tests.Unit.Hub.Ledger;

/// <summary>The table of postings is whole: every event once, every kind of envelope used, every row under an article.</summary>
public sealed class PostingTableTests
{
    [Fact]
    public void Rules_EveryEvent_HasOneRow() => Assert.Equal(
        Enum.GetValues<LedgerEvent>().Order(), PostingTable.Rules.Select(rule => rule.Event).Order());

    [Fact]
    public void Rules_EveryKindOfEnvelope_IsUsed() => Assert.Empty(
        Enum.GetValues<AccountKind>().Except(PostingTable.Rules.SelectMany(rule => new[] { rule.Debit, rule.Credit })));

    /// <summary>Funding is only issued, the deposit only withheld and then returned or forfeited: whatever comes into an envelope can leave it.</summary>
    [Fact]
    public void Rules_EveryKindOfEnvelope_IsFilledAndEmptied() => Assert.All(Enum.GetValues<AccountKind>(), kind =>
    {
        Assert.Contains(PostingTable.Rules, rule => rule.Credit == kind);
        Assert.Contains(PostingTable.Rules, rule => rule.Debit == kind);
    });

    [Fact]
    public void Rules_EveryRow_CitesADocumentAndSaysWhatHappens() => Assert.All(PostingTable.Rules, rule =>
    {
        Assert.Matches(@"^[ZB]\d+$", rule.Article.Rule);
        Assert.NotEqual("", rule.Article.Document);
        Assert.NotEqual("", rule.Article.Clause);
        Assert.NotEqual("", rule.Means);
    });

    [Theory]
    [InlineData(AccountKind.CatastrophicPremium)]
    [InlineData(AccountKind.SettledCatastrophic)]
    [InlineData(AccountKind.SettledAssistance)]
    public void Rules_LayersAboveTheFund_NeverTouchAnIndicatorOrThePackage(AccountKind layer) => Assert.DoesNotContain(
        PostingTable.Rules.Where(rule => rule.Debit == layer || rule.Credit == layer),
        rule => new[] { rule.Debit, rule.Credit }.Any(kind => kind is AccountKind.PackageBudget or AccountKind.ProviderIndicator));

    [Fact]
    public void Readme_OfTheRoom_HasTheTableAsItIs()
    {
        var lines = File.ReadAllLines(BookText.Repository("hub/Ledger/README.md"));

        Assert.Equal(PostingTable.Markdown(), lines.SkipWhile(line => !line.StartsWith("| event |", StringComparison.Ordinal)).TakeWhile(line => line.StartsWith('|')));
    }
}
