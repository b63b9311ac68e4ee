using EdgeHub.Rules.Calendars;
using EdgeHub.Rules.Netting;
using static EdgeHub.Rules.Schemes.CrossRegion.CrossRegionArticles;

namespace EdgeHub.Rules.Schemes.CrossRegion;

/// <summary>This part: the prepayment fund (预付金). Amounts are fen.</summary>
public static partial class CrossRegionRules
{
    private const int MonthsOfYear = 12;

    /// <summary>The quota: so many months of last year's cross-province cost. Where the pair settled directly in fewer than twelve
    /// months, these are taken as the year's measure: cost x quota months / months open, rounded once. Source: 六(一), in principle;
    /// the base and the annualising are defaults.</summary>
    /// <param name="priorCost">By the base that the parameter prepayment.base names.</param>
    /// <param name="monthsOpen">1 to 12.</param>
    /// <exception cref="FaultException">A negative cost, or months outside 1 to 12.</exception>
    public static Cited<Money> PrepaymentQuota(Money priorCost, int monthsOpen, int quotaMonths)
    {
        if (monthsOpen is < 1 or > MonthsOfYear)
        {
            throw Wrong(Codes.BadNumber, "monthsOpen", Article.Written(monthsOpen), "a whole number from 1 to 12");
        }
        return C16.Gives(
            Money.Rounded((decimal)NotNegative("priorCost", priorCost).MinorUnits * quotaMonths / monthsOpen, priorCost.Currency, MidpointRounding.AwayFromZero),
            ("prior cost", priorCost), ("months open", monthsOpen), ("quota months", quotaMonths));
    }

    /// <summary>Whose is the interest that the prepayment earns in the treatment place's special account: the treatment place's.
    /// Source: 六(一).</summary>
    public static Cited<Direction> InterestBelongsTo(Money interest) => C16.Gives(Direction.TreatmentPlace, ("interest", interest));

    /// <summary>The days of the yearly adjustment: set by the end of January, paid by the end of February, both days included.
    /// Source: 六(二)1.</summary>
    public static Cited<PrepaymentYear> YearlyAdjustment(int year, int setByMonth, int doneByMonth) => C17.Gives(
        new PrepaymentYear(Deadline.ByEndOfMonth(year, setByMonth).LastDay, Deadline.ByEndOfMonth(year, doneByMonth).LastDay), ("year", year));

    /// <summary>The national prepayment detail table: each pair's new quota against its present one, and per province what it pays and
    /// receives. The sums are equal. Source: 六(二)1.</summary>
    /// <exception cref="FaultException">A pair twice, a province against itself, a negative present quota, or what <see cref="PrepaymentQuota"/> refuses.</exception>
    public static Cited<PrepaymentTable> PrepaymentTable(int year, IReadOnlyList<PrepaymentPair> pairs, int quotaMonths, Currency currency)
    {
        var rows = pairs.Select(pair =>
        {
            var quota = PrepaymentQuota(pair.PriorCost, pair.MonthsOpen, quotaMonths).Value;
            return new PrepaymentRow(pair.InsuredPlace, pair.TreatmentPlace, NotNegative("present", pair.Present), quota, quota - pair.Present);
        }).OrderBy(row => row.InsuredPlace, StringComparer.Ordinal).ThenBy(row => row.TreatmentPlace, StringComparer.Ordinal).ToList();
        if (rows.DistinctBy(row => (row.InsuredPlace, row.TreatmentPlace)).Count() < rows.Count)
        {
            throw Wrong(Codes.Duplicated, "pairs", Article.Written(rows.Count), "each pair of provinces once");
        }
        var cycle = new YearMonth(year, 1);
        var sheet = NettingTable.Sheet(cycle, currency, rows.Select(row => Transfer(row, cycle)));
        return C17.Gives(new PrepaymentTable(rows, sheet.Parties), ("year", year), pairs.CountAs("pairs"), ("quota months", quotaMonths));
    }

    /// <summary>The days of a transfer: so many working days to hand the papers to finance, then so many to pay, then so many to
    /// report back. Where the papers or the payment came earlier, the next step counts from that day; else the last day stands
    /// in. Source: 六(二), 六(三), 八(三).</summary>
    /// <param name="noticed">The day on which the notice was downloaded.</param>
    /// <param name="reviewed">The day on which finance has passed the papers; null: not known, the last day to hand them in.</param>
    /// <param name="paid">Null: not known, the last day to pay.</param>
    /// <exception cref="CalendarNotAnnounced">The answer needs a year that is not announced.</exception>
    public static Cited<TransferDays> TransferBy(
        DateOnly noticed, DateOnly? reviewed, DateOnly? paid, (int Submit, int Pay, int Report) workingDays, WorkingDayCalendar calendar)
    {
        var submit = Deadline.WithinWorkingDays(calendar, noticed, workingDays.Submit).LastDay;
        var pay = Deadline.WithinWorkingDays(calendar, reviewed ?? submit, workingDays.Pay).LastDay;
        var report = Deadline.WithinWorkingDays(calendar, paid ?? pay, workingDays.Report).LastDay;
        return C19.Gives(new TransferDays(submit, pay, report),
            ("noticed", noticed), ("reviewed", reviewed), ("paid", paid), ("to submit", workingDays.Submit), ("to pay", workingDays.Pay), ("to report", workingDays.Report));
    }

    /// <summary>How far the prepayment fund is used: yellow from 70 % on, red from 90 % on, compared unrounded. Nothing used warns of
    /// nothing. Source: 六(二)2.</summary>
    /// <param name="used">Fund pay settled and not yet cleared and paid.</param>
    public static Cited<PrepaymentUsage> Usage(Money used, Money quota, Rate yellow, Rate red)
    {
        NotNegative("used", used);
        NotNegative("quota", quota);
        var warning = used.IsZero || used.MinorUnits < quota.MinorUnits * yellow.Value ? UsageWarning.None
            : used.MinorUnits < quota.MinorUnits * red.Value ? UsageWarning.Yellow : UsageWarning.Red;
        return C18.Gives(new PrepaymentUsage(warning, From(yellow), From(red)), ("used", used), ("quota", quota), ("yellow", yellow), ("red", red));

        Money From(Rate share) => Money.Rounded(quota.MinorUnits * share.Value, quota.Currency, MidpointRounding.ToPositiveInfinity);
    }

    /// <summary>The emergency increase that the treatment place applies for: as much as brings the use back to a share, rounded up to
    /// the fen, and only on a red warning; the ministry reviews the amount. Source: 六(二)2; the amount is a default.</summary>
    /// <param name="restoreTo">The share of the quota that the use shall be at most, above 0.</param>
    /// <exception cref="FaultException">The use is not red.</exception>
    public static Cited<Money> EmergencyIncrease(Money used, Money quota, Rate red, Rate restoreTo)
    {
        if (used.IsZero || NotNegative("used", used).MinorUnits < NotNegative("quota", quota).MinorUnits * red.Value)
        {
            throw Wrong(Codes.BadAmount, "used", used.ToString(), $"at least {red} of {quota}, the red warning");
        }
        if (restoreTo <= Rate.Zero)
        {
            throw Wrong(Codes.BadRate, "restoreTo", restoreTo.ToString(), "a share above 0");
        }
        // Rounded up as an exact ratio: a decimal quotient is cut at 28 digits.
        var least = -(new Fraction(-used.MinorUnits, 1) / Fraction.Of(restoreTo.Value)).Floor();
        return C18.Gives(
            (new Money((long)least, quota.Currency) - quota).NotBelowZero(), ("used", used), ("quota", quota), ("red", red), ("restore to", restoreTo));
    }

    /// <summary>The state of an emergency increase after a step. Source: 六(二)2.</summary>
    /// <exception cref="FaultException">The step is not in the table.</exception>
    public static Cited<EmergencyState> EmergencyGoes(EmergencyState from, EmergencyState to) => C18.Gives(CrossRegionStates.Emergency.Go(from, to), ("from", from), ("to", to));

    /// <summary>The state of a transfer after a step: it is confirmed on the platform only after finance reported it. Source: 六(三).</summary>
    /// <exception cref="FaultException">The step is not in the table.</exception>
    public static Cited<TransferState> TransferGoes(TransferState from, TransferState to) => C19.Gives(CrossRegionStates.Transfer.Go(from, to), ("from", from), ("to", to));

    private static NettingRecord Transfer(PrepaymentRow row, YearMonth cycle) => row.Change.IsNegative
        ? new NettingRecord($"{row.InsuredPlace}>{row.TreatmentPlace}", 1, row.TreatmentPlace, row.InsuredPlace, -row.Change, cycle)
        : new NettingRecord($"{row.InsuredPlace}>{row.TreatmentPlace}", 1, row.InsuredPlace, row.TreatmentPlace, row.Change, cycle);
}
