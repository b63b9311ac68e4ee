using EdgeHub.Rules.Calendars;
using static EdgeHub.Rules.Schemes.GpServices.GpServicesArticles;

namespace EdgeHub.Rules.Schemes.GpServices;

/// <summary>The parts of the briefing, one function each. This part: practices, appointments, people.</summary>
public static partial class GpServicesRules
{
    private const int MonthsOfYear = 12;

    /// <summary>The hierarchy counted: partnerships, networks, practices, and orphans that belong to no network. Source: General
    /// practice services; PCNs.</summary>
    /// <exception cref="FaultException">A practice twice, or a network under two partnerships.</exception>
    public static Cited<HierarchyCounts> CountHierarchy(IReadOnlyList<Practice> practices)
    {
        RefuseTwice("practice", practices.Select(each => each.Code));
        var networks = practices.Where(each => each.Network is not null).Select(each => (each.Network, each.Partnership)).Distinct().ToList();
        RefuseTwice("network", networks.Select(each => each.Network!));
        return K01.Gives(
            new HierarchyCounts(
                practices.Select(each => each.Partnership).Distinct(StringComparer.Ordinal).Count(), networks.Count, practices.Count, practices.Count(each => each.Network is null)),
            practices.CountAs("practices"));
    }

    /// <summary>A network's population against what is usual (circa 30,000 to 50,000), both ends included; outside is a warning.
    /// Source: PCNs.</summary>
    public static Cited<NetworkSize> SizeOf(long population, long lowest, long highest) => K01.Gives(
        NotNegative("population", population) < lowest ? NetworkSize.Below : population > highest ? NetworkSize.Above : NetworkSize.Within,
        ("population", population), ("lowest", lowest), ("highest", highest));

    /// <summary>Practices rated good or outstanding of all practices; those not rated yet stay in the whole. Source: CQC rating.</summary>
    public static Cited<CountedShare> GoodOrBetter(IReadOnlyList<(CqcRating Rating, long Practices)> ratings) => K02.Gives(
        new CountedShare(
            ratings.Where(each => each.Rating is CqcRating.Outstanding or CqcRating.Good).Sum(each => NotNegative("practices", each.Practices)),
            ratings.Sum(each => NotNegative("practices", each.Practices))),
        ("ratings", string.Join(", ", ratings.Select(each => $"{each.Rating} {Article.Written(each.Practices)}"))));

    /// <summary>Twelve months of appointments up to a month, against the same months one and two years before. Source: GP
    /// appointments.</summary>
    /// <exception cref="FaultException">A month of the three years has no figure at all, or a mode is given twice in a month.</exception>
    public static Cited<RollingYear> RollingTwelveMonths(IReadOnlyList<MonthlyAppointments> figures, YearMonth last)
    {
        RefuseTwice("appointments", figures.Select(each => $"{each.Month} {each.Mode}"));
        var first = last.AddMonths(1 - MonthsOfYear);
        for (var month = first.AddMonths(-2 * MonthsOfYear); month <= last; month = month.AddMonths(1))
        {
            if (figures.All(each => each.Month != month))
            {
                throw Wrong(Codes.Missing, "appointments", month.ToString(), "figures of each of the 36 months");
            }
        }
        var (now, before, earlier) = (Year(0), Year(1), Year(2));
        var inPerson = now.Where(each => each.Mode is AppointmentMode.FaceToFace or AppointmentMode.HomeVisit).Sum(each => each.Count);
        var total = now.Sum(each => NotNegative("appointments", each.Count));
        return K03.Gives(
            new RollingYear(first, last, total, total - before.Sum(each => each.Count), total - earlier.Sum(each => each.Count), new CountedShare(inPerson, total)),
            ("last month", last), ("total", total));

        List<MonthlyAppointments> Year(int back) =>
            [.. figures.Where(each => each.Month >= first.AddMonths(-back * MonthsOfYear) && each.Month <= last.AddMonths(-back * MonthsOfYear))];
    }

    /// <summary>A count as a public report may show it; null: it is above zero and below the threshold, and is suppressed. Source: our
    /// default, cited with the appointments.</summary>
    public static Cited<long?> Published(long count, long threshold)
    {
        var isSuppressed = NotNegative("count", count) > 0 && count < threshold;
        return K03.Gives<long?>(isSuppressed ? null : count, ("threshold", threshold), ("is suppressed", isSuppressed));
    }

    /// <summary>Hours as full-time equivalents. Source: Workforce; the full week is a parameter.</summary>
    /// <exception cref="FaultException">A negative number of hours, or a full week of none.</exception>
    public static Cited<Fraction> FullTimeEquivalent(decimal hours, decimal fullWeekHours) => hours < 0 || fullWeekHours <= 0
        ? throw Wrong(Codes.BadNumber, "hours", Article.Written(hours), "a number of zero or more")
        : K04.Gives(Fraction.Of(hours) / Fraction.Of(fullWeekHours), ("hours", hours), ("full week", fullWeekHours));

    /// <summary>The workforce whole: the groups must foot to the printed totals of both years. Source: Workforce.</summary>
    /// <exception cref="FaultException">A group twice, or a printed total that the groups do not give.</exception>
    public static Cited<WorkforceTotal> Workforce(IReadOnlyList<WorkforceLine> groups, decimal printedTotal, decimal printedYearBefore)
    {
        RefuseTwice("group", groups.Select(each => each.Group.ToString()));
        var (now, before) = (groups.Sum(each => each.Fte), groups.Sum(each => each.FteYearBefore));
        return now != printedTotal || before != printedYearBefore
            ? throw Wrong(Codes.BadNumber, "printedTotal", $"{Article.Written(printedTotal)}, {Article.Written(printedYearBefore)}", $"{Article.Written(now)} and {Article.Written(before)}, as the groups sum")
            : K04.Gives(new WorkforceTotal(now, before, now - before), groups.CountAs("groups"), ("printed total", printedTotal), ("printed year before", printedYearBefore));
    }

    /// <summary>The training register by kind, in the order of the kinds. Source: Workforce development initiatives.</summary>
    public static Cited<IReadOnlyList<(TrainingKind Kind, long Count)>> CountTraining(IReadOnlyList<TrainingEntry> register) => K06.Gives<IReadOnlyList<(TrainingKind, long)>>(
        [.. register.GroupBy(each => each.Kind).OrderBy(same => same.Key).Select(same => (same.Key, same.Sum(each => NotNegative("count", each.Count))))], register.CountAs("entries"));

    /// <summary>Networks with at least one entry of a kind, of all networks. Source: Workforce development initiatives.</summary>
    public static Cited<CountedShare> NetworksWith(TrainingKind kind, IReadOnlyList<TrainingEntry> register, long networks) => K06.Gives(
        new CountedShare(register.Where(each => each.Kind == kind && each.Count > 0).Select(each => each.Network).Distinct(StringComparer.Ordinal).Count(), NotNegative("networks", networks)),
        ("kind", kind), ("networks", networks));

    /// <summary>Patients with the higher-level verification of eligible ones, or practices that have the app of all. Source: 1.1 NHS
    /// App usage.</summary>
    /// <exception cref="FaultException">A part above its whole, or a negative number.</exception>
    public static Cited<CountedShare> AppShare(long part, long whole) => K07.Gives(Counted("part", part, whole), ("part", part), ("whole", whole));

    private static CountedShare Counted(string field, long part, long whole) => NotNegative(field, part) > NotNegative("whole", whole)
        ? throw Wrong(Codes.BadNumber, field, Article.Written(part), $"0 to {Article.Written(whole)}")
        : new CountedShare(part, whole);

    private static void RefuseTwice(string field, IEnumerable<string> names)
    {
        if (names.GroupBy(name => name, StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1) is { } twice)
        {
            throw Wrong(Codes.Duplicated, field, twice.Key, "each of them once");
        }
    }

    private static Money NotNegative(string field, Money amount) => amount.IsNegative ? throw Wrong(Codes.BadAmount, field, amount.ToString(), "an amount of zero or more") : amount;

    private static long NotNegative(string field, long count) => count < 0 ? throw Wrong(Codes.BadNumber, field, Article.Written(count), "a number of zero or more") : count;

    private static FaultException Wrong(string code, string field, string value, string expected) => new(new Fault(code, field, value, expected));
}
