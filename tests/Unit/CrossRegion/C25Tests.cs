using EdgeHub.Rules.Schemes.CrossRegion;

namespace EdgeHub.Tests.Unit.CrossRegion;

public sealed class C25Tests
{
    public static TheoryData<ExampleRow> Steps => ExampleTable.Of("C25");

    [Theory, MemberData(nameof(Steps))]
    public void DisputeSuspicionComplaintGo_EachState_OnlyAsTheTableSays(ExampleRow row)
    {
        switch (row["machine"])
        {
            case "dispute":
                StepRows.Hold(row, CrossRegionStates.Dispute, CrossRegionRules.DisputeGoes);
                break;
            case "suspicion":
                StepRows.Hold(row, CrossRegionStates.Suspicion, CrossRegionRules.SuspicionGoes);
                break;
            default:
                StepRows.Hold(row, CrossRegionStates.Complaint, CrossRegionRules.ComplaintGoes);
                break;
        }
    }

    [Fact]
    public void DisputeSuspicionComplaintGo_EveryState_HasItsRow()
    {
        StepRows.CoverEveryState<DisputeState>(Steps, "dispute");
        StepRows.CoverEveryState<SuspicionState>(Steps, "suspicion");
        StepRows.CoverEveryState<ComplaintState>(Steps, "complaint");
    }
}
