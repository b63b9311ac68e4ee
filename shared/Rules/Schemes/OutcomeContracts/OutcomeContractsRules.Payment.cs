using System.Numerics;
using static EdgeHub.Rules.Schemes.OutcomeContracts.OutcomeContractsArticles;

namespace EdgeHub.Rules.Schemes.OutcomeContracts;

/// <summary>This part: what is paid, and what is saved. Amounts are öre.</summary>
public static partial class OutcomeContractsRules
{
    private const long OrePerKrona = 100;
    private const long Thousand = 1_000;
    private const int DaysOfYear = 365;

    /// <summary>The programme's budget by attainment: nothing up to 10 %, all from 80 % on, a straight line between, rounded once. The
    /// document prints rounded coefficients; the fraction (x - 10)/70 is used. It sizes the budget; <see cref="PayProvider"/> pays.
    /// Source: Ersättningsmodell.</summary>
    /// <param name="attainment">Share of pre-patients with the outcome, 0 to 1.</param>
    /// <exception cref="FaultException">A share outside 0 to 1, or a range that is none.</exception>
    public static Cited<Money> ProgrammePayout(Fraction attainment, Money programme, PayRange range)
    {
        Within(range);
        if (attainment < Fraction.Zero || attainment > Fraction.One)
        {
            throw Wrong(Codes.BadRate, "attainment", attainment.ToString(), "a share from 0 to 1");
        }
        var (from, to) = (Fraction.Of(range.From.Value), Fraction.Of(range.To.Value));
        var paid = attainment <= from ? Fraction.Zero : attainment >= to ? Fraction.One : (attainment - from) / (to - from);
        return P03.Gives(
            new Money((long)new Fraction(NotNegative("programme", programme).MinorUnits * paid.Numerator, paid.Denominator).Rounded(0), programme.Currency),
            ("attainment", attainment), ("programme", programme), ("from", range.From), ("to", range.To));
    }

    /// <summary>The price of an outcome: the programme divided by the outcomes that can be paid (participants less the first 10 % and the
    /// last 20 %), in whole kronor, rounded down to whole thousands; the rest is the evaluator's. Source: Budgetberäkningar.</summary>
    /// <exception cref="FaultException">No outcome can be paid.</exception>
    public static Cited<OutcomePrice> PriceOfOutcome(Money programme, long participants, PayRange range)
    {
        Within(range);
        var payable = (long)Math.Floor(participants * (range.To.Value - range.From.Value));
        if (payable < 1)
        {
            throw Wrong(Codes.BadNumber, "participants", Article.Written(participants), "a whole number from 1");
        }
        var kronor = (long)new Fraction(NotNegative("programme", programme).MinorUnits, (BigInteger)payable * OrePerKrona).Rounded(0);
        var price = kronor / Thousand * Thousand;
        return P04.Gives(
            new OutcomePrice(payable, Kronor(kronor), Kronor(price), Kronor(kronor - price)),
            ("programme", programme), ("participants", participants), ("from", range.From), ("to", range.To));

        Money Kronor(long amount) => new(checked(amount * OrePerKrona), programme.Currency);
    }

    /// <summary>A provider's pay for its panel: the price for each outcome above 10 % of the panel, up to 80 %; a tenth of a panel need
    /// not be whole. By the other reading all outcomes are paid once there are more than 10 %. Rounded once. Source:
    /// Budgetberäkningar.</summary>
    /// <exception cref="FaultException">More outcomes than pre-patients, or a negative number.</exception>
    public static Cited<ProviderPay> PayProvider(Money price, ProviderPanel panel, PayRange range, PayReading reading)
    {
        Within(range);
        if (panel.PrePatients < 0 || panel.Outcomes < 0 || panel.Outcomes > panel.PrePatients)
        {
            throw Wrong(Codes.BadNumber, "outcomes", Article.Written(panel.Outcomes), $"0 to {Article.Written(panel.PrePatients)}");
        }
        var (threshold, most) = (panel.PrePatients * range.From.Value, panel.PrePatients * range.To.Value);
        var counted = Math.Min(panel.Outcomes, most);
        var paid = panel.Outcomes <= threshold ? 0m : reading is PayReading.AboveThreshold ? counted - threshold : counted;
        return P04.Gives(
            new ProviderPay(paid, Money.Rounded(NotNegative("price", price).MinorUnits * paid, price.Currency, MidpointRounding.AwayFromZero)),
            ("price", price), ("pre-patients N", panel.PrePatients), ("outcomes S", panel.Outcomes), ("from", range.From), ("to", range.To), ("reading", reading));
    }

    /// <summary>The evaluator's pay in the whole: what the rounding of the price leaves of each payable outcome. Fixed, not tied to the
    /// outcome. Source: Budgetberäkningar, utvärderaren.</summary>
    public static Cited<Money> EvaluatorPay(OutcomePrice price) => P05.Gives(
        price.ForEvaluator.Times(price.PayableOutcomes), ("per outcome", price.ForEvaluator), ("payable outcomes", price.PayableOutcomes));

    /// <summary>Simple interest on the pay, actual days by 365, rounded once. Source: Hur utfallskontrakt fungerar, ränta; the convention
    /// is a default.</summary>
    /// <param name="from">The day from which it runs; not counted itself.</param>
    /// <exception cref="FaultException">The day of payment lies before, or a rate below zero.</exception>
    public static Cited<PayWithInterest> Interest(Money pay, Rate yearly, DateOnly from, DateOnly paidOn)
    {
        if (paidOn < from)
        {
            throw Wrong(Codes.BadDate, "paidOn", Article.Written(paidOn), $"a day from {Article.Written(from)}");
        }
        if (yearly < Rate.Zero)
        {
            throw Wrong(Codes.BadRate, "yearly", yearly.ToString(), "a number of zero or more");
        }
        var days = paidOn.DayNumber - from.DayNumber;
        var interest = Money.Rounded(NotNegative("pay", pay).MinorUnits * yearly.Value * days / DaysOfYear, pay.Currency, MidpointRounding.AwayFromZero);
        return P06.Gives(new PayWithInterest(days, interest, pay + interest), ("pay", pay), ("yearly", yearly), ("from", from), ("paid on", paidOn));
    }

    /// <summary>The yearly reference cost: persons at risk, the share that falls ill in a year, what a case costs; beside it what the
    /// document prints, which differs. Source: En preventionsmiljard i satsning.</summary>
    public static Cited<ReferenceCost> YearlyCost(long atRisk, Rate yearlyRisk, SocietyAmounts perCase, SocietyAmounts printed)
    {
        var cases = (long)Math.Round(atRisk * yearlyRisk.Value, 0, MidpointRounding.AwayFromZero);
        return P11.Gives(new ReferenceCost(cases, perCase.Times(cases), printed), ("at risk", atRisk), ("yearly risk", yearlyRisk), ("cost of a case", perCase.Total));
    }

    /// <summary>What later illness saves: persons times the saving of a delay. Source: Även uppskjuten diagnos ger stora
    /// samhällsbesparingar.</summary>
    /// <exception cref="FaultException">A negative number.</exception>
    public static Cited<SocietyAmounts> SavedByDelay(long persons, SocietyAmounts perPerson) => persons < 0
        ? throw Wrong(Codes.BadNumber, "persons", Article.Written(persons), "a number of zero or more")
        : P11.Gives(perPerson.Times(persons), ("persons", persons), ("per person", perPerson.Total));

    /// <summary>Savings at an attainment, from the document's table, straight between its rows, each rounded once; outside the table there
    /// is no figure. Source: Stora samhällsbesparingar även vid låg måluppfyllelse.</summary>
    /// <param name="table">In the order of attainment.</param>
    /// <exception cref="FaultException">An attainment below the table's first row or above its last.</exception>
    public static Cited<SocietyAmounts> Savings(Rate attainment, IReadOnlyList<SavingsRow> table)
    {
        if (attainment < table[0].Attainment || attainment > table[^1].Attainment)
        {
            throw Wrong(Codes.BadRate, "attainment", attainment.ToString(), $"a rate from {table[0].Attainment} to {table[^1].Attainment}");
        }
        var above = table.First(row => row.Attainment >= attainment);
        var below = table.Last(row => row.Attainment <= attainment);
        return P12.Gives(
            new SocietyAmounts(Between(each => each.Direct), Between(each => each.Indirect), Between(each => each.SocialInsurance)),
            ("attainment", attainment), ("row below", below.Attainment), ("row above", above.Attainment));

        Money Between(Func<SocietyAmounts, Money> part)
        {
            var (low, high) = (part(below.Savings), part(above.Savings));
            return below == above ? low : low + Money.Rounded(
                (high - low).MinorUnits * (attainment.Value - below.Attainment.Value) / (above.Attainment.Value - below.Attainment.Value), low.Currency, MidpointRounding.AwayFromZero);
        }
    }

    private static void Within(PayRange range)
    {
        if (range.From < Rate.Zero || range.From >= range.To || range.To > Rate.One)
        {
            throw Wrong(Codes.BadRate, "from", range.From.ToString(), $"below {range.To}");
        }
    }
}
