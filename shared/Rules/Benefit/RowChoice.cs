using System.Globalization;
using static EdgeHub.Rules.Benefit.BenefitArticles;

namespace EdgeHub.Rules.Benefit;

/// <summary>Which row of a book holds for a case: exactly one, never silently none or two. Source: B1.</summary>
public abstract record RowChoice
{
    private RowChoice() { }

    public sealed record Chosen(PolicyRow Row) : RowChoice;

    /// <param name="Code">NoPolicy or PolicyConflict.</param>
    /// <param name="Fault">The case, and the rows that match it.</param>
    public sealed record Refused(string Code, Article Article, Fault Fault) : RowChoice;

    /// <summary>The row of the book for a visit of a person, by the service day: of an inpatient the day of discharge.</summary>
    public static RowChoice Of(PolicyBook book, VisitFacts visit, PersonFacts person)
    {
        if (person.BirthDate > visit.ServiceDay)
        {
            return new Refused(Codes.BadDate, B01, new Fault(
                Codes.BadDate, "birthDate", Article.Written(person.BirthDate), $"not after the service day {Article.Written(visit.ServiceDay)}"));
        }
        if (visit.Admitted > visit.ServiceDay)
        {
            return new Refused(Codes.BadDate, B01, new Fault(
                Codes.BadDate, "admitted", Article.Written(visit.Admitted), $"not after the service day {Article.Written(visit.ServiceDay)}"));
        }
        var age = person.AgeOn(visit.ServiceDay);
        PolicyRow? chosen = null;
        for (var i = 0; i < book.Rows.Count && book.Effective.Contains(visit.ServiceDay); i++)
        {
            if (!Matches(book.Rows[i].Key, visit, person, age))
            {
                continue;
            }
            if (chosen is not null)
            {
                return Several(book, visit, person, age);
            }
            chosen = book.Rows[i];
        }
        return chosen is not null
            ? new Chosen(chosen)
            : new Refused(Codes.NoPolicy, B01, new Fault(
                Codes.NoPolicy, "policy", Case(visit, person), $"one row of {book.Reference.Id}/{book.Reference.Version} ({book.Effective})"));
    }

    /// <summary>Whether a row's key holds for a case; a blank of the key holds for any value.</summary>
    public static bool Matches(PolicyKey key, VisitFacts visit, PersonFacts person) => Matches(key, visit, person, person.AgeOn(visit.ServiceDay));

    /// <param name="age">The person's on the service day.</param>
    private static bool Matches(PolicyKey key, VisitFacts visit, PersonFacts person, int age) =>
        (key.VisitType is null || key.VisitType == visit.VisitType)
        && (key.InstitutionLevel is null || key.InstitutionLevel == visit.InstitutionLevel)
        && (key.OutOfArea is null || key.OutOfArea == visit.OutOfArea)
        && (key.Disease is null || key.Disease == visit.Disease)
        && (key.AgeFrom is null || age >= key.AgeFrom)
        && (key.AgeTo is null || age < key.AgeTo)
        && key.PoolingArea == visit.PoolingArea
        && (key.InsuranceType is null || key.InsuranceType == person.InsuranceType)
        && (key.InstitutionType is null || key.InstitutionType == visit.InstitutionType)
        && (key.PersonType is null || key.PersonType == person.PersonType)
        && key.Effective.Contains(visit.ServiceDay);

    private static Refused Several(PolicyBook book, VisitFacts visit, PersonFacts person, int age) => new(Codes.PolicyConflict, B01, new Fault(
        Codes.PolicyConflict, "policy", Case(visit, person),
        $"one row of {book.Reference.Id}/{book.Reference.Version}; rows {string.Join(", ", book.Rows.Where(row => Matches(row.Key, visit, person, age)).Select(r => r.Id))} match"));

    /// <summary>The case in the order of a book's key columns: codes only, so that it reads the same in every language.</summary>
    private static string Case(VisitFacts visit, PersonFacts person) => string.Create(
        CultureInfo.InvariantCulture,
        $"{visit.PoolingArea}/{person.InsuranceType}/{visit.VisitType}/{(visit.OutOfArea ? "yes" : "no")}/{visit.InstitutionLevel}/{visit.InstitutionType}/{person.PersonType}/{person.AgeOn(visit.ServiceDay)}/{visit.Disease ?? "-"}/{visit.ServiceDay:yyyy-MM-dd}");
}
