using EdgeHub.Rules.Calendars;
using static EdgeHub.Rules.Netting.NettingArticles;

namespace EdgeHub.Rules.Netting;

/// <summary>Clearing between parties as a person can try it: a cycle's pairs, and what becomes of a record that was wrong or late.</summary>
public static class NettingDescriptors
{
    private const int MostVersions = 10_000;

    public static readonly IReadOnlyList<RuleDescriptor> All =
    [
        new(
            "netting.cycle", new("各方轧差", "Nettning mellan parter", "Netting of pairs"), [N1],
            [
                RuleInput.Day("cycle", "2025-03-01"),
                RuleInput.List("records",
                    [RuleInput.Text("key", "R1"), RuleInput.Count("version", "version", "1", MostVersions) with { Lowest = 1 }, RuleInput.Text("payer", "53"), RuleInput.Text("payee", "31"), Signed("amount", "182400.00"), RuleInput.Day("recordCycle", "2025-03-01")],
                    ["R1", "1", "53", "31", "182400.00", "2025-03-01"], ["R2", "1", "53", "31", "64250.50", "2025-03-01"], ["R3", "1", "53", "31", "-2000.00", "2025-03-01"],
                    ["R3", "2", "53", "31", "-3200.00", "2025-03-01"], ["R4", "1", "31", "53", "43450.50", "2025-03-01"], ["R5", "1", "53", "31", "500.00", "2025-04-01"]),
            ],
            Sheet),
        new(
            "netting.corrected-record", new("更正记录的归期", "Rättad post", "Corrected record"), [N2],
            [
                Signed("amount", "-2000.00"), Signed("right", "-1500.00"), RuleInput.Day("cycle", "2025-03-01"), RuleInput.Day("uploaded", "2025-04-22"),
                RuleInput.Count("uploadDay", "day of the month", "21", 31) with { Lowest = 1 }, RuleInput.Day("clearedThrough", "2025-03-01").Optional(),
            ],
            Corrected),
    ];

    private static RuleInput Signed(string name, string example) => RuleInput.Money(name, example) with { Lowest = -100_000_000_000m };

    private static RuleResult Sheet(RuleInputs i)
    {
        var records = i.List("records").Select(row => new NettingRecord(
            row.Text("key"), row.Whole("version"), row.Text("payer"), row.Text("payee"), row.Money("amount"), YearMonth.Of(row.Day("recordCycle")))).ToList();
        var sheet = N1.Gives(NettingTable.Sheet(YearMonth.Of(i.Day("cycle")), Currency.Cny, records), ("cycle", YearMonth.Of(i.Day("cycle"))), records.CountAs("records"));
        return RuleResult.Of("sheet", sheet,
            new RuleValue("pairs", sheet.Value.Pairs.Select(each => new RuleRow([new("payer", each.Payer), new("payee", each.Payee), new("amount", each.Amount), new("records", each.Records)])).ToList()),
            new RuleValue("nets", sheet.Value.Nets.Select(each => new RuleRow([new("payer", each.Payer), new("payee", each.Payee), new("amount", each.Amount)])).ToList()),
            new RuleValue("parties", sheet.Value.Parties.Select(each => new RuleRow([new("party", each.Party), new("payable", each.Payable), new("receivable", each.Receivable), new("net", each.Net)])).ToList()),
            new RuleValue("total", sheet.Value.Total));
    }

    private static RuleResult Corrected(RuleInputs i)
    {
        YearMonth? cleared = i.DayOrNone("clearedThrough") is { } day ? YearMonth.Of(day) : null;
        var original = new NettingRecord("original", 1, "payer", "payee", i.Money("amount"), YearMonth.Of(i.Day("cycle")));
        var record = N2.Gives(
            NettingTable.Corrected(original, i.Money("right"), "correction", i.Day("uploaded"), i.Whole("uploadDay"), cleared),
            ("amount", original.Amount), ("right", i.Money("right")), ("cycle", original.Cycle), ("uploaded", i.Day("uploaded")), ("upload by day", i.Whole("uploadDay")), ("cleared through", cleared));
        return RuleResult.Of("record", record,
            new RuleValue("isNewRecord", record.Value.Key != original.Key), new RuleValue("version", record.Value.Version), new RuleValue("amount", record.Value.Amount), new RuleValue("cycle", record.Value.Cycle.ToString()));
    }
}
