using EdgeHub.Rules.Calendars;
using EdgeHub.Rules.Netting;
using static EdgeHub.Rules.Schemes.CrossRegion.CrossRegionArticles;

namespace EdgeHub.Rules.Schemes.CrossRegion;

/// <summary>This part: the monthly clearing between provinces. Amounts are fen and are summed, never rounded.</summary>
public static partial class CrossRegionRules
{
    /// <summary>The cycle into which clearing data come: the month's own up to the 21st, that day included; what comes later is not
    /// cleared this month but in the next. Source: 八(一), 五(二).</summary>
    /// <param name="clearedThrough">The last cycle that is cleared; null: none.</param>
    public static Cited<YearMonth> CycleOfUpload(DateOnly uploaded, int uploadDay, YearMonth? clearedThrough) => C20.Gives(
        ClearingMonth.CycleOf(uploaded, uploadDay, clearedThrough), ("uploaded", uploaded), ("upload by day", uploadDay), ("cleared through", clearedThrough));

    /// <summary>From when the cycle's tables can be seen, and by when they are confirmed, both days included. Source: 八(二).</summary>
    public static Cited<ConfirmationWindow> Confirmation(YearMonth cycle, int queryDay, int confirmDay) => C21.Gives(
        new ConfirmationWindow(cycle.Day(queryDay), cycle.Day(confirmDay)), ("cycle", cycle), ("query from day", queryDay), ("confirm by day", confirmDay));

    /// <summary>Which of the seven tables a province has not confirmed yet, in the document's order. Source: 八(二).</summary>
    /// <exception cref="FaultException">A table that is none of the seven.</exception>
    public static Cited<IReadOnlyList<ClearingForm>> NotConfirmedYet(IReadOnlyCollection<string> confirmed)
    {
        var all = CrossRegionForms.Clearing;
        return confirmed.FirstOrDefault(name => all.All(form => form.Name != name)) is { } unknown
            ? throw Wrong(Codes.UnknownCode, "confirmed", unknown, "one of " + string.Join(", ", all.Select(form => form.Name)))
            : C21.Gives<IReadOnlyList<ClearingForm>>([.. all.Where(form => !confirmed.Contains(form.Name))], ("confirmed", string.Join(", ", confirmed.Order(StringComparer.Ordinal))));
    }

    /// <summary>The month calendar of a cycle, each date the latest one: confirm with hospitals, upload, query, confirm, notices at month
    /// end, papers to finance, payment, report back, and the clearing within the province. Source: 八(一)-(四), 七(三).</summary>
    /// <exception cref="CalendarNotAnnounced">The answer needs a year that is not announced.</exception>
    public static Cited<ClearingMonth> CycleCalendar(YearMonth cycle, ClearingDays days, WorkingDayCalendar calendar) =>
        C22.Gives(ClearingMonth.Of(cycle, days, calendar), ("cycle", cycle), ("working days to finance", days.ToFinance), ("to pay", days.FinancePays), ("to report back", days.Feedback));

    /// <summary>By when a province clears with its pooling areas: so many working days after the clearing between provinces is done.
    /// Source: 八(四).</summary>
    /// <exception cref="CalendarNotAnnounced">The answer needs a year that is not announced.</exception>
    public static Cited<DateOnly> ClearWithinProvinceBy(DateOnly cleared, int workingDays, WorkingDayCalendar calendar) => C23.Gives(
        Deadline.WithinWorkingDays(calendar, cleared, workingDays).LastDay, ("cleared", cleared), ("working days", workingDays));

    /// <summary>The clearing within a province: what it owes or is owed by the other provinces, divided among its pooling areas by
    /// their own settlements; the parts are the whole. Source: 八(四).</summary>
    /// <param name="areas">Each pooling area's own signed amount.</param>
    /// <exception cref="FaultException">The parts are not the whole.</exception>
    public static Cited<Money> WithinProvince(Money whole, IReadOnlyList<(string Area, Money Amount)> areas)
    {
        var sum = areas.Aggregate(Money.Zero(whole.Currency), (total, each) => total + each.Amount);
        return sum == whole
            ? C23.Gives(sum, ("whole", whole), areas.CountAs("pooling areas"))
            : throw Wrong(Codes.BadAmount, "areas", sum.ToString(), $"{whole}, the whole");
    }

    /// <summary>What an insured place owes a treatment place for a cycle: fund pay for employees and residents, plus the signed
    /// adjustments. Source: 八(一)-(二), derived.</summary>
    /// <exception cref="FaultException">Fund pay below zero.</exception>
    public static Cited<Money> Payable(Money employeeFund, Money residentFund, Money adjustments) => C24.Gives(
        NotNegative("employeeFund", employeeFund) + NotNegative("residentFund", residentFund) + adjustments,
        ("employee fund", employeeFund), ("resident fund", residentFund), ("adjustments", adjustments));

    /// <summary>Why a settlement is not in a cycle; null: it is. Source: 七(三), 八(一).</summary>
    public static Cited<NotCleared?> WhyNotIn(YearMonth cycle, ClearingEntry entry, int uploadDay)
    {
        var own = ClearingMonth.CycleOf(entry.Uploaded, uploadDay);
        NotCleared? why = entry switch
        {
            { IsReconciled: false } => NotCleared.NotReconciled,
            { IsConfirmed: false } => NotCleared.NotConfirmed,
            _ when own > cycle => NotCleared.NextCycle,
            _ when own < cycle => NotCleared.EarlierCycle,
            _ => null,
        };
        return C24.Gives(why, ("cycle", cycle), ("uploaded", entry.Uploaded), ("reconciled", entry.IsReconciled), ("confirmed", entry.IsConfirmed));
    }

    /// <summary>A cycle cleared: of reconciled, confirmed settlements that were uploaded in time, and of the audit records that were
    /// put into the cycle, one row per insured place and treatment place, the two funds apart, and the netting sheet. The sum
    /// of payables is the sum of receivables, always; the order of what came in is irrelevant. Source: 八(一)-(二), derived.</summary>
    /// <exception cref="FaultException">A settlement twice, or a record that the netting refuses.</exception>
    public static Cited<ClearingTables> ClearCycle(
        YearMonth cycle, Currency currency, IReadOnlyList<ClearingEntry> entries, IReadOnlyList<ClearingAdjustment> adjustments, int uploadDay)
    {
        if (entries.GroupBy(entry => entry.Key, StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1) is { } twice)
        {
            throw Wrong(Codes.Duplicated, "settlement", twice.Key, "each settlement once");
        }
        if (adjustments.GroupBy(each => (each.Record.Key, each.Record.Version)).FirstOrDefault(same => same.Select(each => each.Fund).Distinct().Count() > 1) is { } both)
        {
            throw Wrong(Codes.Duplicated, "fund", both.Key.Key, "each version of a record once");
        }
        var cleared = entries.Where(entry => WhyNotIn(cycle, entry, uploadDay).Value is null).ToList();
        var last = NettingTable.LastVersions(adjustments.Select(each => each.Record), currency).Where(record => record.Cycle == cycle).ToHashSet();
        var signed = adjustments.Where(each => last.Contains(each.Record)).DistinctBy(each => each.Record).ToList();
        var sheet = NettingTable.Sheet(cycle, currency, [
            .. cleared.Select(entry => new NettingRecord("settlement " + entry.Key, 1, entry.InsuredPlace, entry.TreatmentPlace, entry.Parts.Total, cycle)),
            .. signed.Select(each => each.Record with { Key = "adjustment " + each.Record.Key }),
        ]);
        var rows = Rows(cleared, signed, currency);
        return rows.Aggregate(Money.Zero(currency), (sum, row) => sum + row.Cleared) == sheet.Total
            ? C24.Gives(
                new ClearingTables(rows, Rows([.. cleared.Where(IsEmployee)], [.. signed.Where(each => each.Fund is InsuredFund.Employee)], currency),
                    Rows([.. cleared.Where(each => !IsEmployee(each))], [.. signed.Where(each => each.Fund is InsuredFund.Resident)], currency), sheet),
                ("cycle", cycle), cleared.CountAs("settlements"), signed.CountAs("adjustments"), ("not in the cycle", entries.Count - cleared.Count))
            : throw new InvalidOperationException($"Cycle {cycle}: the rows do not sum to {sheet.Total}.");
    }

    private static bool IsEmployee(ClearingEntry entry) => entry.Fund is InsuredFund.Employee;

    private static List<ClearingRow> Rows(IReadOnlyList<ClearingEntry> entries, IReadOnlyList<ClearingAdjustment> adjustments, Currency currency)
    {
        var none = Money.Zero(currency);
        var pairs = entries.Select(each => (each.InsuredPlace, each.TreatmentPlace)).Concat(adjustments.Select(each => (each.Record.Payer, each.Record.Payee))).Distinct()
            .OrderBy(pair => pair.Item1, StringComparer.Ordinal).ThenBy(pair => pair.Item2, StringComparer.Ordinal);
        return [.. pairs.Select((pair, i) =>
        {
            var own = entries.Where(each => (each.InsuredPlace, each.TreatmentPlace) == pair).ToList();
            var signed = adjustments.Where(each => (each.Record.Payer, each.Record.Payee) == pair).Select(each => each.Record.Amount).ToList();
            return new ClearingRow(
                i + 1, pair.Item1, pair.Item2, own.Select(each => each.Person).Distinct(StringComparer.Ordinal).Count(), own.Count,
                own.Aggregate(none, (sum, each) => sum + each.TotalCost), own.Aggregate(FundParts.OfPool(none), (sum, each) => sum.Plus(each.Parts)),
                signed.Where(each => each.IsNegative).Aggregate(none, (sum, each) => sum + each), signed.Where(each => !each.IsNegative).Aggregate(none, (sum, each) => sum + each));
        })];
    }
}
