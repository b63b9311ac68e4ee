using System.Text;
using EdgeHub.Rules;
using EdgeHub.Rules.Benefit;

namespace EdgeHub.Tests.Unit.Benefit;

/// <summary>Whatever bytes come in, reading gives a book or named faults, and never throws.</summary>
public sealed class PolicyBookFuzzTests
{
    private const int Seed = 11;
    private static readonly byte[] Sample = File.ReadAllBytes(BookText.Repository("installers/quickstart/data/policy-2025-sample.json"));

    [Fact]
    public void Read_SampleWithBytesChanged_GivesABookOrFaults()
    {
        var random = new Random(Seed);
        var (loaded, refused) = (0, 0);
        for (var i = 0; i < Draws.Of(3_000); i++)
        {
            switch (PolicyBookReader.Read(Changed(random).AsMemory()))
            {
                case PolicyBookReading.Loaded:
                    loaded++;
                    break;
                case PolicyBookReading.Refused wrong:
                    Assert.NotEmpty(wrong.Faults);
                    Assert.True(wrong.Faults.Count <= 2 * PolicyBookReader.MaxFaults, $"{wrong.Faults.Count} faults");
                    Assert.All(wrong.Faults, fault => Assert.True(Texts.All.ContainsKey(fault.Code) && fault.Expected.Length > 0, fault.ToString()));
                    refused++;
                    break;
            }
        }
        Assert.True(loaded > Draws.Of(30) && refused > Draws.Of(1_000), $"{loaded} loaded, {refused} refused");
    }

    [Theory]
    [InlineData("\\ud800")]
    [InlineData("\\uDC00")]
    [InlineData("x\\\\\\ud83d")]
    public void Read_HalfACharacter_IsRefused(string escape) => Assert.Equal(
        Codes.BadCharacter, BookText.Refused(BookText.Of("530924,,,,,,,,,,,,none,,0.6,,").Replace("sample", escape)).Code);

    [Fact]
    public void Read_EscapedBackslashBeforeLetters_IsText() =>
        Assert.Equal("\\ud800", BookText.Loaded(BookText.Of("530924,,,,,,,,,,,,none,,0.6,,").Replace("sample", "\\\\ud800")).Source);

    [Fact]
    public void Read_BytesThatAreNoText_IsRefused()
    {
        var bytes = Encoding.UTF8.GetBytes(BookText.Of("530924,,,,,,,,,,,,none,,0.6,,").Replace("sample", "?"));
        bytes[Array.LastIndexOf(bytes, (byte)'?')] = 0xFF;
        Assert.Equal(Codes.BadCharacter, Assert.IsType<PolicyBookReading.Refused>(PolicyBookReader.Read(bytes)).Code);
    }

    private static byte[] Changed(Random random)
    {
        var bytes = (byte[])Sample.Clone();
        for (var changes = random.Next(1, 4); changes > 0; changes--)
        {
            var at = random.Next(bytes.Length);
            bytes = random.Next(4) switch
            {
                0 => [.. bytes[..at], .. bytes[Math.Min(bytes.Length, at + random.Next(1, 200))..]],
                1 => [.. bytes[..at], (byte)random.Next(32, 127), .. bytes[at..]],
                2 => [.. bytes[..at], (byte)random.Next(256), .. bytes[Math.Min(bytes.Length, at + 1)..]],
                _ => [.. bytes[..at], (byte)"0123456789,-./\"{}[]"[random.Next(19)], .. bytes[Math.Min(bytes.Length, at + 1)..]],
            };
        }
        return bytes;
    }
}
