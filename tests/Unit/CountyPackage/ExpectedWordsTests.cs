using EdgeHub.Rules;
using EdgeHub.Rules.Schemes.CountyPackage;

namespace EdgeHub.Tests.Unit.CountyPackage;

/// <summary>What would be right is said in the reader's language for every fault of the county's rules and of trying a rule.</summary>
public sealed class ExpectedWordsTests
{
    private static readonly Money Yuan = Money.Fen(100);

    [Fact]
    public void Rules_RefusedInputs_SayWhatIsRightInEachLanguage() => Known(new Action[]
    {
        () => CountyPackageRules.Funding(-1, Yuan),
        () => CountyPackageRules.Funding(1, -Yuan),
        () => CountyPackageRules.CityExtraction(Yuan, new Rate(1.1m)),
        () => CountyPackageRules.ReserveBase(Yuan, Yuan, Yuan),
        () => CountyPackageRules.LeadIndicator(Yuan, Yuan + Yuan),
        () => CountyPackageRules.PrimaryCareShare(Yuan + Yuan, Yuan, Rate.One, null),
        () => CountyPackageRules.PrivateIndicators([new("A", Yuan), new("A", Yuan)], Rate.Zero, Yuan, Rate.One),
        () => CountyPackageRules.PaymentModeOf(ProviderKind.OutOfCounty, false),
        () => CountyPackageRules.PaymentCycle(2025, new DateOnly(2025, 6, 30)),
        () => CountyPackageRules.Prepayment(new PrepaymentCase(Yuan, Yuan, Yuan, 4, Yuan), Rate.One, PrepaymentBasis.Cumulative),
        () => CountyPackageRules.PassOn(Yuan, new DateOnly(2025, 1, 1), Yuan + Yuan, new DateOnly(2025, 1, 1), 1),
        () => CountyPackageRules.MonthlyPayment(Yuan, 13),
        () => CountyPackageRules.Grade(101m, new GradeThresholds(90, 80, 70, 60)),
        () => CountyPackageRules.Grade(1m, new GradeThresholds(80, 80, 70, 60)),
        () => CountyPackageRules.AssessmentScore([new("a", 1m, 1m), new("a", 0m, 1m)]),
        () => CountyPackageRules.AssessmentScore([new("a", 2m, 1m)]),
        () => CountyPackageRules.ShareOverrun(Yuan, 0, 0),
        () => CountyPackageRules.DeductByIndicators(Yuan, new ClearingFindings(90m, 0, HospitalLevel.One, Yuan + Yuan, Yuan, 0, 0),
            ClearingIndicatorTerms.From(SchemeParameters.Shipped(CountyPackageScheme.Name).On(new DateOnly(2025, 1, 1), new DateOnly(2025, 1, 1)))),
        () => CountyPackageRules.ReferralRate(2, 1, Rate.One),
        () => VisitClasses.Shipped.Of("99"),
        () => VisitClasses.Parse("v.csv", "code,class,note\n11,Outpatient,\n11,Inpatient,\n12,?,\n"),
        () => SchemeParameters.Parse("p.csv", "key,value,unit,first day,last day,known from,article,checked on,note\na,1,pieces,2025-01-01,,2025-01-01,Z5,2025-01-01,\n"),
    });

    [Fact]
    public void Descriptors_BadJson_SayWhatIsRightInEachLanguage() => Known(
        from rule in RuleCatalogue.All
        from json in new[]
        {
            "", "{", "[]", "{}", "{\"inputs\":{}}", "{\"day\":\"2019-01-01\",\"inputs\":{}}", "{\"day\":1,\"x\":1,\"rule\":\"y\",\"inputs\":{\"private\":7,\"lines\":[7]}}",
        }
        select (Action)(() => rule.Run(json)));

    private static void Known(IEnumerable<Action> refused) => Assert.All(
        refused.SelectMany(action => Assert.Throws<FaultException>(action).Faults),
        fault => Assert.True(Expectations.Knows(fault.Expected) || !fault.Expected.Contains(' ', StringComparison.Ordinal), fault.Expected));
}
