using EdgeHub.Rules;
using EdgeHub.Rules.Payment;
using EdgeHub.Rules.Schemes.PrimaryCareChoice;

namespace EdgeHub.Tests.Unit.PrimaryCareChoice;

/// <summary>What would be right is said in the reader's language for every fault of these rules, and their parameters cite rules that exist.</summary>
public sealed class ExpectedWordsTests
{
    private static readonly Money Krona = new(100, Currency.Sek);
    private static readonly DateOnly Day = new(2025, 3, 12);

    [Fact]
    public void Rules_RefusedInputs_SayWhatIsRightInEachLanguage() => Assert.All(
        new Action[]
        {
            () => PrimaryCareChoiceRules.Pay([new PaymentComponent.BlockGrant("a", Krona), new PaymentComponent.BlockGrant("a", Krona)], Currency.Sek),
            () => PrimaryCareChoiceRules.Pay([new PaymentComponent.BlockGrant("a", -Krona)], Currency.Sek),
            () => PrimaryCareChoiceRules.ListedAt([new("P", "U", Day, null), new("P", "V", Day, null)], "P", Day),
            () => PrimaryCareChoiceRules.CapitationShare(Krona + Krona, Krona, Rate.Zero, Rate.One),
            () => PrimaryCareChoiceRules.ProjectGrant(-1, Krona),
            () => PrimaryCareChoiceRules.FeeUnderProtection([new(Day.AddDays(1), Krona)], Day, Krona, Krona, 12),
            () => PrimaryCareChoiceRules.Continuity("U", Profession.Other, Day, [], [], [], new(18, 5, 3, 4)),
            () => PrimaryCareChoiceRules.Continuity("U", Profession.Doctor, Day, [], [], [], new(18, 5, 1, 4)),
            () => PrimaryCareChoiceRules.ChronicGroup("x"),
            () => PrimaryCareChoiceRules.Incentive(null, Krona, Rate.One, Rate.One, Rate.Zero),
            () => RuleCatalogue.Find("care-choice.visit-payment")!.Run("""{"day":"2025-01-01","inputs":{"physical":1,"videoReplacing":0,"videoOther":0,"visitDay":"2025-01-01","videoFrom":"x"}}"""),
        },
        refused => Assert.All(Assert.Throws<FaultException>(refused).Faults, fault => Assert.True(
            Expectations.Knows(fault.Expected) || !fault.Expected.Contains(' ', StringComparison.Ordinal), fault.Expected)));

    [Fact]
    public void ShippedParameters_EveryRow_CitesARuleThatExists()
    {
        var articles = PrimaryCareChoiceArticles.All.Select(article => article.ToString()).ToHashSet(StringComparer.Ordinal);
        Assert.All(SchemeParameters.Shipped(PrimaryCareChoiceScheme.Name).Rows, row => Assert.Contains(row.Article, articles));
    }
}
