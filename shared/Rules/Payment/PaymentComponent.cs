namespace EdgeHub.Rules.Payment;

/// <summary>The five ways in which care is paid for, of which a contract is usually a mix.</summary>
public enum PaymentModel { BlockGrant, Capitation, Episode, FeeForService, GoalRelated }

/// <summary>One part of a contract's payment for a period. Counts times prices, so that nothing is rounded.</summary>
public abstract record PaymentComponent
{
    private PaymentComponent(string name, PaymentModel model) => (Name, Model) = (name, model);

    /// <summary>The contract's name for it, once in a contract.</summary>
    public string Name { get; }

    public PaymentModel Model { get; }

    /// <summary>What the part gives for the period; negative only for a penalty or a correction.</summary>
    public abstract Money Amount { get; }

    /// <summary>A fixed amount for an activity (anslag).</summary>
    public sealed record BlockGrant(string Name, Money Fixed) : PaymentComponent(Name, PaymentModel.BlockGrant)
    {
        public override Money Amount => Fixed;
    }

    /// <summary>So much for each person that the provider is responsible for (kapitation).</summary>
    public sealed record Capitation(string Name, long Persons, Money PerPerson) : PaymentComponent(Name, PaymentModel.Capitation)
    {
        public override Money Amount => PerPerson.Times(Persons);
    }

    /// <summary>One sum for all persons that the provider is responsible for (打包): set as a whole and not as a price of one, so that
    /// nothing is rounded.</summary>
    public sealed record CapitatedPackage(string Name, long Persons, Money Whole) : PaymentComponent(Name, PaymentModel.Capitation)
    {
        public override Money Amount => Whole;

        /// <summary>What it is for one person, in minor units, exact; null: there is nobody.</summary>
        public Fraction? PerPerson => Persons == 0 ? null : new Fraction(Whole.MinorUnits, Persons);
    }

    /// <summary>A price set beforehand for a group of acts: a course of care, or a stay (produktgrupp, DRG).</summary>
    public sealed record Episode(string Name, long Episodes, Money PerEpisode) : PaymentComponent(Name, PaymentModel.Episode)
    {
        public override Money Amount => PerEpisode.Times(Episodes);
    }

    /// <summary>So much for each act, afterwards (åtgärdsbaserad).</summary>
    public sealed record FeePerAct(string Name, long Acts, Money PerAct) : PaymentComponent(Name, PaymentModel.FeeForService)
    {
        public override Money Amount => PerAct.Times(Acts);
    }

    /// <summary>Acts of which each has its own price by a catalogue or a claim, and their sum.</summary>
    public sealed record PricedActs(string Name, long Acts, Money Sum) : PaymentComponent(Name, PaymentModel.FeeForService)
    {
        public override Money Amount => Sum;
    }

    /// <summary>A bonus, or a penalty below zero, by an indicator that was set beforehand (målrelaterad).</summary>
    public sealed record GoalRelated(string Name, Money Signed) : PaymentComponent(Name, PaymentModel.GoalRelated)
    {
        public override Money Amount => Signed;
    }

    /// <summary>What is added to a part of the contract or taken off it afterwards: an audit's refusal, what somebody else paid out of
    /// it, what goes to a reserve. It counts with the model of the part that it corrects.</summary>
    public sealed record Correction(string Name, PaymentModel Of, Money Signed) : PaymentComponent(Name, Of)
    {
        public override Money Amount => Signed;
    }
}

/// <summary>A period's payment by a contract: its parts in the contract's order, and their sum.</summary>
public sealed record ContractPayment(IReadOnlyList<PaymentComponent> Parts, Money Total)
{
    /// <summary>What a model gives.</summary>
    public Money Of(PaymentModel model) => Parts.Where(part => part.Model == model).Aggregate(Money.Zero(Total.Currency), (sum, part) => sum + part.Amount);

    /// <summary>The share of a model in the whole; null: the whole is not above zero.</summary>
    public Fraction? ShareOf(PaymentModel model) => Total.IsPositive ? new Fraction(Of(model).MinorUnits, Total.MinorUnits) : null;

    /// <summary>A contract's payment for a period.</summary>
    /// <exception cref="FaultException">A part twice, a negative count, or a part that is negative and neither penalty nor correction.</exception>
    public static ContractPayment Sum(IReadOnlyList<PaymentComponent> parts, Currency currency)
    {
        if (parts.GroupBy(part => part.Name, StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1) is { } twice)
        {
            throw new FaultException(new Fault(Codes.Duplicated, "component", twice.Key, "each part of a contract once"));
        }
        if (parts.FirstOrDefault(part => part is not (PaymentComponent.GoalRelated or PaymentComponent.Correction) && part.Amount.IsNegative) is { } negative)
        {
            throw new FaultException(new Fault(Codes.BadAmount, negative.Name, negative.Amount.ToString(), "an amount of zero or more"));
        }
        return new ContractPayment(parts, parts.Aggregate(Money.Zero(currency), (sum, part) => sum + part.Amount));
    }
}
