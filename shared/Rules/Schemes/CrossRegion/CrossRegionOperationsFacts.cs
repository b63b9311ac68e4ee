namespace EdgeHub.Rules.Schemes.CrossRegion;

/// <summary>One direction's business in a period (C27): how long a settlement took on average, how many, how many failed.</summary>
public sealed record BusinessFigures(long Volume, long Failures, decimal AverageSeconds);

/// <summary>From which change against the same period before the monitoring warns (C27); the document gives no numbers.</summary>
/// <param name="VolumeDrop">Share by which the volume falls.</param>
/// <param name="FailureShare">Share of failures among all.</param>
/// <param name="DurationRise">Share by which a settlement takes longer.</param>
public sealed record MonitoringLimits(Rate VolumeDrop, Rate FailureShare, Rate DurationRise);

/// <summary>What the monitoring warns of (C27).</summary>
public enum MonitoringWarning { VolumeDropped, Interrupted, ManyFailures, Slower }

/// <summary>The parts of a report of a failure (C27).</summary>
public enum FailureReportPart { Phenomenon, Scope, Trend, Measures }

/// <summary>Kinds of business issues (C28).</summary>
public enum IssueKind { CardNotRead, FeeOrReconciliation, DataInconsistent, AuditOrClearingBlocked, Other }

/// <summary>How fast somebody answers first (C29), and whether an investigation report follows.</summary>
public sealed record ResponseDuty(int Hours, DateTimeOffset DueAt, bool NeedsInvestigationReport);

/// <summary>Hours to the first response by severity and urgency (C29).</summary>
public sealed record ResponseHours(int SevereUrgent, int Severe, int Urgent, int Neither);
