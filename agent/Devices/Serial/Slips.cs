using System.Globalization;
using EdgeHub.Rules;

namespace EdgeHub.Agent.Devices.Serial;

/// <summary>A settlement as it is printed for the patient. Amounts are minor units of the currency.</summary>
/// <param name="Person">As it may lie on a counter: the family name with the rest masked.</param>
/// <param name="Lines">Name and amount of each line.</param>
/// <param name="IsReversed">The settlement was taken back.</param>
/// <param name="Check">What a scanner can look the settlement up by; null: no QR code.</param>
public sealed record ReceiptFacts(
    string Institution, string Number, DateOnly Day, string Person, string Currency, IReadOnlyList<(string Name, long Amount)> Lines,
    long Total, long Fund, long Catastrophic, long Assistance, long Account, long Cash, bool IsReversed, string? Check)
{
    /// <summary>Full self-pay, over the price limit and pre-self-pay: what no fund pays of the lines.</summary>
    public long OwnPart { get; init; }

    /// <summary>What the deductible took.</summary>
    public long Deductible { get; init; }
}

/// <summary>A patient's place in the queue. It never names the patient.</summary>
/// <param name="Room">Null: the desk says where.</param>
/// <param name="WaitMinutes">Null: not known.</param>
/// <param name="Booked">Null: not booked.</param>
public sealed record QueueFacts(string Institution, string Number, string? Room, int? WaitMinutes, TimeOnly? Booked, DateOnly Day);

/// <summary>The slips of a clinic in the patient's language.</summary>
public static class Slips
{
    private static readonly Dictionary<string, CsvRow> Words = CsvText
        .Embedded(typeof(Slips).Assembly, "Devices/Serial/SlipWords.csv", ["word", .. Languages.All]).Rows
        .ToDictionary(row => row.Needed("word"), StringComparer.Ordinal);

    /// <summary>A settlement's receipt: who, when, each line, each share that is not nothing, and what to pay as the largest thing on it.</summary>
    public static Slip Receipt(ReceiptFacts facts, string language)
    {
        string Say(string word) => In(language, word);
        var parts = new List<SlipPart>
        {
            new SlipPart.Line(facts.Institution, SlipAlign.Center, IsBold: true),
            new SlipPart.Line(Say("receipt"), SlipAlign.Center, IsBold: true, Size: 2),
        };
        if (facts.IsReversed)
        {
            parts.Add(new SlipPart.Line(Say("reversed"), SlipAlign.Center, IsBold: true, Size: 2));
        }
        parts.AddRange([
            new SlipPart.Pair(Say("number"), facts.Number), new SlipPart.Pair(Say("day"), Written(facts.Day)), new SlipPart.Pair(Say("person"), facts.Person), new SlipPart.Rule()]);
        parts.AddRange(facts.Lines.Select(line => new SlipPart.Pair(line.Name, Amount(line.Amount))));
        parts.AddRange([new SlipPart.Rule(), new SlipPart.Pair(Say("total"), Amount(facts.Total), IsBold: true)]);
        foreach (var (word, amount) in ((string, long)[])[("own", facts.OwnPart), ("deductible", facts.Deductible), ("fund", facts.Fund), ("catastrophic", facts.Catastrophic), ("assistance", facts.Assistance), ("account", facts.Account)])
        {
            if (amount != 0)
            {
                parts.Add(new SlipPart.Pair(Say(word), Amount(amount)));
            }
        }
        parts.AddRange([
            new SlipPart.Rule(), new SlipPart.Line(Say("cash"), SlipAlign.Center), new SlipPart.Line($"{Amount(facts.Cash)} {facts.Currency}", SlipAlign.Center, IsBold: true, Size: 2)]);
        if (facts.Check is { } check)
        {
            parts.AddRange([new SlipPart.Feed(), new SlipPart.Qr(check)]);
        }
        parts.Add(new SlipPart.Line(Say("keep"), SlipAlign.Center));
        return new Slip(parts);
    }

    /// <summary>A queue slip: the number as large as paper allows, the room, how long.</summary>
    public static Slip Queue(QueueFacts facts, string language)
    {
        string Say(string word) => In(language, word);
        var parts = new List<SlipPart>
        {
            new SlipPart.Line(facts.Institution, SlipAlign.Center, IsBold: true), new SlipPart.Line(Say("queue"), SlipAlign.Center),
            new SlipPart.Line(facts.Number, SlipAlign.Center, IsBold: true, Size: 4), new SlipPart.Feed(),
        };
        if (facts.Booked is { } booked)
        {
            parts.Add(new SlipPart.Pair(Say("booked"), booked.ToString("HH:mm", CultureInfo.InvariantCulture)));
        }
        if (facts.Room is { } room)
        {
            parts.Add(new SlipPart.Pair(Say("room"), room, IsBold: true));
        }
        if (facts.WaitMinutes is { } wait)
        {
            parts.Add(new SlipPart.Pair(Say("wait"), wait.ToString(CultureInfo.InvariantCulture)));
        }
        parts.AddRange([
            new SlipPart.Pair(Say("day"), Written(facts.Day)), new SlipPart.Rule(), new SlipPart.Line(Say(facts.Room is null ? "desk" : "call"), SlipAlign.Center)]);
        return new Slip(parts);
    }

    private static string In(string language, string word) => Words[word].Needed(Languages.All.Contains(language, StringComparer.Ordinal) ? language : Languages.Default);

    private static string Amount(long minorUnits) => (minorUnits / 100m).ToString("#,##0.00", CultureInfo.InvariantCulture);

    private static string Written(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
