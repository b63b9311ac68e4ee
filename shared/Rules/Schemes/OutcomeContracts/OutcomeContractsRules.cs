using static EdgeHub.Rules.Schemes.OutcomeContracts.OutcomeContractsArticles;

namespace EdgeHub.Rules.Schemes.OutcomeContracts;

/// <summary>The parts of the proposal, one function each. This part: contracts, pre-patients, providers, evaluators.</summary>
public static partial class OutcomeContractsRules
{
    /// <summary>The state of a contract after a step. Source: Hur utfallskontrakt fungerar; the states are ours.</summary>
    /// <exception cref="FaultException">The step is not in the table.</exception>
    public static Cited<ContractState> ContractGoes(ContractState from, ContractState to) => P01.Gives(OutcomeContractsStates.Contract.Go(from, to), ("from", from), ("to", to));

    /// <summary>The state of an enrolment after a step. Source: Hur utfallskontrakt fungerar; the states are ours.</summary>
    /// <exception cref="FaultException">The step is not in the table.</exception>
    public static Cited<EnrolmentState> EnrolmentGoes(EnrolmentState from, EnrolmentState to) => P01.Gives(OutcomeContractsStates.Enrolment.Go(from, to), ("from", from), ("to", to));

    /// <summary>Whether the outcome is achieved: measured at the final evaluation, and below the threshold (glukonormativ). Source: Hur
    /// utfallskontrakt fungerar; the threshold is a default of the pilot.</summary>
    /// <param name="hbA1c">mmol/mol; null: a drop-out.</param>
    public static Cited<bool> IsAchieved(decimal? hbA1c, decimal below) => P01.Gives(hbA1c < below, ("HbA1c", hbA1c), ("below", below));

    /// <summary>The panels at the final evaluation: every pre-patient counts with the provider of that day, drop-outs too; of these the
    /// ones with the outcome. In the order of the providers. Source: Hur utfallskontrakt fungerar; who is paid after a switch and
    /// that drop-outs stay are defaults.</summary>
    /// <exception cref="FaultException">A pre-patient evaluated twice, or assigned to two providers on one day.</exception>
    public static Cited<IReadOnlyList<ProviderPanel>> Panels(IReadOnlyList<Assignment> assignments, IReadOnlyList<FinalEvaluation> evaluations, DateOnly evaluated, decimal below)
    {
        RefuseTwice("prePatient", evaluations.Select(each => each.PrePatient));
        RefuseTwice("assignment", assignments.Select(each => $"{each.PrePatient} {Article.Written(each.First)}"));
        var achieved = evaluations.Where(each => IsAchieved(each.HbA1c, below).Value).Select(each => each.PrePatient).ToHashSet(StringComparer.Ordinal);
        var last = assignments.Where(each => each.First <= evaluated).GroupBy(each => each.PrePatient, StringComparer.Ordinal).Select(own => own.MaxBy(each => each.First)!);
        return P01.Gives<IReadOnlyList<ProviderPanel>>(
            [.. last.GroupBy(each => each.Provider, StringComparer.Ordinal).OrderBy(own => own.Key, StringComparer.Ordinal)
                .Select(own => new ProviderPanel(own.Key, own.Count(), own.Count(each => achieved.Contains(each.PrePatient))))],
            assignments.CountAs("assignments"), evaluations.CountAs("evaluations"), ("evaluated", evaluated));
    }

    /// <summary>Whether a blood sample includes a person: HbA1c from the lowest to the highest, both included. Source: Varför vi har
    /// valt prediabetes.</summary>
    public static Cited<bool> IsIncluded(decimal hbA1c, decimal lowest, decimal highest) => P02.Gives(hbA1c >= lowest && hbA1c <= highest, ("HbA1c", hbA1c), ("lowest", lowest), ("highest", highest));

    /// <summary>The last day on which the final evaluation may be: so many years after the enrolment. Source: Varför vi har valt
    /// prediabetes (projekttid 2 år).</summary>
    public static Cited<DateOnly> EvaluateBy(DateOnly enrolled, int years) => P02.Gives(enrolled.AddYears(years), ("enrolled", enrolled), ("years", years));

    /// <summary>A provider's authorisation: every lawful actor that passes the automated checks; no licence. Source: Utförare.</summary>
    /// <exception cref="FaultException">A check without a result, or with two.</exception>
    public static Cited<Authorisation> Authorise(IReadOnlyList<(ProviderCheck Check, bool Passed)> checks)
    {
        RefuseTwice("check", checks.Select(each => each.Check.ToString()));
        foreach (var check in Enum.GetValues<ProviderCheck>().Where(check => checks.All(each => each.Check != check)))
        {
            throw Wrong(Codes.Missing, "check", check.ToString(), "a result of each check");
        }
        var failed = checks.Where(each => !each.Passed).Select(each => each.Check).Order().ToList();
        return P07.Gives(new Authorisation(failed.Count == 0, failed), checks.CountAs("checks"), failed.CountAs("failed"));
    }

    /// <summary>A consortium divides its pay itself, by weights of its own; the parts are the pay. Source: Utförare.</summary>
    /// <exception cref="FaultException">A member twice, no member, or no weight.</exception>
    public static Cited<IReadOnlyList<(string Member, Money Amount)>> DivideInConsortium(Money pay, IReadOnlyList<(string Member, decimal Weight)> members)
    {
        RefuseTwice("member", members.Select(each => each.Member));
        if (members.Count == 0 || members.Any(each => each.Weight < 0) || members.Sum(each => each.Weight) <= 0)
        {
            throw Wrong(Codes.BadNumber, "weight", Article.Written(members.Count), "weights of zero or more, and a sum above zero");
        }
        var parts = NotNegative("pay", pay).Split([.. members.Select(each => each.Weight)]);
        return P07.Gives<IReadOnlyList<(string, Money)>>([.. members.Select((each, i) => (each.Member, parts[i]))], ("pay", pay), members.CountAs("members"));
    }

    /// <summary>The last day on which a pre-patient may change the method, and with it the provider: in the introduction project so many
    /// months before the final evaluation; otherwise the day of the evaluation. Source: Utförare, byte av metod.</summary>
    public static Cited<DateOnly> SwitchBy(DateOnly finalEvaluation, bool isIntroduction, int months) => P08.Gives(
        isIntroduction ? finalEvaluation.AddMonths(-months) : finalEvaluation, ("final evaluation", finalEvaluation), ("introduction project", isIntroduction), ("months", months));

    /// <summary>Whether an evaluator is independent: no assignment with the contracting authority or with a provider. Source:
    /// Utvärderare.</summary>
    public static Cited<bool> IsIndependent(IReadOnlyList<EvaluatorLink> links) => P09.Gives(
        links.All(each => each is not (EvaluatorLink.ContractingAuthority or EvaluatorLink.Provider)), ("links", string.Join(", ", links)));

    /// <summary>The phase of a day. Source: Syftet med införandet i två steg.</summary>
    /// <exception cref="FaultException">The first days are out of order.</exception>
    public static Cited<Phase> PhaseOn(DateOnly day, DateOnly preparation, DateOnly pilot, DateOnly final)
    {
        if (preparation >= pilot || pilot >= final)
        {
            throw Wrong(Codes.BadDate, "pilot", Article.Written(pilot), $"a day after {Article.Written(preparation)} and before {Article.Written(final)}");
        }
        var phase = day < preparation ? Phase.NotBegun : day < pilot ? Phase.Preparation : day < final ? Phase.NationalPilot : Phase.FinalModel;
        return P13.Gives(phase, ("day", day), ("preparation", preparation), ("pilot", pilot), ("final", final));
    }

    private static void RefuseTwice(string field, IEnumerable<string> names)
    {
        if (names.GroupBy(name => name, StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1) is { } twice)
        {
            throw Wrong(Codes.Duplicated, field, twice.Key, "each of them once");
        }
    }

    private static Money NotNegative(string field, Money amount) => amount.IsNegative ? throw Wrong(Codes.BadAmount, field, amount.ToString(), "an amount of zero or more") : amount;

    private static FaultException Wrong(string code, string field, string value, string expected) => new(new Fault(code, field, value, expected));
}
