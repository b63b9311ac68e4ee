using EdgeHub.Rules.Calendars;
using EdgeHub.Rules.Netting;
using static EdgeHub.Rules.Schemes.CrossRegion.CrossRegionArticles;

namespace EdgeHub.Rules.Schemes.CrossRegion;

/// <summary>This part: care, audit, the bill at discharge, reconciliation, settlement with hospitals. Amounts are fen.</summary>
public static partial class CrossRegionRules
{
    /// <summary>Whose rule an element follows: scope, catalogues and price standards of the place of treatment; deductible, rate, cap
    /// and special policies of the place that insures. Source: 五(一), 七(一).</summary>
    public static Cited<PlaceOfRule> WhoseRule(PolicyElement element) => C09.Gives(element switch
    {
        PolicyElement.PaymentScope or PolicyElement.DrugCatalogue or PolicyElement.TreatmentItems or PolicyElement.ServiceFacilities
            or PolicyElement.PriceStandard => PlaceOfRule.TreatmentPlace,
        _ => PlaceOfRule.InsuredPlace,
    }, ("element", element));

    /// <summary>Card and person must be one (人卡一致); on an impersonation the registration stops and is reported. Source: 五(一).</summary>
    public static Cited<Admission> AtAdmission(bool cardIsPersons) => C09.Gives(cardIsPersons ? Admission.Admit : Admission.StopAndReport, ("card is the person's", cardIsPersons));

    /// <summary>An adjustment with its sign: refusal and deduction negative, supplement positive. Source: 五(二).</summary>
    /// <param name="amount">Without a sign.</param>
    /// <exception cref="FaultException">A negative amount.</exception>
    public static Cited<Money> SignedAdjustment(AdjustmentKind kind, Money amount) =>
        C10.Gives(kind is AdjustmentKind.Supplement ? NotNegative("amount", amount) : -NotNegative("amount", amount), ("kind", kind), ("amount", amount));

    /// <summary>How an audit record becomes another amount. Before its cycle is cleared the record is edited, which is its next
    /// version; after that it stays, and a new record carries the difference, which comes into the cycle of the day of upload. The
    /// sign says what the outgoing record is: a deduction below zero, else a supplement. Source: 五(二).</summary>
    /// <param name="right">What the signed amount should have been.</param>
    /// <param name="newKey">Key of the new record where one is needed.</param>
    /// <param name="clearedThrough">The last cycle that is cleared; null: none.</param>
    public static Cited<AdjustmentCorrection> CorrectAdjustment(
        NettingRecord original, Money right, string newKey, DateOnly uploaded, int uploadDay, YearMonth? clearedThrough)
    {
        var record = NettingTable.Corrected(original, right, newKey, uploaded, uploadDay, clearedThrough);
        return C10.Gives(
            new AdjustmentCorrection(record, record.Key != original.Key, record.Amount.IsNegative ? AdjustmentKind.Deduction : AdjustmentKind.Supplement),
            ("original", original.Amount), ("its cycle", original.Cycle), ("right", right), ("uploaded", uploaded), ("cleared through", clearedThrough));
    }

    /// <summary>Detail lines summed by the nation's expense categories; the sums together are the bill. Source: 七(二).</summary>
    /// <exception cref="FaultException">No lines.</exception>
    public static Cited<IReadOnlyList<CategoryLine>> CategoryTotals(IReadOnlyList<CategoryLine> lines)
    {
        if (lines.Count == 0)
        {
            throw Wrong(Codes.Missing, "lines", "", "at least one fee line");
        }
        var none = Money.Zero(lines[0].Amount.Currency);
        return C11.Gives<IReadOnlyList<CategoryLine>>(
            [.. lines.GroupBy(line => line.Category).OrderBy(group => group.Key).Select(group => new CategoryLine(group.Key, group.Aggregate(none, (sum, line) => sum + line.Amount)))],
            lines.CountAs("lines"), ("total", lines.Aggregate(none, (sum, line) => sum + line.Amount)));
    }

    /// <summary>The eligible amount (符合政策范围金额): the total less what is paid in full by the patient, what lies over a price limit and
    /// what is paid in advance of the fund. Source: 七(一)-(二).</summary>
    /// <exception cref="FaultException">A negative amount, or the parts exceed the total.</exception>
    public static Cited<Money> EligibleAmount(Money total, Money fullSelfPay, Money overPriceLimit, Money preSelfPay)
    {
        var own = NotNegative("fullSelfPay", fullSelfPay) + NotNegative("overPriceLimit", overPriceLimit) + NotNegative("preSelfPay", preSelfPay);
        return own > NotNegative("total", total)
            ? throw Wrong(Codes.BadAmount, "fullSelfPay", own.ToString(), $"at most {total}, the whole")
            : C11.Gives(total - own, ("total", total), ("full self-pay", fullSelfPay), ("over price limit", overPriceLimit), ("pre-self-pay", preSelfPay));
    }

    /// <summary>The insured place's answer at discharge: above what is left of the deductible the fund pays its rate, rounded once, at
    /// most what is left of the cap; the patient pays the rest of the total. Source: 七(一)-(二).</summary>
    /// <exception cref="FaultException">A negative amount, a rate outside 0 to 1, or more eligible than the total.</exception>
    public static Cited<DischargeBill> SettleDischarge(Money total, Money eligible, InsuredPlaceTerms terms)
    {
        NotNegative("deductible", terms.DeductibleLeft);
        Share("reimbursementRate", terms.ReimbursementRate);
        if (NotNegative("eligible", eligible) > total)
        {
            throw Wrong(Codes.BadAmount, "eligible", eligible.ToString(), $"at most {total}, the whole");
        }
        var deductible = Money.Min(terms.DeductibleLeft, eligible);
        var atRate = (eligible - deductible).Times(terms.ReimbursementRate, MidpointRounding.AwayFromZero);
        var fund = terms.CapLeft is { } cap ? Money.Min(atRate, NotNegative("capLeft", cap)) : atRate;
        return C11.Gives(new DischargeBill(total, eligible, deductible, fund, total - fund),
            ("total", total), ("eligible", eligible), ("deductible left", terms.DeductibleLeft), ("rate", terms.ReimbursementRate), ("cap left", terms.CapLeft));
    }

    /// <summary>What a settlement brings into the clearing: the fund's part where it was settled directly, nothing where the patient
    /// paid all in advance (its record is uploaded with that flag). Source: 七(二).</summary>
    public static Cited<Money> FundInClearing(DischargePayment payment, Money fund) => C12.Gives(
        payment is DischargePayment.Direct ? fund : Money.Zero(fund.Currency), ("payment", payment), ("fund", fund));

    /// <summary>The day by which audited, reconciled details are uploaded: within so many calendar days after the discharge
    /// settlement (5日内), and how many days after it they came. Source: 七(二).</summary>
    public static Cited<Timeliness<DateOnly>> DetailsUpload(DateOnly dischargeSettled, DateOnly uploaded, int days)
    {
        var due = Deadline.Within(dischargeSettled, days);
        return C12.Gives(new Timeliness<DateOnly>(due.LastDay, due.DaysLate(uploaded)), ("discharge settled", dischargeSettled), ("uploaded", uploaded), ("days", days));
    }

    /// <summary>The daily reconciliation of insured place, treatment place and nation. A settlement matches where all three know it
    /// under the same registration and settlement number and total and fund differ by no more than the tolerance; the order of the
    /// records is irrelevant. Only what matched is a basis for settlement and clearing. Source: 七(三).</summary>
    /// <exception cref="FaultException">A side that names a settlement twice.</exception>
    public static Cited<ThreeWayReconciliation> Reconcile(
        IReadOnlyList<ReconciliationRecord> insured, IReadOnlyList<ReconciliationRecord> treatment, IReadOnlyList<ReconciliationRecord> nation, Money tolerance)
    {
        NotNegative("tolerance", tolerance);
        var sides = new[] { (Side.InsuredPlace, ByKey(insured)), (Side.TreatmentPlace, ByKey(treatment)), (Side.Nation, ByKey(nation)) };
        var (matched, mismatches, fund) = (new List<string>(), new List<Mismatch>(), Money.Zero(tolerance.Currency));
        foreach (var key in sides.SelectMany(side => side.Item2.Keys).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            var known = sides.Where(side => side.Item2.ContainsKey(key)).Select(side => side.Item2[key]).ToList();
            var widest = Money.Max(Spread(known, each => each.Total), Spread(known, each => each.Fund));
            if (known.Count == sides.Length && widest <= tolerance)
            {
                matched.Add(key);
                fund += known[^1].Fund;
            }
            else
            {
                mismatches.Add(new Mismatch(key, [.. sides.Where(side => !side.Item2.ContainsKey(key)).Select(side => side.Item1)], widest));
            }
        }
        return C13.Gives(new ThreeWayReconciliation(matched, mismatches, fund),
            insured.CountAs("insured place's records"), treatment.CountAs("treatment place's records"), nation.CountAs("nation's records"), ("tolerance", tolerance));
    }

    /// <summary>What becomes of the cost of a violation: unpaid is not paid, paid is deducted; either way the insured place owes so much
    /// less. Liquidated damages stay with the treatment place. Source: 七(三).</summary>
    /// <param name="fundPart">The fund's part of the violating cost.</param>
    /// <param name="damages">Liquidated damages under the hospital's agreement.</param>
    public static Cited<ViolationEffect> Violation(Money fundPart, bool isPaid, Money damages)
    {
        var none = Money.Zero(fundPart.Currency);
        NotNegative("fundPart", fundPart);
        return C14.Gives(
            new ViolationEffect(isPaid ? none : fundPart, isPaid ? fundPart : none, -fundPart, NotNegative("damages", damages)),
            ("fund's part", fundPart), ("is paid", isPaid), ("damages", damages));
    }

    /// <summary>By which day the treatment place confirms a month of care with its hospitals: the 20th of the next month, that day
    /// included. Source: 七(三).</summary>
    public static Cited<DateOnly> ConfirmWithHospitalsBy(YearMonth careMonth, int day) => C15.Gives(careMonth.AddMonths(1).Day(day), ("month of care", careMonth), ("day", day));

    /// <summary>Which agency settles with a hospital: those of the province and of its capital the province's, those of cities and
    /// counties the city's. Source: 七(三), in principle.</summary>
    public static Cited<SettlingAgency> SettledBy(HospitalLevel level) => C15.Gives(
        level is HospitalLevel.Province or HospitalLevel.Capital ? SettlingAgency.Province : SettlingAgency.City, ("level", level));

    private static Dictionary<string, ReconciliationRecord> ByKey(IReadOnlyList<ReconciliationRecord> records)
    {
        var byKey = new Dictionary<string, ReconciliationRecord>(StringComparer.Ordinal);
        foreach (var record in records)
        {
            if (!byKey.TryAdd(record.Key, record))
            {
                throw Wrong(Codes.Duplicated, "settlement", record.Key, "each settlement once on a side");
            }
        }
        return byKey;
    }

    private static Money Spread(IReadOnlyList<ReconciliationRecord> known, Func<ReconciliationRecord, Money> amount) => known.Max(amount) - known.Min(amount);
}
