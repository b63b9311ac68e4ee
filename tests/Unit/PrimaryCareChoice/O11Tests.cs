using EdgeHub.Rules;
using EdgeHub.Rules.Schemes.PrimaryCareChoice;

namespace EdgeHub.Tests.Unit.PrimaryCareChoice;

public sealed class O11Tests
{
    public static TheoryData<ExampleRow> Examples => ExampleTable.Of("O11");

    [Theory, MemberData(nameof(Examples))]
    public void TwoOfThree_Example_CountsTheLastThree(ExampleRow row)
    {
        var share = PrimaryCareChoiceRules.TwoOfThree([.. row.Words("patients").Select(Doctors)]).Value;
        Assert.Equal((row.Count("eligible"), row.Count("continuous")), (share.Patients, share.Continuous));
        Assert.Equal(row.DecimalOrNone("percent"), share.Share is null ? null : new Fraction(share.Share.Numerator * 100, share.Share.Denominator).Rounded(2));
    }

    internal static IReadOnlyList<string> Doctors(string visits) => [.. visits.Select(doctor => doctor.ToString())];
}
