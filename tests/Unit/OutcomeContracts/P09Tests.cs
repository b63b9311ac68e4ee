using EdgeHub.Rules.Schemes.OutcomeContracts;

namespace EdgeHub.Tests.Unit.OutcomeContracts;

public sealed class P09Tests
{
    public static TheoryData<ExampleRow> Examples => ExampleTable.Of("P09");

    [Theory, MemberData(nameof(Examples))]
    public void IsIndependent_Example_HasNoLinkToAParty(ExampleRow row) =>
        Assert.Equal(row.Yes("independent"), OutcomeContractsRules.IsIndependent([.. row.Words("links").Select(Enum.Parse<EvaluatorLink>)]).Value);
}
