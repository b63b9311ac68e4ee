using static EdgeHub.Rules.Benefit.BenefitArticles;

namespace EdgeHub.Rules.Benefit;

/// <summary>Levels of institutions that price limits are given for: 0 village clinic, 1 township, 2, 3.</summary>
public static class CatalogueLevels
{
    public const int Highest = 3;
    public const int Count = Highest + 1;
}

/// <summary>An item of the catalogue: drug, service, material.</summary>
/// <param name="Pinyin">Initials of the name, for search.</param>
/// <param name="Price">Major units per unit, as a proposal for a bill; null: none.</param>
/// <param name="PriceLimits">Major units per unit by level of institution 0 to 3; null: no limit there.</param>
/// <param name="PreSelfPay">Share of class B; 0 for A, 1 for C.</param>
/// <param name="Remark">Restrictions in words, as the catalogue prints them.</param>
public sealed record CatalogueItem(
    string Code, string Name, string Pinyin, CatalogueClass Class, ExpenseCategory Category, string Unit, decimal? Price,
    IReadOnlyList<decimal?> PriceLimits, Rate PreSelfPay, DateRange Valid, string Remark)
{
    /// <summary>What a fee line takes from the item on a service day at a level of institution. Source: B10, B11.</summary>
    /// <exception cref="ArgumentOutOfRangeException">No level from 0 to 3.</exception>
    public ItemOnDay On(DateOnly serviceDay, int level)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(level);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(level, CatalogueLevels.Highest);
        return Valid.Contains(serviceDay)
            ? new ItemOnDay.Usable(new ItemTerms(Code, Category, Class, PriceLimits[level], PreSelfPay))
            : new ItemOnDay.Refused(Codes.ItemNotValid, B10, new Fault(Codes.ItemNotValid, "item", Code, $"a service day in {Valid}, not {Article.Written(serviceDay)}"));
    }
}

/// <summary>Whether an item may stand on a bill of a day.</summary>
public abstract record ItemOnDay
{
    private ItemOnDay() { }

    public sealed record Usable(ItemTerms Terms) : ItemOnDay;

    public sealed record Refused(string Code, Article Article, Fault Fault) : ItemOnDay;
}

/// <summary>What a fee line takes from the catalogue.</summary>
/// <param name="PriceLimit">Major units per unit at this level; null: none.</param>
public sealed record ItemTerms(string Code, ExpenseCategory Category, CatalogueClass Class, decimal? PriceLimit, Rate PreSelfPay)
{
    /// <summary>A fee line of this item.</summary>
    /// <param name="price">Major units.</param>
    public BillLine Line(int no, decimal price, decimal quantity, Money amount) =>
        new(no, Code, Category, Class, price, quantity, amount, PriceLimit, PreSelfPay);
}
