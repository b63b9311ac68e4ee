using EdgeHub.Agent.Access;
using EdgeHub.Agent.Store;
using EdgeHub.Rules;
using EdgeHub.Rules.Benefit;
using static EdgeHub.Rules.Benefit.BenefitArticles;

namespace EdgeHub.Agent.Settlement;

/// <summary>A bill as the rules need it, and the names of its items by line number.</summary>
public sealed record ReadBill(Bill Bill, IReadOnlyDictionary<int, string> Names, int Ordinal, IReadOnlyList<string> Diagnoses);

/// <summary>Makes a bill of what a caller sent: every fault by its field, lines numbered from 1.</summary>
public static class BillReader
{
    /// <param name="find">An item of the catalogue by its code; null: there is none.</param>
    /// <param name="limits">Say which visit types are stays.</param>
    /// <returns>The bill, or all faults of its fields and lines.</returns>
    public static (ReadBill? Bill, Refusal? Why) Read(Func<string, CatalogueItem?> find, SettleRequest request, Visit visit, Member member, SiteFacts site, Currency currency, DateOnly today, OfflineLimits limits)
    {
        var faults = new List<Fault>();
        var ordinal = Given.Ordinal(request.Ordinal, faults);
        var diagnoses = Given.DiagnosisCodes(request.Diagnoses, faults);
        var inpatient = limits.IsInpatient(visit.VisitType);
        var day = Given.ServiceDay(request.ServiceDay, visit.CivilDay, today, inpatient, faults);
        var referral = Given.Referral(request.Referral, faults);
        var disease = string.IsNullOrWhiteSpace(request.Disease) ? null : Given.Text(request.Disease, "disease", Given.DiseaseCharacters, faults);
        if (BillLines.TooMany(request.Lines) is { } many)
        {
            faults.Add(many);
            return (null, new Refusal(faults, B16));
        }
        var (lines, names, _) = BillLines.Read(find, request.Lines, day, site.Level, currency, outsideIsSelfPay: false, faults);
        if (faults.Count > 0)
        {
            return (null, new Refusal(faults, B10));
        }
        var facts = new VisitFacts(
            member.PoolingArea, visit.VisitType, site.IsOutOfArea(member.PoolingArea), site.Institution, site.Level, site.InstitutionType, day, disease)
        {
            Referral = referral, Admitted = inpatient ? visit.CivilDay : null,
        };
        return (new ReadBill(new Bill(facts, PersonOf(member), lines), names, ordinal, diagnoses), null);
    }

    public static PersonFacts PersonOf(Member member) => new(member.InsuranceType, member.PersonType, member.Personal.BirthDate);
}
