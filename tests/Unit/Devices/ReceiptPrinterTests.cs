using System.Text;
using EdgeHub.Agent.Devices;
using EdgeHub.Agent.Devices.Serial;
using EdgeHub.Rules;

namespace EdgeHub.Tests.Unit.Devices;

/// <summary>Receipt printers: the bytes of a slip, and a printer at the other end of a real line with its states.</summary>
public sealed class ReceiptPrinterTests
{
    private static readonly PrinterFormat Chinese = PrinterFormat.Of(SerialBench.Profile("printer", "columns=32 chinese=yes qr=yes cut=yes").Options);
    private static readonly Encoding Gbk = CodePagesEncodingProvider.Instance.GetEncoding(936)!;
    private static readonly Slip Short = new([new SlipPart.Line("OK")]);

    private static readonly ReceiptFacts Facts = new(
        "镇康县样本村卫生室", "530924100001-1-000007", new DateOnly(2025, 3, 12), "样*", "CNY", [("甲类药", 100_00), ("A drug with a name that is longer than the paper is wide", 1_234_56)],
        1_334_56, 600_00, 0, 0, 12_00, 722_56, false, "EH-7");

    private static string Ascii(byte[] bytes) => Encoding.Latin1.GetString(bytes);

    private static readonly SerialProfile Answering = SerialBench.Profile("printer", "columns=32 chinese=yes qr=yes status=yes answer=5000");
    private static readonly SerialProfile Silent = SerialBench.Profile("printer", "columns=32 chinese=yes qr=yes status=yes answer=60");

    /// <summary>A printer that answers questions for its status with these bytes; null: it never answers.</summary>
    private static Pty Device(Func<byte, byte?> answers) => new((device, bytes) =>
    {
        for (var i = 0; i + 2 < bytes.Length; i++)
        {
            if (bytes[i] == 0x10 && bytes[i + 1] == 0x04 && answers(bytes[i + 2]) is { } answer)
            {
                device.Say(answer);
            }
        }
    });

    [Fact]
    public void Encode_Receipt_HasChineseInItsModeAndIsCut()
    {
        var bytes = EscPos.Encode(Slips.Receipt(Facts, Languages.Chinese), Chinese);
        var text = Ascii(bytes);
        Assert.StartsWith("\u001b@", text, StringComparison.Ordinal);
        Assert.EndsWith("\u001dVB\u0003", text, StringComparison.Ordinal);
        Assert.Contains("\u001c&" + Ascii(Gbk.GetBytes("医保结算单")) + "\u001c.", text, StringComparison.Ordinal);
        Assert.Contains("722.56 CNY", text, StringComparison.Ordinal);
        Assert.Contains("1,234.56", text, StringComparison.Ordinal);
        Assert.DoesNotContain("0.00\n", text.Replace("100.00", "", StringComparison.Ordinal).Replace("600.00", "", StringComparison.Ordinal).Replace("12.00", "", StringComparison.Ordinal), StringComparison.Ordinal);
        // QR: store 4 bytes, then print.
        Assert.Contains("\u001d(k\u0007\u00001P0EH-7", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Encode_Swedish_IsInTheCodePageAndNotInChinese()
    {
        var text = Ascii(EscPos.Encode(Slips.Queue(new QueueFacts("Vårdcentralen Älvsjö", "B 17", "4", 25, new TimeOnly(9, 5), new DateOnly(2025, 3, 12)), Languages.Swedish), Chinese));
        Assert.Contains("\u001bt\u0010", text, StringComparison.Ordinal);
        Assert.Contains("Vårdcentralen Älvsjö", text, StringComparison.Ordinal);
        Assert.DoesNotContain("\u001c&", text, StringComparison.Ordinal);
        Assert.Contains("\u001d!\u0033B 17", text, StringComparison.Ordinal);
        Assert.Contains("Väntetid (minuter)" + new string(' ', 12) + "25", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Encode_NoCutterNoQrNoChinese_LeavesThemOut()
    {
        var plain = PrinterFormat.Of(SerialBench.Profile("printer", "columns=32").Options);
        var text = Ascii(EscPos.Encode(Slips.Receipt(Facts, Languages.Chinese), plain));
        Assert.DoesNotContain("\u001d(k", text, StringComparison.Ordinal);
        Assert.DoesNotContain("\u001dV", text, StringComparison.Ordinal);
        Assert.Contains("?????", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Encode_ControlCharactersInAName_AreNoCommands()
    {
        var text = Ascii(EscPos.Encode(new Slip([new SlipPart.Line("a\u001b@b\u0010\u0004c")]), Chinese));
        Assert.Equal(0, text.IndexOf("\u001b@", StringComparison.Ordinal));
        Assert.Equal(-1, text.IndexOf("\u001b@", 1, StringComparison.Ordinal));
        Assert.Contains("a @b  c", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Encode_TooMuch_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => EscPos.Encode(new Slip([.. Enumerable.Repeat(new SlipPart.Rule(), Slip.MostParts + 1)]), Chinese));
        Assert.Throws<ArgumentException>(() => EscPos.Encode(new Slip([new SlipPart.Qr(new string('x', 513))]), Chinese));
        Assert.Throws<ArgumentException>(() => EscPos.Encode(new Slip([new SlipPart.Qr("")]), Chinese));
    }

    [Theory]
    [InlineData("one two three", 8, "one two|three")]
    [InlineData("onetwothree", 4, "onet|woth|ree")]
    [InlineData("甲乙丙丁", 5, "甲乙|丙丁")]
    [InlineData("", 5, "")]
    [InlineData("12345", 5, "12345")]
    [InlineData("12345 6", 5, "12345|6")]
    public void Fold_Text_FitsTheColumns(string text, int columns, string lines)
    {
        var folded = Slip.Fold(text, columns);
        Assert.Equal(lines, string.Join('|', folded));
        Assert.All(folded, line => Assert.InRange(Slip.Width(line), 0, columns));
    }

    [Theory]
    [InlineData("甲", "1.00", "甲   1.00")]
    [InlineData("12345", "1.00", "12345    |     1.00")]
    [InlineData("1234", "1.00", "1234 1.00")]
    [InlineData("a", "12345678901", "a        |  12345678")]
    public void Paired_NameAndAmount_TheAmountIsWholeAtTheEdge(string left, string right, string lines)
    {
        var paired = EscPos.Paired(new SlipPart.Pair(left, right), 9);
        Assert.Equal(lines.Replace(" ", "", StringComparison.Ordinal), string.Join('|', paired).Replace(" ", "", StringComparison.Ordinal));
        Assert.Equal(9, Slip.Width(paired[^1]));
    }

    [Fact]
    public void Slips_InEveryLanguage_SayTheSameSums() => Assert.All(Languages.All, language =>
    {
        var text = Ascii(EscPos.Encode(Slips.Receipt(Facts with { IsReversed = true }, language), Chinese));
        Assert.Contains("722.56 CNY", text, StringComparison.Ordinal);
        Assert.Contains("600.00", text, StringComparison.Ordinal);
    });

    [PtyFact]
    public async Task Print_PrinterThatAnswersWell_IsPrinted()
    {
        using var pty = Device(_ => 0x12);
        using var bench = new SerialBench(pty.Port, Answering);
        await bench.Shows(DeviceStatus.Ready);
        Assert.IsType<PrintOutcome.Printed>(await bench.Printer.Print(Slips.Receipt(Facts, Languages.Chinese)));
        await SerialBench.Until(() => Ascii(pty.All).Contains("722.56 CNY", StringComparison.Ordinal), () => "not printed");
        await bench.Shows(DeviceStatus.Ready);
    }

    [PtyTheory]
    [InlineData(4, 0x72, DeviceErrorCode.PaperOut)]
    [InlineData(2, 0x32, DeviceErrorCode.PaperOut)]
    [InlineData(2, 0x16, DeviceErrorCode.CoverOpen)]
    [InlineData(3, 0x1A, DeviceErrorCode.PrinterFailed)]
    public async Task Print_PrinterInTrouble_SaysWhichAndPrintsNothing(byte question, byte answer, DeviceErrorCode code)
    {
        using var pty = Device(which => which == question ? answer : (byte)0x12);
        using var bench = new SerialBench(pty.Port, Answering);
        await bench.Shows(DeviceStatus.Faulty, code);
        Assert.Equal(code, Assert.IsType<PrintOutcome.Failed>(await bench.Printer.Print(Short)).Why.Code);
        Assert.DoesNotContain("OK", Ascii(pty.All), StringComparison.Ordinal);
    }

    [PtyFact]
    public async Task Print_PaperEndsWhilePrinting_IsFailedAndReadyOnceItIsBack()
    {
        var isOut = false;
        using var pty = new Pty((device, bytes) =>
        {
            isOut |= Ascii(bytes).Contains("OK", StringComparison.Ordinal);
            for (var i = 0; i + 2 < bytes.Length; i++)
            {
                if (bytes[i] == 0x10 && bytes[i + 1] == 0x04)
                {
                    device.Say(isOut && bytes[i + 2] == 4 ? (byte)0x72 : (byte)0x12);
                }
            }
        });
        using var bench = new SerialBench(pty.Port, Answering);
        await bench.Shows(DeviceStatus.Ready);
        Assert.Equal(DeviceErrorCode.PaperOut, Assert.IsType<PrintOutcome.Failed>(await bench.Printer.Print(Short)).Why.Code);
        await bench.Shows(DeviceStatus.Faulty, DeviceErrorCode.PaperOut);
        isOut = false;
        // It is asked again from time to time, without anybody printing.
        await bench.Shows(DeviceStatus.Ready);
    }

    [PtyFact]
    public async Task Print_PrinterThatNeverAnswers_IsUnknownAndNotAFault()
    {
        using var pty = Device(_ => null);
        using var bench = new SerialBench(pty.Port, Silent);
        await bench.Shows(DeviceStatus.Unanswered);
        Assert.IsType<PrintOutcome.Unconfirmed>(await bench.Printer.Print(Short));
        await SerialBench.Until(() => Ascii(pty.All).Contains("OK", StringComparison.Ordinal), () => "not printed");
        await bench.Shows(DeviceStatus.Unanswered);
    }

    [PtyFact]
    public async Task Print_NoiseForAStatus_IsNoAnswer()
    {
        using var pty = Device(_ => 0xFF);
        using var bench = new SerialBench(pty.Port, Silent);
        await bench.Shows(DeviceStatus.Unanswered);
        Assert.IsType<PrintOutcome.Unconfirmed>(await bench.Printer.Print(Short));
    }

    [PtyFact]
    public async Task Print_NoPrinter_SaysSoAtOnceAndAgainWhenItIsPulled()
    {
        using var absent = new SerialBench("/dev/no-such-printer", "escpos-58");
        await absent.Shows(DeviceStatus.Absent, DeviceErrorCode.PortAbsent);
        Assert.Equal(DeviceErrorCode.PortAbsent, Assert.IsType<PrintOutcome.Failed>(await absent.Printer.Print(Short)).Why.Code);
        var pty = Device(_ => 0x12);
        using var bench = new SerialBench(pty.Port, Answering);
        await bench.Shows(DeviceStatus.Ready);
        pty.Unplug();
        var outcome = await bench.Printer.Print(Short);
        Assert.Contains(Assert.IsType<PrintOutcome.Failed>(outcome).Why.Code, (DeviceErrorCode[])[DeviceErrorCode.PortUnplugged, DeviceErrorCode.PortAbsent]);
    }
}
