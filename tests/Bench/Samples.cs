using System.Globalization;
using System.Text;
using EdgeHub.Agent.Settlement;

namespace EdgeHub.Tests.Bench;

/// <summary>Made-up persons, items and a policy book for the bench.</summary>
internal static class Samples
{
    /// <summary>The quickstart's sample book.</summary>
    public static string Policy { get; } = Read("policy-2025-sample.json");

    public static string Code(int item) => string.Create(CultureInfo.InvariantCulture, $"BENCH-{item:000}");

    /// <summary>A fee line with an item, price and quantity of its own: settlements are as unlike each other as real ones.</summary>
    public static LineGiven Line(int settlement, int line, int items)
    {
        var random = new Random((settlement * 7) + line);
        var (fen, quantity) = (random.Next(20, 4_000), random.Next(1, 10));
        return new LineGiven(Code(random.Next(items)), fen / 100m, quantity, (long)fen * quantity);
    }

    public static IReadOnlyList<string> Diagnoses(int settlement)
    {
        var random = new Random(settlement);
        return [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => string.Create(CultureInfo.InvariantCulture, $"{(char)('A' + random.Next(20))}{random.Next(10, 99)}.{random.Next(10):0}00"))];
    }

    public static object?[] Item(int item) =>
        [Code(item), 0, $"药品{item}", $"yp{item}", item % 2 == 0 ? "A" : "B", "1", "盒", "", "", "", "", "", item % 2 == 0 ? "0" : "0.1", "2025-01-01", "", ""];

    public static object?[] Member(int person)
    {
        var number = person.ToString("000000", CultureInfo.InvariantCulture);
        return ["P" + number, 0, "530924195102281" + number[3..], "C" + number, "张三" + number, "1", "1951-02-28", "530924100201", "390", "10", "530924", "2025-01-01", "", "normal", 40_000L, ""];
    }

    private static string Read(string name)
    {
        using var stream = typeof(Samples).Assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException(name + " is not embedded");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
