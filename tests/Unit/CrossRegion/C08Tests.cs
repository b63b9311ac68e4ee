using EdgeHub.Rules;
using EdgeHub.Rules.Schemes.CrossRegion;

namespace EdgeHub.Tests.Unit.CrossRegion;

public sealed class C08Tests
{
    private static readonly CrossRegionRegistration Registration = new("R1", RegistrationKind.ReferredPatient, "31", new DateOnly(2025, 1, 1), null, RegistrationState.Active);

    public static TheoryData<ExampleRow> Examples => ExampleTable.Of("C08");

    public static TheoryData<ExampleRow> Steps => ExampleTable.Of("C08-steps");

    [Theory, MemberData(nameof(Examples))]
    public void MaySettleDirectly_Example_NamesTheFirstObstacle(ExampleRow row)
    {
        var may = CrossRegionRules.MaySettleDirectly(new(
            row.Yes("card"), row.Yes("registered") ? Registration : null, row.Word<BenefitState>("benefit"), row.Word<HospitalState>("hospital"), row.Yes("service"))).Value;
        Assert.Equal<DirectSettlement>(row["refused by"].Length == 0 ? new DirectSettlement.Allowed("R1") : new DirectSettlement.Refused(row["refused by"]), may);
    }

    [Fact]
    public void MaySettleDirectly_TerminatedRegistration_IsNone() => Assert.Equal<DirectSettlement>(
        new DirectSettlement.Refused(Codes.NotRegistered),
        CrossRegionRules.MaySettleDirectly(new(true, Registration with { State = RegistrationState.Terminated }, BenefitState.Active, HospitalState.Open, true)).Value);

    [Theory, MemberData(nameof(Steps))]
    public void BenefitAndRegistrationGo_EachState_OnlyAsTheTableSays(ExampleRow row)
    {
        if (row["machine"] == "benefit")
        {
            StepRows.Hold(row, CrossRegionStates.Benefit, CrossRegionRules.BenefitGoes);
        }
        else
        {
            StepRows.Hold(row, CrossRegionStates.Registration, CrossRegionRules.RegistrationGoes);
        }
    }

    [Fact]
    public void BenefitAndRegistrationGo_EveryState_HasItsRow()
    {
        StepRows.CoverEveryState<BenefitState>(Steps, "benefit");
        StepRows.CoverEveryState<RegistrationState>(Steps, "registration");
    }
}
