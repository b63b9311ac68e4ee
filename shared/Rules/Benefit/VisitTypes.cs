namespace EdgeHub.Rules.Benefit;

/// <summary>The visit types of the national interface (med_type). Counties add their own: those stand in the policy rows.</summary>
public static class VisitTypes
{
    /// <summary>11 outpatient, 13 emergency, 14 chronic or special outpatient, 21 inpatient, 41 pharmacy, 51 and 52 maternity.</summary>
    public static readonly IReadOnlyList<string> National = ["11", "13", "14", "21", "41", "51", "52"];
}
