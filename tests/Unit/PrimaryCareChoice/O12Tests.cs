using EdgeHub.Rules;
using EdgeHub.Rules.Schemes.PrimaryCareChoice;

namespace EdgeHub.Tests.Unit.PrimaryCareChoice;

public sealed class O12Tests
{
    public static TheoryData<ExampleRow> Examples => ExampleTable.Of("O12");

    [Theory, MemberData(nameof(Examples))]
    public void Incentive_Example_IsOnePercentPerWholePoint(ExampleRow row)
    {
        var share = row.Count("patients") == 0 ? null : new Fraction(row.Count("continuous"), row.Count("patients"));
        var incentive = PrimaryCareChoiceRules.Incentive(share, row.Kronor("capitation"), new Rate(0.50m), new Rate(0.70m), new Rate(0.01m)).Value;
        Assert.Equal(new ContinuityIncentive(row.Whole("points"), row.Kronor("amount")), incentive);
    }

    [Fact]
    public void ContinuityAddition_OnTheShippedParameters_IsTheWorkedExample()
    {
        var day = new DateOnly(2025, 1, 1);
        var terms = PrimaryCareChoiceTerms.From(SchemeParameters.Shipped(PrimaryCareChoiceScheme.Name).On(day, day));
        var (share, incentive, steps) = PrimaryCareChoiceScheme.ContinuityAddition(
            [.. new[] { "AAB", "ABA", "ABC", "BCC", "CBA" }.Select(O11Tests.Doctors)], Money.Parse("12000000.00", Currency.Sek), terms);
        Assert.Equal(("3/5", Money.Parse("1200000.00", Currency.Sek)), (share.Share!.ToString(), incentive.Amount));
        Assert.Equal(["O11 3/5", "O12 1200000.00 SEK"], steps.Select(step => $"{step.Article.Rule} {step.Value}"));
    }

    [Fact]
    public void Incentive_OutOfBounds_IsRefused()
    {
        var krona = new Money(100, Currency.Sek);
        Assert.Equal("capitation", Assert.Throws<FaultException>(() => PrimaryCareChoiceRules.Incentive(null, -krona, Rate.Zero, Rate.One, Rate.Zero)).Fault.Field);
        Assert.Equal("lower", Assert.Throws<FaultException>(() => PrimaryCareChoiceRules.Incentive(null, krona, Rate.One, Rate.One, Rate.Zero)).Fault.Field);
    }
}
