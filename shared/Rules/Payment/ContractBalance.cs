namespace EdgeHub.Rules.Payment;

/// <summary>Money that the payee has before the period's payment is known.</summary>
/// <param name="Amount">Zero or more.</param>
/// <param name="Stands">It stays with the payee as a float until it is adjusted; else it is taken off what is transferred.</param>
public sealed record Advance(string Name, Money Amount, bool Stands);

/// <summary>A period's payment against the advances.</summary>
/// <param name="Transfer">What is still to be paid; negative: to be paid back.</param>
/// <param name="Standing">Advances that stay with the payee.</param>
public sealed record ContractBalance(ContractPayment Payment, IReadOnlyList<Advance> Advances, Money Transfer, Money Standing)
{
    /// <exception cref="FaultException">An advance twice, or below zero.</exception>
    public static ContractBalance Of(ContractPayment payment, IReadOnlyList<Advance> advances)
    {
        if (advances.GroupBy(each => each.Name, StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1) is { } twice)
        {
            throw new FaultException(new Fault(Codes.Duplicated, "advance", twice.Key, "each of them once"));
        }
        if (advances.FirstOrDefault(each => each.Amount.IsNegative) is { } negative)
        {
            throw new FaultException(new Fault(Codes.BadAmount, negative.Name, negative.Amount.ToString(), "an amount of zero or more"));
        }
        return new ContractBalance(payment, advances, payment.Total - SumOf(stands: false), SumOf(stands: true));

        Money SumOf(bool stands) => advances.Where(each => each.Stands == stands).Aggregate(Money.Zero(payment.Total.Currency), (sum, each) => sum + each.Amount);
    }
}
