using EdgeHub.Agent.Store;
using EdgeHub.Rules;
using EdgeHub.Rules.Benefit;

namespace EdgeHub.Agent.Desk;

/// <summary>A diagnosis found.</summary>
/// <param name="Title">In Chinese, as the national list prints it.</param>
/// <param name="Category">English title of its category where open data has one; blank: none.</param>
/// <param name="IsFavourite">This site's desks chose it before.</param>
public sealed record FoundDiagnosis(string Code, string Title, string Category, bool IsFavourite);

/// <summary>An item of the catalogue found.</summary>
/// <param name="Price">Major units; null: the catalogue proposes none.</param>
public sealed record FoundItem(string Code, string Name, string Unit, decimal? Price, CatalogueClass Class, bool IsFavourite);

/// <summary>What a desk finds while it types: what this site chooses most comes first. Bounded, and no table of it lies in memory.</summary>
public sealed class DeskSearch(AgentStore store, ListStore lists)
{
    public const int MostRows = 12;
    private const int Favourites = 6;
    private const int Characters = 40;

    private static readonly Lazy<IReadOnlyDictionary<string, string>> Categories = new(() =>
        CsvText.Embedded(typeof(DeskSearch).Assembly, "Desk/Lists/categories-en.csv", "category", "title").Rows
            .ToDictionary(row => row["category"], row => row["title"], StringComparer.Ordinal));

    /// <summary>By code, Chinese title or pinyin initials; blank: what this site chooses most.</summary>
    public async Task<IReadOnlyList<FoundDiagnosis>> Diagnoses(string? typed)
    {
        var text = Cut(typed);
        var chosen = await store.Do(session => ChosenStore.Search(session, ChosenStore.Diagnosis, text, text.Length == 0 ? MostRows : Favourites));
        return [.. chosen.Select(each => Found(each.Code, each.Title, true))
            .Concat(lists.Search(text, MostRows).Where(each => chosen.All(known => known.Code != each.Code)).Select(each => Found(each.Code, each.Title, false)))
            .Take(MostRows)];
    }

    /// <summary>By code, name or pinyin initials, of what may stand on today's bill; blank: what this site chooses most.</summary>
    public Task<IReadOnlyList<FoundItem>> Items(string? typed)
    {
        var text = Cut(typed);
        return store.Do<IReadOnlyList<FoundItem>>(session =>
        {
            var today = store.Clock.Today;
            var chosen = ChosenStore.Search(session, ChosenStore.Item, text, text.Length == 0 ? MostRows : Favourites)
                .Select(each => store.Catalogue.Find(session, each.Code)).OfType<CatalogueItem>().ToList();
            var found = text.Length == 0 ? [] : CatalogueStore.Search(session, text, MostRows * 2);
            return [.. chosen.Select(item => (Item: item, IsFavourite: true)).Concat(found.Where(item => chosen.All(known => known.Code != item.Code)).Select(item => (Item: item, IsFavourite: false)))
                .Where(each => each.Item.Valid.Contains(today)).Take(MostRows)
                .Select(each => new FoundItem(each.Item.Code, each.Item.Name, each.Item.Unit, each.Item.Price, each.Item.Class, each.IsFavourite))];
        });
    }

    private static FoundDiagnosis Found(string code, string title, bool isFavourite) =>
        new(code, title, Categories.Value.GetValueOrDefault(code[..Math.Min(3, code.Length)], ""), isFavourite);

    private static string Cut(string? typed) => typed?.Trim() is { Length: > 0 } text ? text[..Math.Min(text.Length, Characters)] : "";
}
