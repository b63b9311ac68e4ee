using System.Numerics;
using EdgeHub.Rules.Statistics;
using static EdgeHub.Rules.Schemes.PrimaryCareChoice.PrimaryCareChoiceArticles;

namespace EdgeHub.Rules.Schemes.PrimaryCareChoice;

/// <summary>This part: continuity. Indices are exact ratios until they are printed; where nobody is eligible there is no value.</summary>
public static partial class PrimaryCareChoiceRules
{
    /// <summary>The professions whose continuity is followed. Source: Förslag på mått, Kontinuitetsindex.</summary>
    private static readonly Profession[] Followed = [Profession.Doctor, Profession.Nurse, Profession.Physiotherapist];

    /// <summary>A unit's continuity of care index with one profession: over its listed patients with a chronic diagnosis in the last
    /// years and enough visits to that profession at the unit in the last months, in person or by video, the mean of the patients'
    /// COC; UPC, SLICC and MMCI beside it. The windows end with the day of measurement, that day included. The order in which facts
    /// are given is irrelevant. Source: Förslag på mått, Kontinuitetsindex.</summary>
    /// <param name="listed">Patients listed at the unit on the day of measurement.</param>
    /// <exception cref="FaultException">A profession that is not followed, a minimum below 2, or a diagnosis that is no ICD-10 code.</exception>
    public static Cited<UnitContinuity> Continuity(
        string unit, Profession profession, DateOnly measured, IReadOnlyCollection<string> listed, IReadOnlyList<DiagnosisFact> diagnoses,
        IReadOnlyList<CareContact> contacts, ContinuityTerms terms)
    {
        if (!Followed.Contains(profession))
        {
            throw Wrong(Codes.UnknownCode, "profession", profession.ToString(), "one of " + string.Join(", ", Followed));
        }
        if (terms.MinimumVisits < 2)
        {
            throw Wrong(Codes.BadNumber, "minimumVisits", Article.Written(terms.MinimumVisits), "a whole number from 2");
        }
        var end = measured.AddDays(1);
        var first = end.AddMonths(-terms.VisitMonths);
        var chronic = Chronic(diagnoses, listed, end.AddYears(-terms.DiagnosisYears), end);
        var patients = contacts
            .Where(each => each.Unit == unit && each.Profession == profession && IsVisit(each.Channel).Value && each.Day >= first && each.Day < end && chronic.Contains(each.Patient))
            .GroupBy(each => each.Patient, StringComparer.Ordinal).Where(own => own.Count() >= terms.MinimumVisits).OrderBy(own => own.Key, StringComparer.Ordinal)
            .Select(own => PatientOf(own.Key, own, terms.MinimumVisits)).ToList();
        var coc = Fraction.Mean([.. patients.Select(each => each.Coc)]);
        return O09.Gives(
            new UnitContinuity(
                first, end, patients, coc, Fraction.Mean([.. patients.Select(each => each.Upc)]), Fraction.Mean([.. patients.Select(each => each.Slicc)]),
                Fraction.Mean([.. patients.Select(each => each.Mmci)]), coc?.Rounded(terms.Decimals)),
            ("unit", unit), ("profession", profession), ("measured", measured), listed.CountAs("listed"), chronic.CountAs("chronic"), patients.CountAs("patients"));
    }

    /// <summary>One patient's continuity from the visits in the order of time; null: fewer than the minimum. Source: Förslag på mått,
    /// Kontinuitetsindex.</summary>
    /// <param name="providers">Who was met, visit by visit.</param>
    public static Cited<Fraction?> ContinuityOfPatient(IReadOnlyList<string> providers, int minimumVisits) =>
        O09.Gives(ContinuityIndices.ContinuityOfCare(providers, minimumVisits), providers.CountAs("visits"), ("minimum", minimumVisits));

    /// <summary>The group of a chronic diagnosis; null: the code is none of the list. Source: Förslag på mått, diagnoser.</summary>
    /// <exception cref="FaultException">No ICD-10 code.</exception>
    public static Cited<string?> ChronicGroup(string code) => O10.Gives(ChronicDiagnoses.Shipped.GroupOf(code), ("code", code));

    /// <summary>Of patients with at least three doctor visits in a period: how many met one doctor in at least two of three. Of more
    /// than three visits the last three count. Source: Mäta och följa upp kontinuitet.</summary>
    /// <param name="patients">Each patient's doctors, visit by visit, in the order of time.</param>
    public static Cited<ThreeVisitContinuity> TwoOfThree(IReadOnlyList<IReadOnlyList<string>> patients)
    {
        var eligible = patients.Where(doctors => doctors.Count >= 3).Select(doctors => doctors.TakeLast(3).Distinct(StringComparer.Ordinal).Count()).ToList();
        var continuous = eligible.Count(distinct => distinct < 3);
        return O11.Gives(
            new ThreeVisitContinuity(eligible.Count, continuous, eligible.Count == 0 ? null : new Fraction(continuous, eligible.Count)),
            patients.CountAs("patients"), eligible.CountAs("with three visits"));
    }

    /// <summary>What continuity adds to the capitation: so much for each whole percentage point above the lower level, up to the upper
    /// one and nothing more beyond it. The share is floored to whole points. Source: Mäta och följa upp kontinuitet, Praktikertjänst.</summary>
    /// <param name="share">From <see cref="TwoOfThree"/>; null: no value, and so no addition.</param>
    /// <param name="perPoint">1 % is 0.01.</param>
    /// <exception cref="FaultException">A negative capitation, or levels out of order.</exception>
    public static Cited<ContinuityIncentive> Incentive(Fraction? share, Money capitation, Rate lower, Rate upper, Rate perPoint)
    {
        NotNegative("capitation", capitation);
        if (lower >= upper)
        {
            throw Wrong(Codes.BadRate, "lower", lower.ToString(), $"below {upper}");
        }
        var from = (int)Math.Floor(lower.Value * 100m);
        var most = (int)Math.Floor(upper.Value * 100m) - from;
        var whole = share is null ? from : (int)BigInteger.Min(new Fraction(share.Numerator * 100, share.Denominator).Floor(), 100);
        var points = Math.Clamp(whole - from, 0, most);
        return O12.Gives(
            new ContinuityIncentive(points, capitation.Times(new Rate(perPoint.Value * points), MidpointRounding.AwayFromZero)),
            ("share", share), ("capitation", capitation), ("lower", lower), ("upper", upper), ("per point", perPoint));
    }

    /// <summary>Chronic patients with a home visit, or a return visit to a doctor or a nurse, in the last months at the unit; those
    /// without are the list to call. Windows as in <see cref="Continuity"/>. Source: Förslag på mått, Andel patienter.</summary>
    public static Cited<RecallShare> Recall(
        string unit, DateOnly measured, IReadOnlyCollection<string> listed, IReadOnlyList<DiagnosisFact> diagnoses, IReadOnlyList<CareContact> contacts, ContinuityTerms terms)
    {
        var end = measured.AddDays(1);
        var first = end.AddMonths(-terms.VisitMonths);
        var chronic = Chronic(diagnoses, listed, end.AddYears(-terms.DiagnosisYears), end);
        var visited = contacts
            .Where(each => each.Unit == unit && each.Day >= first && each.Day < end && each.Profession is (Profession.Doctor or Profession.Nurse) && IsReturnOrHome(each))
            .Select(each => each.Patient).Where(chronic.Contains).ToHashSet(StringComparer.Ordinal);
        return O13.Gives(
            new RecallShare(chronic.Count, visited.Count, chronic.Count == 0 ? null : new Fraction(visited.Count, chronic.Count), [.. chronic.Where(each => !visited.Contains(each)).Order(StringComparer.Ordinal)]),
            ("unit", unit), ("measured", measured), listed.CountAs("listed"));
    }

    /// <summary>The change of a figure against the year before; null: it is the first year that is measured, or a value is missing, so
    /// there is no baseline. Source: Förslag på mått, från år 2021.</summary>
    public static Cited<decimal?> ChangeSinceYearBefore(int year, decimal? value, decimal? yearBefore, int firstYear) => O14.Gives(
        year <= firstYear ? null : value - yearBefore, ("year", year), ("value", value), ("year before", yearBefore), ("first year", firstYear));

    private static bool IsReturnOrHome(CareContact contact) =>
        contact.Channel is Channel.Home || (contact.Purpose is ContactPurpose.ReturnVisit && IsVisit(contact.Channel).Value);

    private static HashSet<string> Chronic(IReadOnlyList<DiagnosisFact> diagnoses, IReadOnlyCollection<string> listed, DateOnly first, DateOnly end)
    {
        var ours = listed.ToHashSet(StringComparer.Ordinal);
        return diagnoses.Where(each => ours.Contains(each.Patient) && each.Day >= first && each.Day < end && ChronicDiagnoses.Shipped.GroupOf(each.Code) is not null)
            .Select(each => each.Patient).ToHashSet(StringComparer.Ordinal);
    }

    private static PatientContinuity PatientOf(string patient, IEnumerable<CareContact> own, int minimum)
    {
        List<CareContact> visits = [.. own.OrderBy(each => each.Day).ThenBy(each => each.Order).ThenBy(each => each.Provider, StringComparer.Ordinal)];
        List<string> providers = [.. visits.Select(each => each.Provider)];
        return new PatientContinuity(
            patient, visits, ContinuityIndices.ContinuityOfCare(providers, minimum)!, ContinuityIndices.UsualProvider(providers, minimum)!,
            ContinuityIndices.Sequential(providers, minimum)!, ContinuityIndices.ModifiedModified(providers, minimum)!);
    }
}
