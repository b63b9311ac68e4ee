using static EdgeHub.Rules.Schemes.PrimaryCareChoice.PrimaryCareChoiceArticles;
using static EdgeHub.Rules.Schemes.PrimaryCareChoice.PrimaryCareChoiceDescriptors;
using static EdgeHub.Rules.Schemes.PrimaryCareChoice.PrimaryCareChoiceRules;

namespace EdgeHub.Rules.Schemes.PrimaryCareChoice;

/// <summary>Rules of the care choice over a unit's lists of facts, as a person can try them.</summary>
internal static class PrimaryCareChoiceUnitDescriptors
{
    public static readonly IReadOnlyList<RuleDescriptor> All =
    [
        Rule("listing", new("签约机构", "Listning", "Listing"), O01,
            [
                RuleInput.Text("person", "P1"), RuleInput.Day("listedDay", "2025-03-12"),
                RuleInput.List("listings", [RuleInput.Text("person", "P1"), RuleInput.Text("unit", "Varberga VC"), RuleInput.Day("first", "2024-01-01"), RuleInput.Day("end", "").Optional()],
                    ["P1", "Varberga VC", "2024-01-01", "2025-03-12"], ["P1", "Lindesbergs VC", "2025-03-12", ""]),
            ],
            i =>
            {
                var unit = ListedAt([.. i.List("listings").Select(row => new Listing(row.Text("person"), row.Text("unit"), row.Day("first"), row.DayOrNone("end")))], i.Text("person"), i.Day("listedDay"));
                return RuleResult.Of("listing", unit, new RuleValue("isListed", unit.Value is not null), new RuleValue("unit", unit.Value));
            }),
        Rule("project-grant-expiry", new("项目补助到期", "Projektbidragets slut", "Expiry of a project grant"), O04,
            [RuleInput.Word("state", GrantState.Active), RuleInput.Day("lastDay", "2025-06-30"), RuleInput.Day("askedDay", "2025-07-01")],
            i => RuleResult.Of("expires", GrantExpires(i.Word<GrantState>("state"), i.Day("lastDay"), i.Day("askedDay")))),
        Rule("project-grant-measures", new("尚未完成的约定措施", "Åtgärder som saknas", "Measures not done"), O04,
            [RuleInput.List("agreed", [RuleInput.Text("measure", "video")], ["video"], ["chatt"]), RuleInput.List("done", [RuleInput.Text("measure", "video")], ["video"])],
            i =>
            {
                var missing = MeasuresMissing([.. i.List("agreed").Select(row => row.Text("measure"))], [.. i.List("done").Select(row => row.Text("measure"))]);
                return RuleResult.Of("missing", missing, new RuleValue("missing", string.Join(", ", missing.Value)));
            }),
        Rule("contact-counts", new("按渠道和职业统计接触", "Kontakter per kanal", "Contacts by channel"), O06,
            [
                RuleInput.List("contacts", [RuleInput.Word("channel", Channel.Chat), RuleInput.Word("profession", Profession.Nurse)],
                    [nameof(Channel.Chat), nameof(Profession.Nurse)], [nameof(Channel.Video), nameof(Profession.Doctor)], [nameof(Channel.Chat), nameof(Profession.Nurse)]),
            ],
            i =>
            {
                var counts = CountContacts([.. i.List("contacts").Select(row => new CareContact(
                    "", "", DateOnly.MinValue, 0, row.Word<Profession>("profession"), "", row.Word<Channel>("channel"), ContactPurpose.Other))]);
                return RuleResult.Of("counts", counts, new RuleValue("counts", counts.Value.Select(each => new RuleRow(
                    [new("channel", each.Channel), new("profession", each.Profession), new("count", each.Count)])).ToList()));
            }),
        Rule("unit-continuity", new("机构连续性指数", "Enhetens kontinuitetsindex", "A unit's continuity index"), O09,
            [
                RuleInput.Day("measured", "2025-03-12"), RuleInput.Word("profession", Profession.Doctor),
                RuleInput.List("patients", [RuleInput.Text("patient", "P1"), RuleInput.Text("diagnosis", "I50.9"), RuleInput.Day("diagnosed", "2024-01-01")], ["P1", "I50.9", "2024-01-01"], ["P2", "E11", "2024-01-01"]),
                RuleInput.List("visits", [RuleInput.Text("patient", "P1"), RuleInput.Day("visitDay", "2024-06-01"), RuleInput.Text("provider", "A")],
                    ["P1", "2024-06-01", "A"], ["P1", "2024-07-01", "A"], ["P1", "2024-08-01", "A"], ["P1", "2024-09-01", "B"], ["P2", "2024-06-01", "A"], ["P2", "2024-06-02", "A"], ["P2", "2024-06-03", "B"]),
                RuleInput.Count("visitMonths", "months", "18", 120).Or("continuity.visitMonths"), RuleInput.Count("diagnosisYears", "years", "5", 50).Or("continuity.diagnosisYears"),
                RuleInput.Count("minimumVisits", "visits", "3", 1_000).Or("continuity.minimumVisits") with { Lowest = 2 }, RuleInput.Count("decimals", "decimals", "4", 20).Or("continuity.decimals"),
            ],
            Unit),
    ];

    private static RuleResult Unit(RuleInputs i)
    {
        const string Unit = "unit";
        var (patients, profession, decimals) = (i.List("patients"), i.Word<Profession>("profession"), i.Whole("decimals"));
        var contacts = i.List("visits").Select((row, order) => new CareContact(
            row.Text("patient"), Unit, row.Day("visitDay"), order, profession, row.Text("provider"), Channel.Physical, ContactPurpose.Other)).ToList();
        var continuity = Continuity(
            Unit, profession, i.Day("measured"), [.. patients.Select(row => row.Text("patient")).Distinct(StringComparer.Ordinal)],
            [.. patients.Select(row => new DiagnosisFact(row.Text("patient"), row.Text("diagnosis"), row.Day("diagnosed")))], contacts,
            new ContinuityTerms(i.Whole("visitMonths"), i.Whole("diagnosisYears"), i.Whole("minimumVisits"), decimals));
        return RuleResult.Of("continuity", continuity,
            new RuleValue("coc", continuity.Value.Printed), new RuleValue("upc", continuity.Value.Upc?.Rounded(decimals)), new RuleValue("slicc", continuity.Value.Slicc?.Rounded(decimals)),
            new RuleValue("mmci", continuity.Value.Mmci?.Rounded(decimals)), new RuleValue("windowFirst", continuity.Value.First),
            new RuleValue("patients", continuity.Value.Patients.Select(each => new RuleRow([new("patient", each.Patient), new("visits", each.Visits.Count), new("coc", each.Coc.Rounded(decimals))])).ToList()));
    }
}
