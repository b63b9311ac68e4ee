using EdgeHub.Rules.Calendars;
using static EdgeHub.Rules.Schemes.CrossRegion.CrossRegionArticles;

namespace EdgeHub.Rules.Schemes.CrossRegion;

/// <summary>This part: supervision and operations.</summary>
public static partial class CrossRegionRules
{
    /// <summary>The state of a hospital's dispute after a step: appeal, reconsideration or litigation. Source: 九(一).</summary>
    /// <exception cref="FaultException">The step is not in the table.</exception>
    public static Cited<DisputeState> DisputeGoes(DisputeState from, DisputeState to) => C25.Gives(CrossRegionStates.Dispute.Go(from, to), ("from", from), ("to", to));

    /// <summary>The state of a suspicion after a step: the insured place reports, the ministry tells the treatment place. Source: 九(二).</summary>
    /// <exception cref="FaultException">The step is not in the table.</exception>
    public static Cited<SuspicionState> SuspicionGoes(SuspicionState from, SuspicionState to) => C25.Gives(CrossRegionStates.Suspicion.Go(from, to), ("from", from), ("to", to));

    /// <summary>The state of a complaint after a step; it closes only after the person was told the result. Source: 九(三).</summary>
    /// <exception cref="FaultException">The step is not in the table.</exception>
    public static Cited<ComplaintState> ComplaintGoes(ComplaintState from, ComplaintState to) => C25.Gives(CrossRegionStates.Complaint.Go(from, to), ("from", from), ("to", to));

    /// <summary>By which moment an announcement should be out, so many calendar hours ahead (原则上需提前72小时以上), and how many minutes
    /// late it is; soft, so a late one goes out and is marked. Source: 十(一)1.</summary>
    public static Cited<Timeliness<DateTimeOffset>> Announcement(DateTimeOffset begins, DateTimeOffset published, int hoursAhead)
    {
        var due = HourDeadline.Ahead(begins, hoursAhead);
        return C26.Gives(new Timeliness<DateTimeOffset>(due.LastMoment, due.MinutesLate(published)), ("begins", begins), ("published", published), ("hours ahead", hoursAhead));
    }

    /// <summary>What a period warns of against the same period before: the business stopped, its volume fell, many failed, it became
    /// slower. A limit reached warns. Source: 十(一)2-3; the limits are defaults.</summary>
    /// <exception cref="FaultException">A negative figure, or more failures than there was business.</exception>
    public static Cited<IReadOnlyList<MonitoringWarning>> Monitor(BusinessFigures now, BusinessFigures before, MonitoringLimits limits)
    {
        foreach (var figures in new[] { now, before })
        {
            if (figures.Failures < 0 || figures.Failures > figures.Volume || figures.AverageSeconds < 0)
            {
                throw Wrong(Codes.BadNumber, "failures", Article.Written(figures.Failures), $"0 to {figures.Volume}");
            }
        }
        var warnings = new List<MonitoringWarning>();
        Add(MonitoringWarning.Interrupted, now.Volume == 0 && before.Volume > 0);
        Add(MonitoringWarning.VolumeDropped, now.Volume > 0 && before.Volume > 0 && before.Volume - now.Volume >= before.Volume * limits.VolumeDrop.Value);
        Add(MonitoringWarning.ManyFailures, now.Failures > 0 && now.Failures >= now.Volume * limits.FailureShare.Value);
        Add(MonitoringWarning.Slower, before.AverageSeconds > 0 && now.AverageSeconds - before.AverageSeconds >= before.AverageSeconds * limits.DurationRise.Value);
        return C27.Gives<IReadOnlyList<MonitoringWarning>>(warnings,
            ("volume", now.Volume), ("volume before", before.Volume), ("failures", now.Failures), ("seconds", now.AverageSeconds), ("seconds before", before.AverageSeconds));

        void Add(MonitoringWarning warning, bool holds)
        {
            if (holds)
            {
                warnings.Add(warning);
            }
        }
    }

    /// <summary>What a report of a failure still lacks: phenomenon, scope, trend, measures; empty: nothing. Source: 十(一)2.</summary>
    public static Cited<IReadOnlyList<FailureReportPart>> MissingInReport(IReadOnlyCollection<FailureReportPart> given) => C27.Gives<IReadOnlyList<FailureReportPart>>(
        [.. Enum.GetValues<FailureReportPart>().Where(part => !given.Contains(part))], ("given", string.Join(", ", given.Order())));

    /// <summary>Who is first responsible for an issue: the treatment place (原则上), whatever its kind. Source: 十(一)4(2).</summary>
    public static Cited<Direction> FirstResponsible(IssueKind kind) => C28.Gives(Direction.TreatmentPlace, ("kind", kind));

    /// <summary>The state of an issue after a step. Source: 十(一)4(2).</summary>
    /// <exception cref="FaultException">The step is not in the table.</exception>
    public static Cited<IssueState> IssueGoes(IssueState from, IssueState to) => C28.Gives(CrossRegionStates.Issue.Go(from, to), ("from", from), ("to", to));

    /// <summary>By when somebody answers first: calendar hours from the registration of the issue, by severity and urgency. What is both
    /// severe and urgent also gets an investigation report. Source: 十(一)4(2)③, 十(一)5.</summary>
    public static Cited<ResponseDuty> FirstResponse(DateTimeOffset registered, bool isSevere, bool isUrgent, ResponseHours hours)
    {
        var due = (isSevere, isUrgent) switch
        {
            (true, true) => hours.SevereUrgent,
            (true, false) => hours.Severe,
            (false, true) => hours.Urgent,
            _ => hours.Neither,
        };
        return C29.Gives(new ResponseDuty(due, HourDeadline.Within(registered, due).LastMoment, isSevere && isUrgent),
            ("registered", registered), ("severe", isSevere), ("urgent", isUrgent));
    }
}
