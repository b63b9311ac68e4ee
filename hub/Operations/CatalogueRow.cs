namespace EdgeHub.Hub.Operations;

/// <summary>One row of the catalogue's CSV as it is written and loaded. Prices and limits are major units as text, limits by
/// institution level 0 to 3, blank: none. Days yyyy-MM-dd, both included, a blank last day is open.</summary>
public sealed record CatalogueRow(
    string Code, string Name, string Pinyin, string Class, string Category, string Unit, string Price,
    string Limit0, string Limit1, string Limit2, string Limit3, string PreSelfPay, string First, string Last, string Remark)
{
    public static readonly IReadOnlyList<string> Columns =
        ["code", "name", "pinyin", "class", "category", "unit", "price", "limit0", "limit1", "limit2", "limit3", "pre_self_pay", "first", "last", "remark"];

    public IReadOnlyList<string> Cells =>
        [Code, Name, Pinyin, Class, Category, Unit, Price, Limit0, Limit1, Limit2, Limit3, PreSelfPay, First, Last, Remark];
}
