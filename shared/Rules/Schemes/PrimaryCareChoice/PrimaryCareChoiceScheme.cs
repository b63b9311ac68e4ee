namespace EdgeHub.Rules.Schemes.PrimaryCareChoice;

/// <summary>The numbers of the care choice, from its parameters as they hold on a day.</summary>
public sealed record PrimaryCareChoiceTerms(
    Rate LowestCapitationShare, Rate HighestCapitationShare, Money VisitRate, DateOnly VideoFrom, int CheckInMinutesBefore, int CheckInMinutesAfter,
    Money ProtectionCap, int ProtectionMonths, ContinuityTerms Continuity, Rate IncentiveLower, Rate IncentiveUpper, Rate IncentivePerPoint, int FirstYear)
{
    /// <exception cref="RuleGap">A parameter has no value on that day.</exception>
    /// <exception cref="RuleConflict">A parameter has more than one.</exception>
    public static PrimaryCareChoiceTerms From(ParametersOn on) => new(
        on.Share("capitation.lowestShare"), on.Share("capitation.highestShare"), on.Amount("visit.ratePerVisit"),
        on.DayOf("visit.videoFrom"),
        on.Whole("checkIn.minutesBefore"), on.Whole("checkIn.minutesAfter"), on.Amount("protection.cap"), on.Whole("protection.months"),
        new ContinuityTerms(on.Whole("continuity.visitMonths"), on.Whole("continuity.diagnosisYears"), on.Whole("continuity.minimumVisits"), on.Whole("continuity.decimals")),
        on.Share("incentive.lowerShare"), on.Share("incentive.upperShare"), on.Share("incentive.perPoint"), on.Whole("measures.firstYear"));
}

/// <summary>The order in which the rules of the care choice make a centre's continuity addition.</summary>
public static class PrimaryCareChoiceScheme
{
    /// <summary>Name of the scheme's folder, for its parameters.</summary>
    public const string Name = "PrimaryCareChoice";

    /// <summary>A centre's addition for continuity: the share of patients who met one doctor in two of three visits, and what it adds
    /// to the capitation.</summary>
    public static (ThreeVisitContinuity Share, ContinuityIncentive Incentive, IReadOnlyList<CitedStep> Steps) ContinuityAddition(
        IReadOnlyList<IReadOnlyList<string>> doctorsOfPatients, Money capitation, PrimaryCareChoiceTerms terms)
    {
        var share = PrimaryCareChoiceRules.TwoOfThree(doctorsOfPatients);
        var incentive = PrimaryCareChoiceRules.Incentive(share.Value.Share, capitation, terms.IncentiveLower, terms.IncentiveUpper, terms.IncentivePerPoint);
        return (share.Value, incentive.Value,
            [share.As("two of three visits with one doctor") with { Value = Article.Written(share.Value.Share) }, incentive.As("addition to the capitation") with { Value = Article.Written(incentive.Value.Amount) }]);
    }
}
