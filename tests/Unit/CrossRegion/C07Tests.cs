using EdgeHub.Rules.Schemes.CrossRegion;

namespace EdgeHub.Tests.Unit.CrossRegion;

public sealed class C07Tests
{
    public static TheoryData<ExampleRow> Examples => ExampleTable.Of("C07");

    [Theory, MemberData(nameof(Examples))]
    public void RegistrationOn_Example_HoldsForItsAreaAndDays(ExampleRow row)
    {
        var registration = new CrossRegionRegistration(
            "R1", RegistrationKind.PostedWorker, row["area"], row.Day("first"), row.DayOrNone("last"), row.Word<RegistrationState>("state"));
        var found = CrossRegionRules.RegistrationOn([registration], row["treatment area"], row.Day("day"));
        Assert.Equal(row.Yes("registered") ? registration : null, found.Value);
        Assert.Equal(CrossRegionArticles.C07, found.Article);
    }

    [Fact]
    public void RegistrationOn_Several_IsTheOneThatBeganLast()
    {
        CrossRegionRegistration[] registrations = [Of("R1", 1), Of("R3", 3), Of("R2", 2)];
        Assert.Equal("R3", CrossRegionRules.RegistrationOn(registrations, "310115", new DateOnly(2025, 3, 12)).Value?.Number);
        Assert.Equal("R2", CrossRegionRules.RegistrationOn(registrations, "310115", new DateOnly(2025, 2, 12)).Value?.Number);

        // Two of one day: the lower number.
        Assert.Equal("R4", CrossRegionRules.RegistrationOn([Of("R5", 3), Of("R4", 3)], "310115", new DateOnly(2025, 3, 12)).Value?.Number);

        static CrossRegionRegistration Of(string number, int month) =>
            new(number, RegistrationKind.ReferredPatient, "31", new DateOnly(2025, month, 1), null, RegistrationState.Active);
    }
}
