using EdgeHub.Rules;
using EdgeHub.Rules.Schemes.PrimaryCareChoice;

namespace EdgeHub.Tests.Unit.PrimaryCareChoice;

public sealed class O02Tests
{
    public static TheoryData<ExampleRow> Examples => ExampleTable.Of("O02");

    [Theory, MemberData(nameof(Examples))]
    public void CapitationShare_Example_IsComparedUnrounded(ExampleRow row)
    {
        var share = PrimaryCareChoiceRules.CapitationShare(row.Kronor("capitation"), row.Kronor("whole"), new Rate(0.85m), new Rate(0.90m)).Value;
        ShareBand? band = row["band"].Length == 0 ? null : row.Word<ShareBand>("band");
        Assert.Equal((row.DecimalOrNone("percent"), band), (share.Percent, share.Band));
    }

    [Theory]
    [InlineData(2, 1, "capitation")]
    [InlineData(-1, 1, "capitation")]
    [InlineData(0, -1, "whole")]
    public void CapitationShare_OutOfBounds_IsRefused(long capitation, long whole, string field) => Assert.Equal(
        field,
        Assert.Throws<FaultException>(() => PrimaryCareChoiceRules.CapitationShare(new Money(capitation, Currency.Sek), new Money(whole, Currency.Sek), Rate.Zero, Rate.One)).Fault.Field);
}
