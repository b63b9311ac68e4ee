using EdgeHub.Rules;
using EdgeHub.Rules.Schemes.CrossRegion;

namespace EdgeHub.Tests.Unit.CrossRegion;

public sealed class C02Tests
{
    public static TheoryData<ExampleRow> Examples => ExampleTable.Of("C02");

    public static TheoryData<ExampleRow> Loads => ExampleTable.Of("C02-missing");

    public static TheoryData<ExampleRow> Steps => ExampleTable.Of("C02-steps");

    [Theory, MemberData(nameof(Examples))]
    public void ReviewAccess_Example_OpensWhereBothPass(ExampleRow row) => Assert.Equal(
        new AccessReview(row.Word<AccessState>("state"), row["kept reasons"]),
        CrossRegionRules.ReviewAccess(row.Yes("insurance centre"), row.Yes("information centre"), row["reasons"]).Value);

    [Theory, MemberData(nameof(Loads))]
    public void MissingMasterData_Example_NamesWhatIsLeft(ExampleRow row) => Assert.Equal(
        row.Words("missing"), CrossRegionRules.MissingMasterData([.. row.Words("loaded").Select(Enum.Parse<MasterData>)]).Value.Select(each => each.ToString()));

    [Theory, MemberData(nameof(Steps))]
    public void AccessGoes_EachState_OnlyAsTheTableSays(ExampleRow row) => StepRows.Hold(row, CrossRegionStates.Access, CrossRegionRules.AccessGoes);

    [Fact]
    public void AccessGoes_EveryState_HasItsRow() => StepRows.CoverEveryState<AccessState>(Steps);

    [Fact]
    public void ReviewAccess_RefusedWithoutReasons_IsRefused() =>
        Assert.Equal((Codes.Missing, "reasons"), Told(Assert.Throws<FaultException>(() => CrossRegionRules.ReviewAccess(true, false, " ")).Fault));

    private static (string, string) Told(Fault fault) => (fault.Code, fault.Field);
}
