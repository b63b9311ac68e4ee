using static EdgeHub.Rules.Payment.PaymentArticles;

namespace EdgeHub.Rules.Payment;

/// <summary>A contract as a person can mix it: parts of the five models, corrections, and what was advanced.</summary>
public static class PaymentDescriptors
{
    private const string PerOne = "per one";
    private const string AsAWhole = "as a whole";
    private const string Correction = "correction";
    private const long MostUnits = 1_000_000;
    private const decimal Highest = 1_000_000_000m;

    public static readonly IReadOnlyList<RuleDescriptor> All =
    [
        new(
            "payment.contract", new("付费方式组合", "Ersättning i delar", "Contract of payment components"), [M1],
            [
                RuleInput.List("parts",
                    [
                        RuleInput.Text("name", "package"), RuleInput.Word("model", PaymentModel.Capitation), RuleInput.Text("priced", AsAWhole) with { Choices = [PerOne, AsAWhole, Correction] },
                        RuleInput.Count("count", "units", "165000", MostUnits), RuleInput.Money("amount", "114000000.00") with { Lowest = -Highest, Highest = Highest },
                    ],
                    ["package", nameof(PaymentModel.Capitation), AsAWhole, "165000", "114000000.00"], ["violations", nameof(PaymentModel.GoalRelated), AsAWhole, "1", "-240700.55"],
                    ["surplus to the reserve", nameof(PaymentModel.Capitation), Correction, "1", "0.00"], ["signing", nameof(PaymentModel.Capitation), PerOne, "1000", "12.00"]),
                RuleInput.List("advances",
                    [RuleInput.Text("name", "prepaid"), RuleInput.Money("amount", "86406850.17") with { Highest = Highest }, RuleInput.Yes("stands", "no")],
                    ["prepaid", "86406850.17", "no"], ["out of county, paid by the city", "23600000.00", "no"]),
            ],
            Contract),
    ];

    private static RuleResult Contract(RuleInputs i)
    {
        var payment = ContractPayment.Sum([.. i.List("parts").Select(Part)], Currency.Cny);
        var balance = M1.Gives(
            ContractBalance.Of(payment, [.. i.List("advances").Select(row => new Advance(row.Text("name"), row.Money("amount"), row.Yes("stands")))]),
            i.List("parts").CountAs("parts"), i.List("advances").CountAs("advances"));
        return RuleResult.Of("contract", balance,
            new RuleValue("total", payment.Total), new RuleValue("transfer", balance.Value.Transfer), new RuleValue("standing", balance.Value.Standing),
            new RuleValue("models", Enum.GetValues<PaymentModel>().Select(model => new RuleRow([new("model", model), new("amount", payment.Of(model)), new("share", payment.ShareOf(model)?.Rounded(4))])).ToList()));
    }

    private static PaymentComponent Part(RuleInputs row)
    {
        var (name, model, count, amount) = (row.Text("name"), row.Word<PaymentModel>("model"), row.Count("count"), row.Money("amount"));
        return (row.Text("priced"), model) switch
        {
            (Correction, _) => new PaymentComponent.Correction(name, model, amount),
            (PerOne, PaymentModel.Capitation) => new PaymentComponent.Capitation(name, count, amount),
            (PerOne, PaymentModel.Episode) => new PaymentComponent.Episode(name, count, amount),
            (PerOne, PaymentModel.FeeForService) => new PaymentComponent.FeePerAct(name, count, amount),
            (_, PaymentModel.Capitation) => new PaymentComponent.CapitatedPackage(name, count, amount),
            (_, PaymentModel.Episode or PaymentModel.FeeForService) => new PaymentComponent.PricedActs(name, count, amount),
            (_, PaymentModel.GoalRelated) => new PaymentComponent.GoalRelated(name, amount),
            _ => new PaymentComponent.BlockGrant(name, amount),
        };
    }
}
