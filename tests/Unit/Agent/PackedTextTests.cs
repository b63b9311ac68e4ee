using System.Security.Cryptography;
using System.Text;
using EdgeHub.Agent.Store;
using FsCheck;
using FsCheck.Fluent;

namespace EdgeHub.Tests.Unit.Agent;

public sealed class PackedTextTests
{
    private const string Step = """{"name":"cash","value":"4.00 CNY","rule":"B9","document":"benefit-and-his-interface","clause":"Outpatient and inpatient benefit: identity of the payers","inputs":[{"name":"total","value":"10.01 CNY"}]}""";

    [Fact]
    public void Unpack_OfAnyBytes_GivesThemBack()
    {
        var texts = Gen.ListOf(Gen.OneOf(Gen.Elements(Step, "{\"category\":1,\"total\":", "药品", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"), Gen.Choose(0, 99_999).Select(number => number.ToString(System.Globalization.CultureInfo.InvariantCulture))))
            .Select(parts => string.Concat(parts));
        Prop.ForAll(Arb.From(texts), text => PackedText.Answers.Unpack(PackedText.Answers.Pack(Encoding.UTF8.GetBytes(text))).AsSpan().SequenceEqual(Encoding.UTF8.GetBytes(text)))
            .QuickCheckThrowOnFailure();
        Prop.ForAll(Arb.From(Gen.ArrayOf(Gen.Choose(0, 255).Select(value => (byte)value))), bytes => PackedText.Answers.Unpack(PackedText.Answers.Pack(bytes)).AsSpan().SequenceEqual(bytes))
            .QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(15)]
    [InlineData(70_000)]
    [InlineData(300_000)]
    public void Unpack_OfNoiseOfALength_GivesItBack(int length)
    {
        var noise = new byte[length];
        new Random(length).NextBytes(noise);
        Assert.Equal(noise, PackedText.Answers.Unpack(PackedText.Answers.Pack(noise)));
        Assert.Equal([.. noise, .. noise], PackedText.Answers.Unpack(PackedText.Answers.Pack([.. noise, .. noise])));
    }

    [Fact]
    public void Pack_OfAnAnswersStep_KeepsALittleOfIt() => Assert.InRange(PackedText.Answers.Pack(Encoding.UTF8.GetBytes(Step)).Length, 1, Step.Length / 4);

    /// <summary>What was packed against the sample is read with it for ever: a better sample is a second one.</summary>
    [Fact]
    public void Sample_IsFrozen()
    {
        using var stream = typeof(PackedText).Assembly.GetManifestResourceStream("Store/packed-sample-1.txt")!;
        using var second = typeof(PackedText).Assembly.GetManifestResourceStream("Store/packed-sample-2.txt")!;
        Assert.Equal("692531692cb850cad614d0cc93d6c3bc95d35d2e44f81fd3dea206647b6aef68", Convert.ToHexStringLower(SHA256.HashData(stream)));
        Assert.Equal("020a29ae011a0af6e7f32280433ecfed385d1c1124b45b435b18235cf25b947a", Convert.ToHexStringLower(SHA256.HashData(second)));
        Assert.Equal("01c90000000529000fa414011431cb0000", Convert.ToHexStringLower(PackedText.Answers.Pack(Encoding.UTF8.GetBytes(Step))));
    }

    [Fact]
    public void Unpack_OfWhatWasNotPacked_IsRefusedByName()
    {
        var packed = PackedText.Answers.Pack(Encoding.UTF8.GetBytes(Step));
        Assert.Throws<InvalidDataException>(() => PackedText.Answers.Unpack([]));
        Assert.Throws<InvalidDataException>(() => PackedText.Lines.Unpack(packed));
        Assert.Throws<InvalidDataException>(() => PackedText.Answers.Unpack([9, 0, 0, 0, 0]));
        Assert.Throws<InvalidDataException>(() => PackedText.Answers.Unpack(packed.AsSpan(0, packed.Length - 3)));
        Assert.Throws<InvalidDataException>(() => PackedText.Answers.Unpack([1, 255, 255, 255, 127]));
        Assert.Throws<InvalidDataException>(() => PackedText.Answers.Unpack([1, 9, 0, 0, 0, 0x04, 0, 0]));
        Assert.Throws<InvalidDataException>(() => PackedText.Answers.Unpack([1, 9, 0, 0, 0, 0x0F, 255, 255]));
    }
}
