using EdgeHub.Rules;
using EdgeHub.Tests.Unit.Rules.Ids;
using FsCheck;
using FsCheck.Fluent;

namespace EdgeHub.Tests.Unit.Rules;

/// <summary>Whatever comes in, a Parse gives a value or one fault that names its field: nothing else is ever thrown, and a text of
/// any length is answered at once.</summary>
public sealed class ParseFuzzTests
{
    private const int VeryLong = 2_000_000;

    private static readonly string[] Seeds =
    [
        "", " ", "0", "-1", "12.34", "0.6", "CNY", "34052419800101001X", "91110000600037341L", "800101-8129", "198001018129",
        "9434765870", "943 476 5870", "530924", "530924100001", "5309241000012", "2025-03-12", "１２３４５６", "\uD800", "\uFEFF", "\0", "x\u0301",
    ];

    private static readonly string Alphabet = "0123456789.-+,; \"\r\n\t\0XxABCäö中１٣\uD83D\uDE00\uFEFF\u200B{}/";

    private static readonly Gen<string> Anything = Gen.OneOf(
        Gen.Elements(Seeds),
        Gen.Elements(Alphabet.ToCharArray()).ArrayOf().Select(letters => new string(letters)),
        from seed in Gen.Elements(Seeds)
        from place in Gen.Choose(0, 20)
        from other in Gen.Elements(Alphabet.ToCharArray())
        from insert in Gen.Elements(true, false)
        select Mutated(seed, place, other, insert));

    public static TheoryData<string> Parsers() => [.. All.Keys];

    private static readonly Dictionary<string, Func<string?, object?>> All = new(StringComparer.Ordinal)
    {
        ["Money"] = text => Money.Parse(text, Currency.Cny, "number"),
        ["Rate"] = text => Rate.ParseShare(text, "number"),
        ["Currency"] = text => Currency.Parse(text),
        ["ChineseId"] = text => Id("ChineseId", text),
        ["UnifiedSocialCreditCode"] = text => Id("UnifiedSocialCreditCode", text),
        ["Personnummer"] = text => Id("Personnummer", text),
        ["NhsNumber"] = text => Id("NhsNumber", text),
        ["InstitutionCode"] = text => Id("InstitutionCode", text),
        ["AreaCode"] = text => Id("AreaCode", text),
        ["PersonNo"] = text => Id("PersonNo", text),
    };

    [Theory]
    [MemberData(nameof(Parsers))]
    public void Parse_Anything_GivesAValueOrOneFault(string parser) =>
        Check(Anything, text => Parsed(parser, text));

    [Theory]
    [MemberData(nameof(Parsers))]
    public void Parse_NullAndVeryLong_AreRefusedAtOnce(string parser)
    {
        Assert.Throws<FaultException>(() => All[parser](null));
        foreach (var letter in "0.-X９\0 ")
        {
            var fault = Assert.Throws<FaultException>(() => All[parser](new string(letter, VeryLong))).Fault;
            Assert.True(fault.ShownValue.Length <= Fault.MaxShownCharacters + 1);
            Assert.True(fault.ToString().Length < 400);
        }
    }

    [Fact]
    public void CsvText_Anything_GivesATableOrOneFault() => Check(Anything.ArrayOf().Select(parts => string.Concat(parts)), text =>
    {
        try
        {
            var table = CsvText.Parse("t.csv", text);
            return table.Rows.All(row => table.Columns.All(column => row[column].Length <= CsvText.MaxFieldCharacters));
        }
        catch (FaultException e)
        {
            return e.Fault.Field.StartsWith("t.csv", StringComparison.Ordinal) && Texts.All.ContainsKey(e.Fault.Code);
        }
    });

    /// <summary>What is written with every field quoted reads back as it was.</summary>
    [Fact]
    public void CsvText_Quoted_ReadsBackAsWritten()
    {
        var field = Anything.Where(text => !text.Contains('\0', StringComparison.Ordinal));
        var cases =
            from columns in Gen.Choose(1, 4)
            from rows in field.ArrayOf(columns).ArrayOf()
            from end in Gen.Elements("\n", "\r\n")
            select (Columns: columns, Rows: rows, End: end);
        Check(cases, each =>
        {
            string[] header = [.. Enumerable.Range(0, each.Columns).Select(i => "c" + i)];
            var text = string.Concat(each.Rows.Prepend(header).Select(row => string.Join(',', row.Select(Quoted)) + each.End));
            var table = CsvText.Parse("t.csv", text, header);
            return table.Rows.Count == each.Rows.Length
                && table.Rows.Zip(each.Rows).All(pair => header.Zip(pair.Second).All(cell => pair.First[cell.First] == cell.Second));
        });
    }

    [Fact]
    public void Accepted_AnyHeader_IsOneOfOurLanguages() => Check(Anything, text => Languages.All.Contains(Languages.Accepted(text)));

    [Fact]
    public void Say_AnyFault_LeavesNothingUnfilled() => Check(
        from code in Gen.Elements(Texts.All.Keys.ToArray()) from value in Anything from language in Gen.Elements("zh-CN", "sv-SE", "en-GB", "xx", "") select (code, value, language),
        each => Texts.For(each.code).Say(each.language, new Fault(each.code, "field", each.value, each.value)).Length > 0);

    private static bool Parsed(string parser, string text)
    {
        try
        {
            return All[parser](text) is not null;
        }
        catch (FaultException e)
        {
            return e.Fault.Field is "number" or "currency" && e.Fault.Value == text && Texts.All.ContainsKey(e.Fault.Code)
                && Expectations.Phrases.Contains(e.Fault.Expected);
        }
    }

    private static object? Id(string kind, string? text)
    {
        var (stored, fault) = CheckDigitTests.Read(kind, text);
        Assert.True(stored is null == fault is not null);
        return fault is null ? stored : throw new FaultException(fault);
    }

    private static string Mutated(string seed, int place, char other, bool insert)
    {
        place = Math.Min(place, seed.Length);
        return string.Concat(seed.AsSpan(0, place), [other], seed.AsSpan(insert || place == seed.Length ? place : place + 1));
    }

    private static string Quoted(string field) => "\"" + field.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";

    private static void Check<T>(Gen<T> cases, Func<T, bool> holds) =>
        Prop.ForAll(cases.ToArbitrary(), holds).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));
}
