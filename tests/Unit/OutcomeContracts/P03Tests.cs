using EdgeHub.Rules;
using EdgeHub.Rules.Schemes.OutcomeContracts;

namespace EdgeHub.Tests.Unit.OutcomeContracts;

public sealed class P03Tests
{
    internal static readonly PayRange Range = new(new Rate(0.10m), new Rate(0.80m));
    internal static readonly Money Programme = Money.Parse("1000000000.00", Currency.Sek);

    public static TheoryData<ExampleRow> Examples => ExampleTable.Of("P03");

    [Theory, MemberData(nameof(Examples))]
    public void ProgrammePayout_Example_IsTheExactLine(ExampleRow row) => Assert.Equal(
        row.Kronor("payout"), OutcomeContractsRules.ProgrammePayout(new Fraction(row.Count("outcomes"), row.Count("of")), Programme, Range).Value);

    [Fact]
    public void ProgrammePayout_OutOfBounds_IsRefused()
    {
        Assert.Equal("attainment", Refused(() => OutcomeContractsRules.ProgrammePayout(new Fraction(2, 1), Programme, Range)));
        Assert.Equal("attainment", Refused(() => OutcomeContractsRules.ProgrammePayout(new Fraction(-1, 2), Programme, Range)));
        Assert.Equal("from", Refused(() => OutcomeContractsRules.ProgrammePayout(Fraction.One, Programme, new PayRange(Rate.One, Rate.One))));
        Assert.Equal("programme", Refused(() => OutcomeContractsRules.ProgrammePayout(Fraction.One, -Programme, Range)));
    }

    internal static string Refused(Func<object> rule) => Assert.Throws<FaultException>(rule).Fault.Field;

    /// <summary>A range may begin with nothing and end with all: 40 % of the way pays 40 %.</summary>
    [Fact]
    public void ProgrammePayout_WholeRange_IsTaken() => Assert.Equal(
        Money.Parse("400000000.00", Currency.Sek), OutcomeContractsRules.ProgrammePayout(new Fraction(2, 5), Programme, new PayRange(Rate.Zero, Rate.One)).Value);
}
