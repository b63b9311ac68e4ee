using EdgeHub.Rules;
using EdgeHub.Rules.Schemes.CrossRegion;

namespace EdgeHub.Tests.Unit.CrossRegion;

public sealed class C01Tests
{
    public static TheoryData<ExampleRow> Examples => ExampleTable.Of("C01");

    public static TheoryData<ExampleRow> Changes => ExampleTable.Of("C01-needed");

    public static TheoryData<ExampleRow> Steps => ExampleTable.Of("C01-steps");

    [Theory, MemberData(nameof(Examples))]
    public void ConcludeJointTest_Example_PassesOnlyWhole(ExampleRow row)
    {
        var conclusion = CrossRegionRules.ConcludeJointTest([
            Part(TestKind.PerformanceAndReliability, row["performance"]), Part(TestKind.Card, row["card"]), Part(TestKind.TransactionAndFunction, row["transaction"])]).Value;
        Assert.Equal((row.Word<JointTestState>("state"), row["reasons"]), (conclusion.State, string.Join("; ", conclusion.Reasons)));
    }

    [Theory, MemberData(nameof(Changes))]
    public void NeedsJointTest_Example_IsWhatTheDocumentNames(ExampleRow row) =>
        Assert.Equal(row.Yes("needed"), CrossRegionRules.NeedsJointTest(row.Word<SystemChange>("change")).Value);

    [Theory, MemberData(nameof(Steps))]
    public void JointTestGoes_EachState_OnlyAsTheTableSays(ExampleRow row) => StepRows.Hold(row, CrossRegionStates.JointTest, CrossRegionRules.JointTestGoes);

    [Fact]
    public void JointTestGoes_EveryState_HasItsRow() => StepRows.CoverEveryState<JointTestState>(Steps);

    [Fact]
    public void ConcludeJointTest_PartMissingTwiceOrWithoutFinding_IsRefused()
    {
        Assert.Equal((Codes.Missing, "Card"), Refused(Part(TestKind.TransactionAndFunction, ""), Part(TestKind.PerformanceAndReliability, "")));
        Assert.Equal((Codes.Duplicated, "TransactionAndFunction"), Refused(Part(TestKind.TransactionAndFunction, ""), Part(TestKind.TransactionAndFunction, "")));
        Assert.Equal((Codes.Missing, "TransactionAndFunction"), Refused(new TestOutcome(TestKind.TransactionAndFunction, false, " ")));
    }

    private static TestOutcome Part(TestKind kind, string finding) => new(kind, finding.Length == 0, finding);

    private static (string Code, string Value) Refused(params TestOutcome[] outcomes)
    {
        var fault = Assert.Throws<FaultException>(() => CrossRegionRules.ConcludeJointTest(outcomes)).Fault;
        return (fault.Code, fault.Value);
    }
}
