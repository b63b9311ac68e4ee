using EdgeHub.Rules.Schemes.OutcomeContracts;

namespace EdgeHub.Tests.Unit.OutcomeContracts;

public sealed class P05Tests
{
    public static TheoryData<ExampleRow> Examples => ExampleTable.Of("P05");

    [Theory, MemberData(nameof(Examples))]
    public void EvaluatorPay_Example_IsTheRestOfEachOutcome(ExampleRow row)
    {
        var price = OutcomeContractsRules.PriceOfOutcome(row.Kronor("programme"), row.Count("participants"), P03Tests.Range).Value;
        Assert.Equal(row.Kronor("pay"), OutcomeContractsRules.EvaluatorPay(price).Value);
    }
}
