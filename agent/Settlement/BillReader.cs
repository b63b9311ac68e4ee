using System.Globalization;
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
        var disease = string.IsNullOrWhiteSpace(request.Disease) ? null : Given.Text(request.Disease, "disease", 32, faults);
        var given = request.Lines ?? [];
        if (given.Count > BillLimits.Lines)
        {
            faults.Add(new Fault(Codes.TooMany, "lines", given.Count.ToString(CultureInfo.InvariantCulture), $"at most {BillLimits.Lines} fee lines"));
            return (null, new Refusal(faults, B16));
        }
        var lines = new List<BillLine>(given.Count);
        var names = new Dictionary<int, string>();
        for (var i = 0; i < given.Count; i++)
        {
            if (Line(find, i + 1, given[i], day, site.Level, currency, names, faults) is { } line)
            {
                lines.Add(line);
            }
        }
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

    private static BillLine? Line(
        Func<string, CatalogueItem?> find, int no, LineGiven? given, DateOnly day, int level, Currency currency, Dictionary<int, string> names, List<Fault> faults)
    {
        var before = faults.Count;
        Need(given?.Price, "price", "a price in major units");
        Need(given?.Quantity, "quantity", "a quantity");
        Need(given?.Amount, "amount", "an amount in minor units");
        if (string.IsNullOrWhiteSpace(given?.Item))
        {
            faults.Add(new Fault(Codes.Missing, Field("item"), "", "a code of the catalogue"));
            return null;
        }
        var item = find(given.Item);
        if (item is null)
        {
            faults.Add(new Fault(Codes.UnknownItem, Field("item"), given.Item, "a code of the catalogue"));
            return null;
        }
        names[no] = item.Name;
        var onDay = item.On(day, level);
        if (onDay is ItemOnDay.Refused refused)
        {
            faults.Add(refused.Fault with { Field = Field("item") });
            return null;
        }
        var terms = ((ItemOnDay.Usable)onDay).Terms;
        return faults.Count == before
            ? terms.Line(no, given.Price!.Value, given.Quantity!.Value, new Money(given.Amount!.Value, currency))
            : null;

        void Need(object? value, string field, string expected)
        {
            if (value is null)
            {
                faults.Add(new Fault(Codes.Missing, Field(field), "", expected));
            }
        }

        string Field(string field) => string.Create(CultureInfo.InvariantCulture, $"lines[{no}].{field}");
    }
}
