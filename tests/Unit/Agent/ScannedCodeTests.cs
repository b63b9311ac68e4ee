using EdgeHub.Agent.CheckIn;
using EdgeHub.Agent.Devices.Serial;
using EdgeHub.Sync.Seams;

namespace EdgeHub.Tests.Unit.Agent;

/// <summary>What a code that is scanned at a kiosk names, and what is none.</summary>
public sealed class ScannedCodeTests
{
    [Theory]
    [InlineData("EHB:A-1", "A-1", true, false)]
    [InlineData("ehb:desk-0190", "desk-0190", true, false)]
    [InlineData("EHP:S00000001", "S00000001", false, true)]
    [InlineData(" 11010119700517001X ", "11010119700517001X", false, false)]
    [InlineData("http://example.org/A1", "http://example.org/A1", false, false)] // a text like any other: nobody has that number
    public void Of_Code_SaysWhatItIs(string scanned, string text, bool isBooking, bool isPerson)
    {
        var code = ScannedCode.Of(scanned);
        Assert.Equal((text, isBooking, isPerson), (code?.Text, code?.IsBooking, code?.IsPerson));
        Assert.DoesNotContain(text, code!.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("EHB:")]
    [InlineData("EHP: ")]
    [InlineData("王小明")]
    [InlineData("A'1")]
    [InlineData("A 1")]
    [InlineData("https://example.org/x?y=1")]
    [InlineData("123456789012345678901234567890123456789012345678901234567890123456789012345678901")]
    public void Of_SomethingElse_IsNone(string scanned) => Assert.Null(ScannedCode.Of(scanned));

    [Fact]
    public void Of_AnyBytes_IsACodeWithinItsBoundsOrNone()
    {
        var draw = new SeededEntropy(23);
        var bytes = new byte[96];
        for (var run = 0; run < 20_000; run++)
        {
            draw.Fill(bytes);
            var piece = bytes.AsSpan(0, bytes[0] % 96);
            if (run % 2 == 0)
            {
                // Half of them printable, or hardly one would be a text.
                foreach (ref var one in piece)
                {
                    one = (byte)(0x20 + (one % 0x5F));
                }
            }
            if (TextFraming.Read(piece) is { } text && ScannedCode.Of(text) is { } code)
            {
                Assert.InRange(code.Text.Length, 1, 80);
                Assert.False(code.IsBooking && code.IsPerson);
            }
        }
    }
}
