using EdgeHub.Rules;
using EdgeHub.Rules.Schemes.PrimaryCareChoice;

namespace EdgeHub.Tests.Unit.PrimaryCareChoice;

public sealed class O07Tests
{
    public static TheoryData<ExampleRow> Examples => ExampleTable.Of("O07");

    public static TheoryData<ExampleRow> Fees => ExampleTable.Of("O07-protection");

    public static TheoryData<ExampleRow> Steps => ExampleTable.Of("O07-steps");

    [Theory, MemberData(nameof(Examples))]
    public void CheckIn_Example_TakesBothEndsOfTheWindow(ExampleRow row)
    {
        DateTimeOffset? booked = row["booked"].Length == 0 ? null : row.Moment("booked");
        var result = PrimaryCareChoiceRules.CheckIn(booked, row.Moment("now"), row.Yes("checked in"), 120, 5).Value;
        Assert.Equal((row.Word<CheckInAnswer>("answer"), row["answer"] != "CheckedIn"), (result.Answer, result.ToReception));
        Assert.Equal((booked?.AddHours(-2), booked?.AddMinutes(5)), (result.OpensAt, result.ClosesAt));
    }

    [Theory, MemberData(nameof(Fees))]
    public void FeeUnderProtection_Example_StopsAtTheCap(ExampleRow row)
    {
        PaidFee[] earlier = [.. row.Words("earlier").Select(text => new PaidFee(DateOnly.Parse(text.Split(':')[0]), Money.Parse(text.Split(':')[1], Currency.Sek)))];
        var fee = PrimaryCareChoiceRules.FeeUnderProtection(earlier, row.Day("day"), row.Kronor("fee"), row.Kronor("cap"), 12).Value;
        Assert.Equal(new ProtectedFee(row.Day("period first"), row.Day("period end"), row.Kronor("paid before"), row.Kronor("to pay"), row.Yes("free card")), fee);
    }

    [Theory, MemberData(nameof(Steps))]
    public void VisitGoes_EachState_OnlyAsTheTableSays(ExampleRow row) => StepRows.Hold(row, PrimaryCareChoiceStates.Visit, PrimaryCareChoiceRules.VisitGoes);

    [Fact]
    public void VisitGoes_EveryState_HasItsRow() => StepRows.CoverEveryState<VisitState>(Steps);

    [Fact]
    public void FeeUnderProtection_LaterOrNegativeFee_IsRefused()
    {
        var (day, krona) = (new DateOnly(2025, 3, 12), new Money(100, Currency.Sek));
        Assert.Equal("earlier", Refused([new(day.AddDays(1), krona)], krona));
        Assert.Equal("earlier", Refused([new(day, -krona)], krona));
        Assert.Equal("fee", Refused([], -krona));

        string Refused(PaidFee[] earlier, Money fee) => Assert.Throws<FaultException>(() => PrimaryCareChoiceRules.FeeUnderProtection(earlier, day, fee, krona, 12)).Fault.Field;
    }

    [Theory]
    [InlineData("2021-12-31", "1150.00")]
    [InlineData("2022-01-01", "1200.00")]
    [InlineData("2024-06-01", "1400.00")]
    [InlineData("2025-01-01", "1450.00")]
    public void ShippedCap_OfADay_IsTheYears(string day, string cap) => Assert.Equal(
        Money.Parse(cap, Currency.Sek), SchemeParameters.Shipped(PrimaryCareChoiceScheme.Name).On(DateOnly.Parse(day), new DateOnly(2026, 1, 1)).Amount("protection.cap"));

    [Fact]
    public void FeeUnderProtection_NegativeCap_IsRefused() => Assert.Equal("cap", Refused.Field(() => PrimaryCareChoiceRules.FeeUnderProtection(
        [], new DateOnly(2025, 3, 1), new Money(100, Currency.Sek), new Money(-1, Currency.Sek), 12)));
}
