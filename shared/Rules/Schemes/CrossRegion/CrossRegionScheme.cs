using EdgeHub.Rules.Calendars;

namespace EdgeHub.Rules.Schemes.CrossRegion;

/// <summary>The numbers of cross-province settlement, from its parameters as they hold on a day.</summary>
public sealed record CrossRegionTerms(
    ClearingDays Clearing, int QuotaMonths, Rate YellowFrom, Rate RedFrom, Rate RestoreTo, Money Tolerance, int DetailsUploadDays,
    int SuspensionWorkingDays, int CardWorkingDays, int AnnouncementHours, ResponseHours Response, MonitoringLimits Monitoring)
{
    /// <exception cref="RuleGap">A parameter has no value on that day.</exception>
    /// <exception cref="RuleConflict">A parameter has more than one.</exception>
    public static CrossRegionTerms From(ParametersOn on) => new(
        new ClearingDays(
            on.Whole("hospital.confirmDay"), on.Whole("clearing.uploadDay"), on.Whole("clearing.queryDay"), on.Whole("clearing.confirmDay"),
            on.Whole("finance.submitWorkingDays"), on.Whole("finance.payWorkingDays"), on.Whole("finance.reportWorkingDays"), on.Whole("clearing.withinProvinceWorkingDays")),
        on.Whole("prepayment.months"), on.Share("prepayment.yellowShare"), on.Share("prepayment.redShare"), on.Share("prepayment.restoreToShare"),
        on.Amount("reconciliation.tolerance"), on.Whole("details.uploadDays"), on.Whole("suspension.workingDaysAhead"), on.Whole("card.issueWorkingDays"),
        on.Whole("announcement.hoursAhead"),
        new ResponseHours(on.Whole("response.severeUrgentHours"), on.Whole("response.severeHours"), on.Whole("response.urgentHours"), on.Whole("response.neitherHours")),
        new MonitoringLimits(on.Share("monitoring.volumeDropShare"), on.Share("monitoring.failureShare"), on.Share("monitoring.durationRiseShare")));
}

/// <summary>The order in which the clauses make a month's clearing: reconcile, keep what matched, clear.</summary>
public static class CrossRegionScheme
{
    /// <summary>Name of the scheme's folder, for its parameters.</summary>
    public const string Name = "CrossRegion";

    /// <summary>A cycle from the three sides' records: only settlements that match on all three are cleared, and of these those that
    /// are confirmed and were uploaded in time.</summary>
    /// <param name="entries">The treatment place's clearing data; whether each is reconciled is found here.</param>
    /// <exception cref="FaultException">What a clause refuses.</exception>
    public static (ThreeWayReconciliation Reconciliation, ClearingTables Tables, IReadOnlyList<CitedStep> Steps) ClearMonth(
        YearMonth cycle, (IReadOnlyList<ReconciliationRecord> Insured, IReadOnlyList<ReconciliationRecord> Treatment, IReadOnlyList<ReconciliationRecord> Nation) sides,
        IReadOnlyList<ClearingEntry> entries, IReadOnlyList<ClearingAdjustment> adjustments, CrossRegionTerms terms)
    {
        var reconciled = CrossRegionRules.Reconcile(sides.Insured, sides.Treatment, sides.Nation, terms.Tolerance);
        var matched = reconciled.Value.Matched.ToHashSet(StringComparer.Ordinal);
        var judged = entries.Select(entry => entry with { IsReconciled = matched.Contains(entry.Key) }).ToList();
        var cleared = CrossRegionRules.ClearCycle(cycle, terms.Tolerance.Currency, judged, adjustments, terms.Clearing.Upload);
        return (reconciled.Value, cleared.Value,
            [reconciled.As("reconciliation") with { Value = Article.Written(reconciled.Value.Fund) }, cleared.As("cleared") with { Value = Article.Written(cleared.Value.Sheet.Total) }]);
    }
}
