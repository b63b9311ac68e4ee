using static EdgeHub.Rules.Schemes.CrossRegion.CrossRegionArticles;
using static EdgeHub.Rules.Schemes.CrossRegion.CrossRegionDescriptors;
using static EdgeHub.Rules.Schemes.CrossRegion.CrossRegionRules;

namespace EdgeHub.Rules.Schemes.CrossRegion;

/// <summary>C25 to C29 as a person can try them.</summary>
internal static class CrossRegionOperationsDescriptors
{
    private const long MostVolume = 1_000_000_000;

    public static readonly IReadOnlyList<RuleDescriptor> All =
    [
        Steps("dispute-step", new("申诉复议诉讼", "Överklagande", "State of a dispute"), C25, CrossRegionStates.Dispute, DisputeState.Decided, DisputeState.Appealed, DisputeGoes),
        Steps("suspicion-step", new("违规嫌疑上报", "Misstanke om fel", "State of a suspicion"), C25, CrossRegionStates.Suspicion, SuspicionState.WithMinistry, SuspicionState.WithTreatmentPlace, SuspicionGoes),
        Steps("complaint-step", new("投诉处理", "Klagomål", "State of a complaint"), C25, CrossRegionStates.Complaint, ComplaintState.ResultTold, ComplaintState.Closed, ComplaintGoes),
        Rule("announcement", new("公告提前量", "Kungörelse i förväg", "Announcement ahead"), C26,
            [RuleInput.Moment("begins", "2025-10-13T08:00:00+08:00"), RuleInput.Moment("published", "2025-10-10T08:01:00+08:00"), RuleInput.Count("hoursAhead", "hours", "72", 8_784).Or("announcement.hoursAhead")],
            i =>
            {
                var announced = Announcement(i.Moment("begins"), i.Moment("published"), i.Whole("hoursAhead"));
                return RuleResult.Of("announcement", announced, new RuleValue("due", announced.Value.Due), new RuleValue("minutesLate", announced.Value.Late), new RuleValue("isLate", announced.Value.IsLate));
            }),
        Rule("monitoring", new("业务预警分析", "Övervakning", "Monitoring against the period before"), C27,
            [
                RuleInput.Count("volume", "settlements", "700", MostVolume), RuleInput.Count("failures", "settlements", "10", MostVolume), RuleInput.Number("seconds", "seconds", "2.0", 86_400),
                RuleInput.Count("volumeBefore", "settlements", "1000", MostVolume), RuleInput.Count("failuresBefore", "settlements", "12", MostVolume), RuleInput.Number("secondsBefore", "seconds", "1.9", 86_400),
                RuleInput.Rate("volumeDrop", "0.3").Or("monitoring.volumeDropShare"), RuleInput.Rate("failureShare", "0.05").Or("monitoring.failureShare"), RuleInput.Rate("durationRise", "0.5").Or("monitoring.durationRiseShare"),
            ],
            i =>
            {
                var warnings = Monitor(
                    new BusinessFigures(i.Count("volume"), i.Count("failures"), i.Number("seconds")), new BusinessFigures(i.Count("volumeBefore"), i.Count("failuresBefore"), i.Number("secondsBefore")),
                    new MonitoringLimits(i.Rate("volumeDrop"), i.Rate("failureShare"), i.Rate("durationRise")));
                return RuleResult.Of("warnings", warnings, new RuleValue("warnings", string.Join(", ", warnings.Value)));
            }),
        Rule("failure-report", new("故障报告要素", "Felrapportens delar", "Parts of a failure report"), C27,
            [RuleInput.List("given", [RuleInput.Word("part", FailureReportPart.Phenomenon)], [nameof(FailureReportPart.Phenomenon)], [nameof(FailureReportPart.Scope)])],
            i =>
            {
                var missing = MissingInReport([.. i.List("given").Select(row => row.Word<FailureReportPart>("part"))]);
                return RuleResult.Of("missing", missing, new RuleValue("missing", string.Join(", ", missing.Value)));
            }),
        Rule("first-responsible", new("首问责任", "Först ansvarig", "First responsible"), C28,
            [RuleInput.Word("kind", IssueKind.FeeOrReconciliation)], i => RuleResult.Of("responsible", FirstResponsible(i.Word<IssueKind>("kind")))),
        Steps("issue-step", new("问题处理状态", "Ärendets läge", "State of an issue"), C28, CrossRegionStates.Issue, IssueState.Assigned, IssueState.InProgress, IssueGoes),
        Rule("first-response", new("首次回应时限", "Första svar", "First response"), C29,
            [
                RuleInput.Moment("registered", "2025-09-30T17:30:00+08:00"), RuleInput.Yes("isSevere", "yes"), RuleInput.Yes("isUrgent", "no"), Hours("severeUrgentHours", "24", "response.severeUrgentHours"),
                Hours("severeHours", "72", "response.severeHours"), Hours("urgentHours", "72", "response.urgentHours"), Hours("neitherHours", "120", "response.neitherHours"),
            ],
            i =>
            {
                var duty = FirstResponse(i.Moment("registered"), i.Yes("isSevere"), i.Yes("isUrgent"),
                    new ResponseHours(i.Whole("severeUrgentHours"), i.Whole("severeHours"), i.Whole("urgentHours"), i.Whole("neitherHours")));
                return RuleResult.Of("first response", duty, new RuleValue("hours", duty.Value.Hours), new RuleValue("due", duty.Value.DueAt), new RuleValue("investigationReport", duty.Value.NeedsInvestigationReport));
            }),
    ];

    private static RuleInput Hours(string name, string example, string parameter) => RuleInput.Count(name, "hours", example, 8_784).Or(parameter);
}
