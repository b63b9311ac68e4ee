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

    /// <summary>The row of the book for a visit of a person.</summary>
    public static RowChoice Of(PolicyBook book, VisitFacts visit, PersonFacts person)
    {
        if (person.BirthDate > visit.ServiceDay)
        {
            return new Refused(Codes.BadDate, B01, new Fault(
                Codes.BadDate, "birthDate", Article.Written(person.BirthDate), $"not after the service day {Article.Written(visit.ServiceDay)}"));
        }
        var matching = book.Effective.Contains(visit.ServiceDay)
            ? book.Rows.Where(row => Matches(row.Key, visit, person)).ToList()
            : [];
        return matching.Count switch
        {
            1 => new Chosen(matching[0]),
            0 => new Refused(Codes.NoPolicy, B01, new Fault(
                Codes.NoPolicy, "policy", Case(visit, person), $"one row of {book.Reference.Id}/{book.Reference.Version} ({book.Effective})")),
            _ => new Refused(Codes.PolicyConflict, B01, new Fault(
                Codes.PolicyConflict, "policy", Case(visit, person),
                $"one row of {book.Reference.Id}/{book.Reference.Version}; rows {string.Join(", ", matching.Select(r => r.Id))} match")),
        };
    }

    /// <summary>Whether a row's key holds for a case; a blank of the key holds for any value.</summary>
    public static bool Matches(PolicyKey key, VisitFacts visit, PersonFacts person)
    {
        var age = person.AgeOn(visit.ServiceDay);
        return key.PoolingArea == visit.PoolingArea
            && (key.InsuranceType is null || key.InsuranceType == person.InsuranceType)
            && (key.VisitType is null || key.VisitType == visit.VisitType)
            && (key.OutOfArea is null || key.OutOfArea == visit.OutOfArea)
            && (key.InstitutionLevel is null || key.InstitutionLevel == visit.InstitutionLevel)
            && (key.InstitutionType is null || key.InstitutionType == visit.InstitutionType)
            && (key.PersonType is null || key.PersonType == person.PersonType)
            && (key.AgeFrom is null || age >= key.AgeFrom)
            && (key.AgeTo is null || age < key.AgeTo)
            && (key.Disease is null || key.Disease == visit.Disease)
            && key.Effective.Contains(visit.ServiceDay);
    }

    /// <summary>The case in the order of a book's key columns: codes only, so that it reads the same in every language.</summary>
    private static string Case(VisitFacts visit, PersonFacts person) => string.Create(
        CultureInfo.InvariantCulture,
        $"{visit.PoolingArea}/{person.InsuranceType}/{visit.VisitType}/{(visit.OutOfArea ? "yes" : "no")}/{visit.InstitutionLevel}/{visit.InstitutionType}/{person.PersonType}/{person.AgeOn(visit.ServiceDay)}/{visit.Disease ?? "-"}/{visit.ServiceDay:yyyy-MM-dd}");
}
