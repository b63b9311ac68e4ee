using System.Text;
using EdgeHub.Agent.Devices;
using EdgeHub.Agent.Devices.Serial;
using EdgeHub.Sync.Seams;

namespace EdgeHub.Tests.Unit.Devices;

/// <summary>Every device on a real line with what lines do: noise, dribble, corrupt frames, silence. What each device's own tests have of
/// it stands there; here is the rest, and every profile that we ship.</summary>
public sealed class EveryDeviceTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(60);
    private const string Terminal = "length=bcd2 lrc_seed=00 lrc_from=length lrc_to=etx most=200 tries=3 acknowledge=10000 answer=20000 progress=50";
    private static readonly Slip Short = new([new SlipPart.Line("OK")]);

    [PtyFact]
    public async Task Printer_NoiseUnaskedAndAnswersThatDribble_PrintsAllTheSame()
    {
        var asked = 0;
        var recent = new List<byte>();
        using var pty = new Pty((device, bytes) =>
        {
            foreach (var one in bytes)
            {
                recent.Add(one);
                if (recent is [.., 0x10, 0x04, 1 or 2 or 3 or 4])
                {
                    asked++;
                    // First bytes that are no status, one at a time; the status last.
                    foreach (var noise in (byte[])[0xFF, 0x00, 0x80])
                    {
                        device.Say(noise);
                    }
                    device.Say(0x12);
                }
            }
        });
        using var bench = new SerialBench(pty.Port, SerialBench.Profile("printer", "columns=32 status=yes answer=10000"));
        await bench.Shows(DeviceStatus.Ready);
        pty.Say([.. Enumerable.Repeat((byte)0x72, 200)]);
        Assert.IsType<PrintOutcome.Printed>(await bench.Printer.Print(Short).WaitAsync(Soon));
        Assert.Contains("OK", Encoding.Latin1.GetString(pty.All), StringComparison.Ordinal);
        Assert.True(asked >= 8);
    }

    [PtyFact]
    public async Task Printer_ThatFallsSilentBehindTheSlip_IsUnconfirmed()
    {
        var (heard, answered) = (new List<byte>(), 0);
        using var pty = new Pty((device, bytes) =>
        {
            // In whatever pieces it comes.
            foreach (var one in bytes)
            {
                heard.Add(one);
                if (heard is [.., 0x10, 0x04, _] && !Encoding.Latin1.GetString([.. heard]).Contains("OK", StringComparison.Ordinal))
                {
                    answered++;
                    device.Say(0x12);
                }
            }
        });
        // What is answered at all is answered soon; the last question waits the whole time for nothing.
        using var bench = new SerialBench(pty.Port, SerialBench.Profile("printer", "columns=32 status=yes answer=5000"));
        await bench.Shows(DeviceStatus.Ready);
        Assert.IsType<PrintOutcome.Unconfirmed>(await bench.Printer.Print(Short).WaitAsync(Soon));
        Assert.True(answered > 0);
    }

    [PtyFact]
    public async Task Terminal_NoiseBetweenAndAnAnswerThatDribbles_IsUnderstood()
    {
        var format = TerminalFormat.Of(SerialBench.Profile("terminal", Terminal).Options);
        var framing = new TerminalFraming(format);
        using var pty = new Pty((device, bytes) =>
        {
            framing.Add(bytes);
            while (framing.Next() is { } frame)
            {
                if (frame.Kind != FrameKind.Frame)
                {
                    continue;
                }
                // Noise without an STX, the acknowledgement, noise, and the answer byte by byte.
                device.Say(0xFF, 0x31, 0x00, 0x7F);
                device.Say(TerminalFormat.Ack);
                device.Say(0x99, 0x03);
                foreach (var one in format.Encode("00 APPROVED"u8))
                {
                    device.Say(one);
                }
            }
        });
        using var bench = new SerialBench(pty.Port, SerialBench.Profile("terminal", Terminal));
        await bench.Shows(DeviceStatus.Ready);
        var outcome = await bench.Terminal.Ask("PAY 12.00"u8.ToArray()).WaitAsync(Soon);
        Assert.Equal("00 APPROVED"u8.ToArray(), Assert.IsType<TerminalOutcome.Answered>(outcome).Data);
    }

    [PtyFact]
    public async Task Terminal_NoiseUnasked_IsNoAnswerToTheNextQuestion()
    {
        var format = TerminalFormat.Of(SerialBench.Profile("terminal", Terminal).Options);
        var framing = new TerminalFraming(format);
        using var pty = new Pty((device, bytes) =>
        {
            framing.Add(bytes);
            while (framing.Next() is { } frame)
            {
                if (frame.Kind == FrameKind.Frame)
                {
                    device.Say([TerminalFormat.Ack, .. format.Encode("00 MINE"u8)]);
                }
            }
        });
        using var bench = new SerialBench(pty.Port, SerialBench.Profile("terminal", Terminal));
        await bench.Shows(DeviceStatus.Ready);
        // An answer that nobody asked for: of somebody's payment before.
        pty.Say([.. format.Encode("00 ANOTHER"u8)]);
        Assert.Equal("00 MINE"u8.ToArray(), Assert.IsType<TerminalOutcome.Answered>(await bench.Terminal.Ask("PAY"u8.ToArray()).WaitAsync(Soon)).Data);
    }

    [PtyFact]
    public async Task Display_ThatSpeaksNoise_IsNotListenedToAndShows()
    {
        using var pty = new Pty((_, _) => { });
        using var bench = new SerialBench(pty.Port, "display-20x2-gbk");
        await bench.Shows(DeviceStatus.Unanswered);
        pty.Say([.. Enumerable.Range(0, 300).Select(each => (byte)(each & 0xFF))]);
        bench.Devices.Displays.Single().Show("应付 53.25");
        byte[] shown = [0x0C, 0xD3, 0xA6, 0xB8, 0xB6, .. " 53.25"u8];
        await SerialBench.Until(() => pty.All.SequenceEqual(shown), () => Convert.ToHexString(pty.All));
    }

    [PtyFact]
    public async Task Scanner_SilenceAndCorruptTexts_GiveNoScanAndNoFault()
    {
        using var pty = new Pty((_, _) => { });
        using var bench = new SerialBench(pty.Port, SerialBench.Profile("scanner", "prefix=02 suffix=03 most=16 idle=200"));
        await bench.Shows(DeviceStatus.Ready);
        Assert.Null(await bench.Devices.Scans.After(0, null, TimeSpan.FromMilliseconds(50), CancellationToken.None));
        // Without its beginning, with a control character, too long: none is a text.
        pty.Say("A1\u0003"u8.ToArray());
        pty.Say(0x02, 0x41, 0x00, 0x03);
        pty.Say([0x02, .. Enumerable.Repeat((byte)'7', 40), 0x03]);
        await bench.Shows(DeviceStatus.Ready, DeviceErrorCode.DeviceGarbled);
        pty.Say([0x02, .. "GOOD-1"u8, 0x03]);
        Assert.Equal((1, "GOOD-1"), await bench.Devices.Scans.After(0, null, Soon, CancellationToken.None) is { } scan ? ((int)scan.Number, scan.Text) : default);
    }

    [Theory]
    [InlineData(0x12, 0x12, 0x12, null)]
    [InlineData(0x12, 0x12, 0x72, DeviceErrorCode.PaperOut)]
    [InlineData(0x12, 0x12, 0x1E, null)] // near its end: it still prints
    [InlineData(0x32, 0x12, 0x12, DeviceErrorCode.PaperOut)]
    [InlineData(0x36, 0x12, 0x12, DeviceErrorCode.PaperOut)] // open too: paper is said first
    [InlineData(0x16, 0x12, 0x12, DeviceErrorCode.CoverOpen)]
    [InlineData(0x12, 0x1A, 0x12, DeviceErrorCode.PrinterFailed)] // cutter
    [InlineData(0x12, 0x32, 0x12, DeviceErrorCode.PrinterFailed)] // not to be recovered
    [InlineData(0x12, 0x52, 0x12, DeviceErrorCode.PrinterFailed)] // head too hot
    [InlineData(null, null, null, null)]
    [InlineData(null, 0x52, null, DeviceErrorCode.PrinterFailed)]
    public void PrinterStatus_Bytes_SayWhatIsWrong(int? offline, int? fault, int? paper, DeviceErrorCode? error) =>
        Assert.Equal(error, PrinterStatus.Error((byte?)offline, (byte?)fault, (byte?)paper)?.Code);

    [Fact]
    public void PrinterStatus_EveryByte_IsAStatusByItsFourFixedBitsAlone() =>
        Assert.Equal(16, Enumerable.Range(0, 256).Count(one => PrinterStatus.Is((byte)one)));

    /// <summary>The profiles are data: each that we ship frames and takes apart what it framed, in pieces of every size.</summary>
    [Fact]
    public void Profiles_Shipped_FrameAndTakeApart()
    {
        var draw = new SeededEntropy(17);
        foreach (var profile in SerialProfiles.BuiltIn)
        {
            for (var piece = 1; piece <= 7; piece++)
            {
                switch (profile.Kind)
                {
                    case "terminal":
                        var format = TerminalFormat.Of(profile.Options);
                        var data = new byte[40];
                        draw.Fill(data);
                        data = [.. data.Select(one => (byte)(0x20 + (one % 0x5F)))];
                        var framing = new TerminalFraming(format);
                        foreach (var chunk in format.Encode(data).Chunk(piece))
                        {
                            framing.Add(chunk);
                        }
                        Assert.Equal(data, framing.Next()?.Data);
                        break;
                    case "scanner":
                        var text = TextFormat.Of(profile.Options);
                        var texts = new TextFraming(text);
                        byte[] sent = [.. text.Prefix, .. "EHB:K-7"u8, .. text.Suffix];
                        Assert.Equal(["EHB:K-7"], [.. sent.Chunk(piece).SelectMany(chunk => texts.Add(chunk)), .. texts.Pause()]);
                        break;
                    case "printer":
                        Assert.NotEmpty(EscPos.Encode(Short, PrinterFormat.Of(profile.Options)));
                        break;
                    default:
                        Assert.NotEmpty(DisplayFormat.Of(profile.Options).Encode(["12.00"]));
                        break;
                }
            }
        }
    }

    [Fact]
    public void Profiles_OfTheSite_StandBeforeOurs()
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, "profile,kind,baud,data_bits,parity,stop_bits,flow,options\nescpos-58,printer,2400,8,none,1,none,columns=24\nmine,scanner,9600,8,none,1,none,suffix=0D\n");
            var settings = new Dictionary<string, string?>
            {
                ["State"] = "/tmp/x", ["Devices:Serial:Profiles"] = file, ["Devices:Serial:0:Port"] = "COM1", ["Devices:Serial:0:Profile"] = "escpos-58",
                ["Devices:Serial:1:Port"] = "COM2", ["Devices:Serial:1:Profile"] = "mine",
            };
            Assert.Equal([2400, 9600], Of(settings).Serial.Select(each => each.Profile.Settings.Baud));
            File.WriteAllText(file, "profile,kind,baud,data_bits,parity,stop_bits,flow,options\nx,printer,2401,8,none,1,none,\n");
            Assert.Contains("line 2 baud", Assert.Throws<ArgumentException>(() => Of(settings)).Message, StringComparison.Ordinal);
            settings["Devices:Serial:Profiles"] = file + ".gone";
            Assert.Contains("Devices:Serial:Profiles", Assert.Throws<ArgumentException>(() => Of(settings)).Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }

        static DeviceOptions Of(Dictionary<string, string?> settings) =>
            EdgeHub.Agent.AgentOptions.Of(Microsoft.Extensions.Configuration.MemoryConfigurationBuilderExtensions.AddInMemoryCollection(new Microsoft.Extensions.Configuration.ConfigurationBuilder(), settings).Build()).Devices;
    }
}
