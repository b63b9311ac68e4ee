namespace EdgeHub.Rules.Payment;

/// <summary>A contract's payment as a person who tries it reads it: the same values for every scheme.</summary>
public static class ContractValues
{
    public static IReadOnlyList<RuleValue> Of(ContractPayment payment) =>
    [
        new("total", payment.Total),
        new("parts", payment.Parts.Select(part => new RuleRow([new("name", part.Name), new("model", part.Model), new("amount", part.Amount)])).ToList()),
    ];

    public static IReadOnlyList<RuleValue> Of(ContractBalance balance) =>
    [
        .. Of(balance.Payment), new("transfer", balance.Transfer), new("standing", balance.Standing),
        new("advances", balance.Advances.Select(each => new RuleRow([new("name", each.Name), new("amount", each.Amount), new("stands", each.Stands)])).ToList()),
    ];
}
