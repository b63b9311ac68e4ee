using System.Text;
using EdgeHub.Agent.Devices;
using EdgeHub.Agent.Devices.Serial;
using EdgeHub.Sync.Seams;
using EdgeHub.Tests.Unit.Agent.Kit;

namespace EdgeHub.Tests.Unit.Devices;

/// <summary>Scanners: framing by suffix, prefix or pause, with noise, dribble, pieces and silence.</summary>
public sealed class ScannerTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(60);

    private static TextFormat Format(string options) => TextFormat.Of(SerialBench.Profile("scanner", options).Options);

    [Theory]
    [InlineData("suffix=0D", "A1\rB2\r", "A1|B2", 0)]
    [InlineData("suffix=0A", "A1\r\nB2\n", "B2", 1)] // CR before LF: a control character in the text
    [InlineData("suffix=0D", "A1\r\nB2\r\n", "A1", 1)] // set to CR while the device sends CR LF
    [InlineData("suffix=0D0A", "A1\r\nB2\r\n", "A1|B2", 0)]
    [InlineData("suffix=0D0A", "A\r1\r\n", "", 1)]
    [InlineData("prefix=02 suffix=03", "noise\u0002A1\u0003\u0002B2\u0003", "A1|B2", 1)]
    [InlineData("prefix=02 suffix=03", "\u0002A1\u0002B2\u0003", "B2", 1)] // the end of the first is lost
    [InlineData("prefix=02 suffix=03", "A1\u0003\u0002B2\u0003", "B2", 1)]
    [InlineData("suffix=0D most=4", "12345\r1234\r", "1234", 1)]
    [InlineData("suffix=0D most=4", "123456789012345\r1234\r", "1234", 1)]
    [InlineData("prefix=02 suffix=03 most=4", "\u0002123456789\u00021234\u0003", "1234", 1)]
    [InlineData("suffix=0D", "\r\r\r", "", 0)]
    [InlineData("suffix=0D", "姓名\r", "姓名", 0)]
    public void Add_WholeOrInSingleBytes_GivesTheSame(string options, string sent, string texts, int dropped)
    {
        var bytes = Encoding.UTF8.GetBytes(sent);
        var (whole, single) = (new TextFraming(Format(options)), new TextFraming(Format(options)));
        Assert.Equal(texts, string.Join('|', whole.Add(bytes)));
        Assert.Equal(texts, string.Join('|', bytes.SelectMany(one => single.Add([one]))));
        Assert.Equal((dropped, dropped), (whole.Dropped, single.Dropped));
    }

    [Fact]
    public void Pause_EndsATextOrDropsAPiece()
    {
        var idle = new TextFraming(Format("most=8"));
        Assert.Empty(idle.Add("A1"u8));
        Assert.Equal(["A1"], idle.Pause());
        var suffix = new TextFraming(Format("suffix=0D"));
        suffix.Add("A1"u8);
        Assert.Empty(suffix.Pause());
        Assert.Equal((1, 0), (suffix.Dropped, suffix.Held));
        Assert.Equal(["B2"], suffix.Add("B2\r"u8));
    }

    [Theory]
    [InlineData("D5C5C8FD", "张三")] // GBK
    [InlineData("E5BCA0", "张")] // UTF-8
    [InlineData("FF", null)]
    [InlineData("0041", null)]
    [InlineData("2020", null)]
    public void Read_Text_IsUtf8OrGbkOrNone(string hex, string? text) => Assert.Equal(text, TextFraming.Read(Convert.FromHexString(hex)));

    [Theory]
    [InlineData("suffix=0D most=16")]
    [InlineData("prefix=02 suffix=03 most=16")]
    [InlineData("suffix=0D0A most=16")]
    [InlineData("most=16")]
    public void Add_Noise_NeverGrowsAndATextBehindItIsFound(string options)
    {
        var format = Format(options);
        var draw = new SeededEntropy(7);
        var noise = new byte[37];
        for (var run = 0; run < 2_000; run++)
        {
            var framing = new TextFraming(format);
            for (var piece = 0; piece < 8; piece++)
            {
                draw.Fill(noise);
                Assert.All(framing.Add(noise.AsSpan(0, noise[0] % 37)), text => Assert.InRange(text.Length, 1, 16));
                Assert.InRange(framing.Held, 0, 16 + 4);
            }
            framing.Pause();
            Assert.Equal(["CODE-7"], [.. framing.Add([.. format.Prefix, .. "CODE-7"u8, .. format.Suffix]), .. framing.Pause()]);
        }
    }

    [PtyFact]
    public async Task Scanner_DribbleNoiseAndSilence_OnARealLine()
    {
        using var pty = new Pty((_, _) => { });
        // A pause that no machine makes by itself between two bytes of a dribble.
        using (var patient = new SerialBench(pty.Port, SerialBench.Profile("scanner", "suffix=0D most=32 idle=5000")))
        {
            await patient.Shows(DeviceStatus.Ready);
            foreach (var one in "YB-20250312-0007\r"u8.ToArray())
            {
                pty.Say(one);
                await Task.Delay(3);
            }
            Assert.Equal("YB-20250312-0007", (await patient.Devices.Scans.After(0, "device", Soon, CancellationToken.None))?.Text);
        }
        using var bench = new SerialBench(pty.Port, SerialBench.Profile("scanner", "suffix=0D most=32 idle=300"));
        await bench.Shows(DeviceStatus.Ready);
        pty.Say("half a co"u8.ToArray());
        await bench.Shows(DeviceStatus.Ready, DeviceErrorCode.DeviceGarbled);
        pty.Say("B-2\r"u8.ToArray());
        Assert.Equal("B-2", (await bench.Devices.Scans.After(0, null, Soon, CancellationToken.None))?.Text);
        await bench.Shows(DeviceStatus.Ready);
    }

    [Fact]
    public async Task Scans_OldOnes_AreForgottenAndNeverPrinted()
    {
        var clock = new SetClock(Station.Morning);
        var scans = new Scans(clock);
        for (var i = 0; i < Scans.Most + 5; i++)
        {
            scans.Add("s", $"text {i}");
        }
        Assert.Equal(6, (await scans.After(0, null, TimeSpan.Zero, CancellationToken.None))?.Number);
        Assert.Null(await scans.After(0, "another", TimeSpan.Zero, CancellationToken.None));
        clock.Advance(Scans.Kept + TimeSpan.FromSeconds(1));
        Assert.Null(await scans.After(0, null, TimeSpan.Zero, CancellationToken.None));
        Assert.DoesNotContain("text", new Scan(1, "s", "text 1", clock.GetUtcNow()).ToString(), StringComparison.Ordinal);
    }
}
