using EdgeHub.Rules;
using EdgeHub.Rules.Schemes.PrimaryCareChoice;

namespace EdgeHub.Tests.Unit.PrimaryCareChoice;

public sealed class O09Tests
{
    private static readonly DateOnly Measured = new(2025, 3, 12);
    private static readonly ContinuityTerms Terms = new(18, 5, 3, 4);

    public static TheoryData<ExampleRow> Examples => ExampleTable.Of("O09");

    [Theory, MemberData(nameof(Examples))]
    public void ContinuityOfPatient_Example_IsThePrintedIndex(ExampleRow row) => Assert.Equal(
        row.DecimalOrNone("coc"), PrimaryCareChoiceRules.ContinuityOfPatient(row.Words("visits"), 3).Value?.Rounded(row.Whole("decimals")));

    [Fact]
    public void Continuity_TwoPatients_IsTheMeanOfTheirIndices()
    {
        var unit = Measure([.. Visits("P1", "A A A B"), .. Visits("P2", "A A B")]);
        Assert.Equal(["P1", "P2"], unit.Patients.Select(each => each.Patient));
        Assert.Equal(("5/12", "17/24", "7/12"), (unit.Coc!.ToString(), unit.Upc!.ToString(), unit.Slicc!.ToString()));
        Assert.Equal(0.4167m, unit.Printed);
        Assert.Equal((new DateOnly(2023, 9, 13), new DateOnly(2025, 3, 13)), (unit.First, unit.End));
        Assert.Equal(["A", "A", "A", "B"], unit.Patients[0].Visits.Select(each => each.Provider));
    }

    [Fact]
    public void Continuity_NobodyEligible_HasNoValue()
    {
        var unit = Measure([.. Visits("P1", "A A")]);
        Assert.Empty(unit.Patients);
        Assert.Equal((null, null), (unit.Coc, unit.Printed));
    }

    /// <summary>What must not count: another unit, profession or channel, a day outside the window, a patient who is not listed or not chronic.</summary>
    [Fact]
    public void Continuity_OnlyVisitsThatCount_MakeThePatientEligible()
    {
        List<CareContact> two = [.. Visits("P1", "A A")];
        Assert.Empty(Measure([.. two, two[0] with { Unit = "U2" }]).Patients);
        Assert.Empty(Measure([.. two, two[0] with { Profession = Profession.Nurse }]).Patients);
        Assert.Empty(Measure([.. two, two[0] with { Channel = Channel.Telephone }]).Patients);
        Assert.Empty(Measure([.. two, two[0] with { Day = new DateOnly(2023, 9, 12) }]).Patients);
        Assert.Empty(Measure([.. two, two[0] with { Day = Measured.AddDays(1) }]).Patients);
        Assert.Empty(Measure([.. Visits("P9", "A A A")]).Patients);
        Assert.Empty(Measure([.. Visits("P3", "A A A")]).Patients);
        foreach (var third in new[] { two[0], two[0] with { Channel = Channel.Video }, two[0] with { Channel = Channel.Home }, two[0] with { Day = new DateOnly(2023, 9, 13) }, two[0] with { Day = Measured } })
        {
            Assert.Single(Measure([.. two, third with { Order = 9 }]).Patients);
        }
    }

    [Fact]
    public void Continuity_FactsInAnyOrder_IsTheSame()
    {
        List<CareContact> contacts = [.. Visits("P1", "A B A A"), .. Visits("P2", "C C B")];
        var unit = Measure(contacts);
        contacts.Reverse();
        var again = Measure(contacts);
        Assert.Equal((unit.Coc, unit.Slicc, unit.Mmci), (again.Coc, again.Slicc, again.Mmci));
        Assert.Equal("1/3", unit.Patients[0].Slicc.ToString());
    }

    [Fact]
    public void Continuity_ProfessionNotFollowedOrMinimumTooSmall_IsRefused()
    {
        Assert.Equal("profession", Assert.Throws<FaultException>(() => PrimaryCareChoiceRules.Continuity("U1", Profession.Psychologist, Measured, [], [], [], Terms)).Fault.Field);
        Assert.Equal("minimumVisits", Assert.Throws<FaultException>(() => PrimaryCareChoiceRules.Continuity("U1", Profession.Doctor, Measured, [], [], [], Terms with { MinimumVisits = 1 })).Fault.Field);
    }

    private static UnitContinuity Measure(IReadOnlyList<CareContact> contacts) => PrimaryCareChoiceRules.Continuity(
        "U1", Profession.Doctor, Measured, ["P1", "P2", "P3"],
        [new("P1", "I50.9", new DateOnly(2024, 1, 1)), new("P2", "E11", new DateOnly(2024, 1, 1)), new("P3", "J00", new DateOnly(2024, 1, 1)), new("P9", "I50", new DateOnly(2024, 1, 1))],
        contacts, Terms).Value;

    internal static IEnumerable<CareContact> Visits(string patient, string providers) => providers.Split(' ').Select((provider, i) =>
        new CareContact(patient, "U1", new DateOnly(2024, 6, 1).AddDays(i / 2), i % 2, Profession.Doctor, provider, Channel.Physical, ContactPurpose.Other));
}
