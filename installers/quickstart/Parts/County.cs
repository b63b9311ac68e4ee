using System.Globalization;
using System.Text.Json.Nodes;

namespace EdgeHub.Quickstart.Parts;

/// <summary>A clinic of the institutions' file.</summary>
public sealed record Place(string Code, string Name, int Level, IReadOnlySet<string> Villages);

/// <summary>A synthetic insured person, as the members' file writes it.</summary>
public sealed record Person(string Number, string IdNumber, string CardNumber, string Village)
{
    public string Name { get; init; } = "";
}

/// <summary>One fee line: item, price in yuan, quantity; the amount in fen is price x quantity, rounded half away from zero.</summary>
public sealed record FeeLine(string Item, decimal Price, int Quantity)
{
    public long AmountFen => (long)decimal.Round(Price * Quantity * 100m, 0, MidpointRounding.AwayFromZero);
}

/// <summary>What a visit cost.</summary>
public sealed record Bill(IReadOnlyList<FeeLine> Lines)
{
    public JsonObject ToJson() => new()
    {
        ["ordinal"] = 1,
        ["diagnoses"] = new JsonArray("J06.900"),
        ["useAccount"] = true,
        ["lines"] = new JsonArray([.. Lines.Select(line => (JsonNode)new JsonObject
        {
            ["item"] = line.Item,
            ["price"] = line.Price,
            ["quantity"] = line.Quantity,
            ["amount"] = line.AmountFen,
        })]),
    };
}

/// <summary>The county's people and places, read from the same files that the hub loads.</summary>
public static class County
{
    public static IReadOnlyList<Place> Places(string file) =>
        [.. Table.Read(file).Select(row => new Place(
            row["code"], row["name"], int.Parse(row["level"], CultureInfo.InvariantCulture), row["villages"].Split(';').ToHashSet(StringComparer.Ordinal)))];

    /// <summary>Insured residents (390) of these villages whose benefit is not stopped, the first so many of each village.</summary>
    public static IReadOnlyList<Person> People(string file, IReadOnlySet<string> villages, int perVillage)
    {
        var taken = new Dictionary<string, int>(StringComparer.Ordinal);
        var people = new List<Person>();
        foreach (var row in Table.Read(file))
        {
            var village = row["village"];
            if (villages.Contains(village) && row["insurance_type"] == "390" && row["status"] == "1" && taken.GetValueOrDefault(village) < perVillage)
            {
                taken[village] = taken.GetValueOrDefault(village) + 1;
                people.Add(new Person(row["person"], row["id_number"], row["card_number"], village) { Name = row["name"] });
            }
        }
        return people;
    }
}
