using EdgeHub.Agent.Access;
using EdgeHub.Rules;
using EdgeHub.Sync.Seams;

namespace EdgeHub.Tests.Unit.Agent.Access;

/// <summary>Which PINs are refused, each by name, and what of a PIN is kept.</summary>
public sealed class PinsTests
{
    [Theory]
    [InlineData("73915", "6 to 12 digits")]
    [InlineData("7391540268135", "6 to 12 digits")]
    [InlineData("73915a", "6 to 12 digits")]
    [InlineData("７３９１５４", "6 to 12 digits")]
    [InlineData("", "6 to 12 digits")]
    [InlineData("777777", "more than two different digits")]
    [InlineData("717171", "more than two different digits")]
    [InlineData("123456", "no digits in a row, such as 123456")]
    [InlineData("98765432", "no digits in a row, such as 123456")]
    [InlineData("739739", "no group that is repeated, such as 123123")]
    [InlineData("520131", "none of the PINs that everybody tries first")]
    [InlineData("112233", "none of the PINs that everybody tries first")]
    [InlineData("739042", "nothing of the own staff number")]
    [InlineData("800517", "no day, such as a birthday")]
    [InlineData("170580", "no day, such as a birthday")]
    [InlineData("19800517", "no day, such as a birthday")]
    [InlineData("17051980", "no day, such as a birthday")]
    [InlineData("739154", null)]
    [InlineData("739154026813", null)]
    public void Weak_IsRefusedByName(string pin, string? expected)
    {
        var fault = Pins.Weak(pin, "9042");
        Assert.Equal(expected, fault?.Expected);
        Assert.True(fault is null || (fault.Code == Codes.WeakPin && fault.Value.Length == 0));
        Assert.All(Languages.All, language => Assert.True(expected is null || Expectations.Knows(expected), language));
    }

    [Fact]
    public void Weak_ShortStaffNumber_IsInAPinByChance() => Assert.Null(Pins.Weak("739154", "15"));

    [Fact]
    public void Given_PinsPassForOne_AndDiffer()
    {
        var entropy = new SeededEntropy(3);
        var pins = Enumerable.Range(0, 50).Select(_ => Pins.Give("01", entropy)).ToList();
        Assert.All(pins, pin => Assert.Null(Pins.Weak(pin, "01")));
        Assert.Equal(50, pins.Distinct().Count());
    }

    [Fact]
    public void Proof_OfTheSamePin_DiffersBySalt_AndHoldsForIt()
    {
        var entropy = new SeededEntropy(3);
        byte[] mixed = [1, 2, 3];
        var (one, two) = (Pins.Make(mixed, 1_000, entropy), Pins.Make(mixed, 1_000, entropy));
        Assert.NotEqual(one.Hash, two.Hash);
        Assert.True(Pins.Holds(mixed, one));
        Assert.False(Pins.Holds([1, 2, 4], one));
    }

    [Fact]
    public void Rounds_AreAtLeastAHundredThousand() => Assert.InRange(Pins.Rounds(TimeProvider.System), 100_000, 2_000_000);
}
