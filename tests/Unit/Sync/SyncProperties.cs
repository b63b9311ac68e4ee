using System.Globalization;
using EdgeHub.Sync.Journal;
using EdgeHub.Sync.Keys;
using EdgeHub.Sync.Wire;
using FsCheck;
using FsCheck.Fluent;

namespace EdgeHub.Tests.Unit.Sync;

public sealed class SyncProperties
{
    private static readonly EcdsaSigner Key = EcdsaKeys.Create();
    private static readonly Config Config = Config.QuickThrowOnFailure.WithMaxTest(200);

    [Fact]
    public void Line_OfAnyText_ReadsBackTheSame() => Prop.ForAll(
        ArbMap.Default.ArbFor<NonNull<string>>().Filter(text => text.Get.Length < 4_000 && WellFormed(text.Get)), Gen.Choose(1, int.MaxValue).ToArbitrary(),
        (text, seq) =>
        {
            var line = JournalCodec.Line(SyncSamples.Head(seq), new StoreChecked(text.Get, seq, -seq));
            var head = JournalCodec.ReadHead(line, out var body);
            return head == SyncSamples.Head(seq) && JournalCodec.ReadBody<StoreChecked>(line.AsSpan()[body]) == new StoreChecked(text.Get, seq, -seq);
        }).Check(Config);

    [Fact]
    public void Line_OfAnyDecimal_KeepsItsDigits() => Prop.ForAll(ArbMap.Default.ArbFor<decimal>(), price =>
    {
        var fee = SyncSamples.Settled.Lines[0] with { Price = price };
        var line = JournalCodec.Line(SyncSamples.Head(1), fee);
        JournalCodec.ReadHead(line, out var body);
        return JournalCodec.ReadBody<SettledLine>(line.AsSpan()[body]).Price.ToString(CultureInfo.InvariantCulture) == price.ToString(CultureInfo.InvariantCulture);
    }).Check(Config);

    [Fact]
    public void Chain_OverAnySplitIntoBatches_EndsInTheSameHash()
    {
        var lines = SyncSamples.Lines(60);
        var whole = Chain.Through(Chain.Zero, lines);
        Prop.ForAll(Gen.ListOf(Gen.Choose(1, 25)).ToArbitrary(), sizes =>
        {
            var (prev, at) = (Chain.Zero, 0);
            foreach (var size in sizes.Append(lines.Count))
            {
                var take = Math.Min(size, lines.Count - at);
                if (take == 0)
                {
                    break;
                }
                var batch = BatchCodec.Open(BatchCodec.Read(BatchCodec.Write("530924", "S", "D", 1, at + 1, prev, lines[at..(at + take)], Key)));
                prev = Convert.FromHexString(batch.Header.LastHash);
                at += take;
            }
            return at == lines.Count && prev.AsSpan().SequenceEqual(whole);
        }).Check(Config.WithMaxTest(50));
    }

    [Fact]
    public void Read_OfAnyBytes_IsRefusedByNameOrGivesAHeader() => Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), ArbMap.Default.ArbFor<byte[]>(), (front, back) =>
    {
        byte[][] tries = [front, [.. "EHJ1"u8, .. front], [.. "EHJ1"u8, 0, 0, 0, (byte)Math.Min(255, front.Length), .. front, .. back]];
        return tries.All(Refused);
    }).Check(Config);

    [Fact]
    public void Open_OfAMutatedBatch_NeverGivesOtherLines()
    {
        var lines = SyncSamples.Lines(8);
        var wire = BatchCodec.Write("530924", "S", "D", 1, 1, Chain.Zero, lines, Key);
        var texts = lines.ConvertAll(SyncSamples.Text);
        Prop.ForAll(Gen.Choose(0, wire.Length - 1).ToArbitrary(), ArbMap.Default.ArbFor<byte>(), Gen.Choose(0, 40).ToArbitrary(), (at, value, dropped) =>
        {
            byte[] mutated = [.. wire[..at], value, .. wire[Math.Min(wire.Length, at + dropped)..]];
            try
            {
                var batch = BatchCodec.Read(mutated);
                return !BatchCodec.SignatureHolds(batch.Header, Key.PublicKey) || BatchCodec.Open(batch).Lines.Select(SyncSamples.Text).SequenceEqual(texts);
            }
            catch (JournalFormatException)
            {
                return true;
            }
        }).Check(Config.WithMaxTest(300));
    }

    private static bool Refused(byte[] wire)
    {
        try
        {
            BatchCodec.Read(wire);
            return false;
        }
        catch (JournalFormatException)
        {
            return true;
        }
    }

    private static bool WellFormed(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsSurrogate(text[i]) && !(char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[++i])))
            {
                return false;
            }
        }
        return true;
    }
}
