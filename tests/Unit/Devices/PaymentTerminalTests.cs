using EdgeHub.Agent.Devices;
using EdgeHub.Agent.Devices.Serial;
using EdgeHub.Rules;
using EdgeHub.Sync.Seams;

namespace EdgeHub.Tests.Unit.Devices;

/// <summary>Card and payment terminals: frames in their variants, and a terminal at the other end of a real line that damages, delays and
/// drops what it says.</summary>
public sealed class PaymentTerminalTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(60);
    private const string Quick = "length=bcd2 lrc_seed=00 lrc_from=length lrc_to=etx most=200 tries=3 progress=50 ";

    /// <summary>For a terminal that says something: longer than any machine keeps it from its turn.</summary>
    private const string Patient = Quick + "acknowledge=10000 answer=30000";

    /// <summary>For one that never acknowledges: nothing can come too late.</summary>
    private const string Mute = Quick + "acknowledge=300 answer=30000";

    /// <summary>For one that acknowledges and then falls silent.</summary>
    private const string Silent = Quick + "acknowledge=10000 answer=300";

    private static TerminalFormat Format(string options) => TerminalFormat.Of(SerialBench.Profile("terminal", options).Options);

    public static TheoryData<string> Variants()
    {
        var variants = new TheoryData<string>();
        foreach (var length in (string[])["none", "bcd2", "big2", "little2", "ascii3"])
        {
            foreach (var from in (string[])["stx", "length", "data"])
            {
                variants.Add($"length={length} lrc_from={from} lrc_to=etx lrc_seed=00 most=300");
                variants.Add($"length={length} lrc_from={from} lrc_to=data lrc_seed=7F most=300");
            }
        }
        return variants;
    }

    /// <summary>Worked by hand: STX 0003 "ABC" ETX, LRC from the length to ETX: 00^03^41^42^43^03 = 40.</summary>
    [Theory]
    [InlineData("length=bcd2", "0200034142430340")]
    [InlineData("length=bcd2 lrc_seed=FF", "02000341424303BF")]
    [InlineData("length=bcd2 lrc_from=stx", "0200034142430342")]
    [InlineData("length=bcd2 lrc_from=data", "0200034142430343")]
    [InlineData("length=bcd2 lrc_from=data lrc_to=data", "0200034142430340")]
    [InlineData("length=little2", "0203004142430340")]
    [InlineData("length=ascii3", "0230303341424303" + "70")]
    [InlineData("length=none", "0241424303" + "43")]
    public void Encode_Variants_AreAsWorkedByHand(string options, string hex) => Assert.Equal(hex, Convert.ToHexString(Format(options).Encode("ABC"u8)));

    [Theory]
    [InlineData(0, "0000")]
    [InlineData(9, "0009")]
    [InlineData(10, "0010")]
    [InlineData(99, "0099")]
    [InlineData(1234, "1234")]
    public void Encode_Length_IsPackedDecimal(int length, string hex) =>
        Assert.Equal(hex, Convert.ToHexString(Format("length=bcd2 most=2000").Encode(new byte[length])[1..3]));

    [Theory]
    [MemberData(nameof(Variants))]
    public void Next_FramesInPiecesWithNoiseBetween_AreAllFound(string options)
    {
        var format = Format(options);
        var draw = new SeededEntropy(11);
        Span<byte> dice = stackalloc byte[2];
        for (var run = 0; run < 60; run++)
        {
            var framing = new TerminalFraming(format);
            var data = new byte[1 + (run * 5 % 290)];
            draw.Fill(data);
            data = [.. data.Select(one => one == TerminalFormat.Etx && format.Length == FrameLength.None ? (byte)4 : one)];
            // Noise that no frame begins in.
            byte[] sent = [0xFF, 0x31, 0x32, .. format.Encode(data), TerminalFormat.Ack, 0x99, .. format.Encode("B"u8), TerminalFormat.Nak];
            var found = new List<TerminalFrame>();
            for (var at = 0; at < sent.Length;)
            {
                draw.Fill(dice);
                var piece = Math.Min(1 + (dice[0] % 9), sent.Length - at);
                framing.Add(sent.AsSpan(at, piece));
                at += piece;
                while (framing.Next() is { } frame)
                {
                    found.Add(frame);
                }
            }
            Assert.Equal([FrameKind.Frame, FrameKind.Ack, FrameKind.Frame, FrameKind.Nak], found.Select(frame => frame.Kind));
            Assert.Equal(data, found[0].Data);
            Assert.Equal(0, framing.Held);
        }
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public void Next_OneBitWrong_IsNeverTakenForTheFrame(string options)
    {
        var format = Format(options);
        var frame = format.Encode("AMOUNT=000000012345"u8);
        for (var bit = 0; bit < frame.Length * 8; bit++)
        {
            var damaged = frame.ToArray();
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
            var framing = new TerminalFraming(format);
            framing.Add(damaged);
            while (framing.Next() is { } found)
            {
                Assert.False(found.Kind == FrameKind.Frame && found.Data.AsSpan().SequenceEqual("AMOUNT=000000012345"u8) && IsCovered(format, bit / 8, frame.Length), $"bit {bit}");
            }
        }
    }

    /// <summary>What the sum does not cover it cannot hold.</summary>
    private static bool IsCovered(TerminalFormat format, int at, int length) => at >= (format.LrcFrom switch { "stx" => 0, "length" => 1, _ => 1 + format.LengthBytes }) && at < length;

    [Theory]
    [MemberData(nameof(Variants))]
    public void Next_Noise_NeverBreaksOrGrows(string options)
    {
        var format = Format(options);
        var draw = new SeededEntropy(13);
        var noise = new byte[64];
        for (var run = 0; run < 400; run++)
        {
            var framing = new TerminalFraming(format);
            for (var piece = 0; piece < 12; piece++)
            {
                draw.Fill(noise);
                framing.Add(noise.AsSpan(0, noise[0] % 64));
                while (framing.Next() is { } frame)
                {
                    Assert.InRange(frame.Data.Length, 0, 300);
                }
                Assert.InRange(framing.Held, 0, 300 + 64 + 6);
            }
            framing.Pause();
            framing.Add(format.Encode("OK"u8));
            Assert.Equal("OK"u8.ToArray(), framing.Next()?.Data);
        }
    }

    [Fact]
    public void Encode_MoreThanTheForm_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => Format("length=bcd2 most=4").Encode(new byte[5]));
        Assert.Throws<ArgumentException>(() => Format("length=none").Encode([3]));
    }

    /// <summary>A terminal that does what a script says to each frame it hears.</summary>
    private static Pty Device(Func<int, byte[][]> says)
    {
        var (format, heard) = (Format(Patient), 0);
        var framing = new TerminalFraming(format);
        return new Pty((device, bytes) =>
        {
            framing.Add(bytes);
            while (framing.Next() is { } frame)
            {
                if (frame.Kind is FrameKind.Frame or FrameKind.Nak)
                {
                    foreach (var piece in says(++heard))
                    {
                        device.Say(piece);
                    }
                }
            }
        });
    }

    /// <summary>The device's end reads on a thread of its own: what was sent is heard there in its own time, and no more than that.</summary>
    private static async Task Heard(Pty pty, byte what, int times)
    {
        await SerialBench.Until(() => pty.All.Count(one => one == what) >= times, () => Convert.ToHexString(pty.All));
        Assert.Equal(times, pty.All.Count(one => one == what));
    }

    private static byte[] Framed(string data) => Format(Patient).Encode(System.Text.Encoding.ASCII.GetBytes(data));

    private static byte[] Damaged(string data)
    {
        var frame = Framed(data);
        frame[^1] ^= 0x20;
        return frame;
    }

    private static async Task<(TerminalOutcome Outcome, int Progress)> Ask(Pty pty, DeviceStatus then, DeviceErrorCode? error = null, string profile = Patient)
    {
        using var bench = new SerialBench(pty.Port, SerialBench.Profile("terminal", profile));
        await bench.Shows(DeviceStatus.Ready);
        var progress = 0;
        var outcome = await bench.Terminal.Ask("PAY 12.00"u8.ToArray(), _ => Interlocked.Increment(ref progress)).WaitAsync(Soon);
        await bench.Shows(then, error);
        return (outcome, progress);
    }

    [PtyFact]
    public async Task Ask_TerminalThatDoesWell_Answers()
    {
        using var pty = Device(_ => [[TerminalFormat.Ack], Framed("PIN?"), Framed("PIN*"), Framed("00 APPROVED")]);
        var (outcome, progress) = await Ask(pty, DeviceStatus.Ready);
        Assert.Equal("00 APPROVED"u8.ToArray(), Assert.IsType<TerminalOutcome.Answered>(outcome).Data);
        Assert.Equal(2, progress);
        // Every frame was acknowledged.
        await Heard(pty, TerminalFormat.Ack, 3);
    }

    [PtyFact]
    public async Task Ask_QuestionRefusedOnce_IsSentAgain()
    {
        using var pty = Device(heard => heard == 1 ? [[TerminalFormat.Nak]] : [[0xFF, TerminalFormat.Ack], Framed("00")]);
        Assert.IsType<TerminalOutcome.Answered>((await Ask(pty, DeviceStatus.Ready)).Outcome);
    }

    [PtyFact]
    public async Task Ask_AcknowledgementLost_AnswerCounts()
    {
        using var pty = Device(_ => [Framed("00")]);
        Assert.IsType<TerminalOutcome.Answered>((await Ask(pty, DeviceStatus.Ready)).Outcome);
    }

    [PtyFact]
    public async Task Ask_AnswerDamagedOnce_IsAskedForAgain()
    {
        using var pty = Device(heard => heard == 1 ? [[TerminalFormat.Ack], Damaged("00 A")] : [Framed("00 A")]);
        Assert.Equal("00 A"u8.ToArray(), Assert.IsType<TerminalOutcome.Answered>((await Ask(pty, DeviceStatus.Ready)).Outcome).Data);
        Assert.Contains(TerminalFormat.Nak, pty.All);
    }

    [PtyFact]
    public async Task Ask_AnswerDamagedAlways_IsGarbledAndMayHaveBeenDone()
    {
        using var pty = Device(heard => heard == 1 ? [[TerminalFormat.Ack], Damaged("00 A")] : [Damaged("00 A")]);
        var failed = Assert.IsType<TerminalOutcome.Failed>((await Ask(pty, DeviceStatus.Faulty, DeviceErrorCode.DeviceGarbled)).Outcome);
        Assert.Equal((DeviceErrorCode.DeviceGarbled, true), (failed.Why.Code, failed.WasTaken));
    }

    [PtyFact]
    public async Task Ask_RefusedAlways_IsRefusedAndWasNotTaken()
    {
        using var pty = Device(_ => [[TerminalFormat.Nak]]);
        var failed = Assert.IsType<TerminalOutcome.Failed>((await Ask(pty, DeviceStatus.Faulty, DeviceErrorCode.DeviceRefused)).Outcome);
        Assert.Equal((DeviceErrorCode.DeviceRefused, false), (failed.Why.Code, failed.WasTaken));
    }

    [PtyFact]
    public async Task Ask_Silence_IsSilentAfterItsTries()
    {
        using var pty = Device(_ => []);
        var failed = Assert.IsType<TerminalOutcome.Failed>((await Ask(pty, DeviceStatus.Faulty, DeviceErrorCode.DeviceSilent, Mute)).Outcome);
        Assert.Equal((DeviceErrorCode.DeviceSilent, false, "no ACK after 3 tries"), (failed.Why.Code, failed.WasTaken, failed.Why.Detail));
        await Heard(pty, TerminalFormat.Stx, 3);
    }

    [PtyFact]
    public async Task Ask_SilenceBehindTheAcknowledgement_MayHaveBeenDone()
    {
        using var pty = Device(_ => [[TerminalFormat.Ack], Framed("00")[..4]]);
        var failed = Assert.IsType<TerminalOutcome.Failed>((await Ask(pty, DeviceStatus.Faulty, DeviceErrorCode.DeviceSilent, Silent)).Outcome);
        Assert.True(failed.WasTaken);
    }

    [PtyFact]
    public async Task Ask_TwoAtOnceOrNoTerminal_IsRefusedAtOnce()
    {
        using var pty = Device(_ => [[TerminalFormat.Ack]]);
        using var bench = new SerialBench(pty.Port, SerialBench.Profile("terminal", Patient));
        await bench.Shows(DeviceStatus.Ready);
        var first = bench.Terminal.Ask([1]);
        var second = Assert.IsType<TerminalOutcome.Failed>(await bench.Terminal.Ask([2]));
        Assert.Equal(DeviceErrorCode.DeviceRefused, second.Why.Code);
        pty.Unplug();
        var failed = Assert.IsType<TerminalOutcome.Failed>(await first.WaitAsync(Soon));
        Assert.Equal(DeviceErrorCode.PortUnplugged, failed.Why.Code);
        Assert.IsType<TerminalOutcome.Failed>(await bench.Terminal.Ask([3]));
    }

    [PtyFact]
    public async Task Display_ShowsAndShowsAgainAfterItWasAway()
    {
        var link = Path.Combine(Path.GetTempPath(), "display-link-" + Environment.ProcessId);
        var first = new Pty((_, _) => { }, link);
        using var bench = new SerialBench(link, SerialBench.Profile("display", "columns=8 lines=2 begin=0C line=0D0A chinese=yes"));
        await bench.Shows(DeviceStatus.Unanswered);
        bench.Devices.Displays.Single().Show("应付 12.00 CNY", "a\u0007b", "no third line");
        byte[] expected = [0x0C, 0xD3, 0xA6, 0xB8, 0xB6, .. " 12."u8, 0x0D, 0x0A, .. "a b"u8];
        await SerialBench.Until(() => first.All.SequenceEqual(expected), () => Convert.ToHexString(first.All));
        first.Unplug();
        await bench.Shows(DeviceStatus.Absent, DeviceErrorCode.PortUnplugged);
        using var second = new Pty((_, _) => { }, link);
        await SerialBench.Until(() => second.All.SequenceEqual(expected), () => Convert.ToHexString(second.All));
    }

    [Theory]
    [InlineData("t,lamp,9600,8,none,1,none,", "kind")]
    [InlineData("t,scanner,9601,8,none,1,none,suffix=0D", "baud")]
    [InlineData("t,scanner,9600,9,none,1,none,suffix=0D", "data_bits")]
    [InlineData("t,scanner,9600,8,mark,1,none,suffix=0D", "parity")]
    [InlineData("t,scanner,9600,8,none,3,none,suffix=0D", "stop_bits")]
    [InlineData("t,scanner,9600,8,none,1,xon,suffix=0D", "flow")]
    [InlineData("t,scanner,9600,8,none,1,none,sufix=0D", "options")]
    [InlineData("t,scanner,9600,8,none,1,none,suffix=0D suffix=0A", "options")]
    [InlineData("t,scanner,9600,8,none,1,none,suffix=0", "options")]
    [InlineData("t,scanner,9600,8,none,1,none,most=0", "options")]
    [InlineData("t,terminal,9600,8,none,1,none,length=varint", "options")]
    [InlineData("t,terminal,9600,8,none,1,none,length=ascii3 most=1000", "options")]
    [InlineData("t,printer,9600,8,none,1,none,cut=maybe", "options")]
    [InlineData("t,printer,9600,8,none,1,none,codepage=16", "options")]
    public void Profiles_RowThatCannotBe_IsRefusedByItsPlace(string row, string column)
    {
        var fault = Assert.Throws<FaultException>(() => SerialProfiles.Read("profile,kind,baud,data_bits,parity,stop_bits,flow,options\n" + row + "\n")).Fault;
        Assert.Equal($"SerialProfiles.csv line 2 {column}", fault.Field);
    }
}
