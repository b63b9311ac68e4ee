using EdgeHub.Rules.Ids;
using FsCheck;
using FsCheck.Fluent;

namespace EdgeHub.Tests.Unit.Rules.Ids;

/// <summary>What holds for every id: a made number parses and formats back; one changed character is always seen; two
/// neighbours changed over are seen, but for Luhn's 09 and 90.</summary>
public sealed class IdProperties
{
    private static readonly Gen<DateOnly> Births =
        from day in Gen.Choose(0, 27_000)
        select new DateOnly(1951, 1, 1).AddDays(day);

    private static readonly Gen<string> ChineseIds =
        from area in Gen.Elements("530924", "110101", "990000", "340524")
        from birth in Births
        from serial in Gen.Choose(0, ChineseId.LargestSerial)
        select ChineseId.Of(AreaCode.Parse(area, "area"), birth, serial).Format();

    private static readonly Gen<string> CreditCodes =
        from letters in Gen.Elements("0123456789ABCDEFGHJKLMNPQRTUWXY".ToCharArray()).ArrayOf(9)
        select UnifiedSocialCreditCode.Of("91530924" + new string(letters)).Format();

    private static readonly Gen<string> Personnummers =
        from birth in Births
        from serial in Gen.Choose(0, Personnummer.LargestSerial)
        from coordination in Gen.Elements(true, false)
        select Personnummer.Of(birth, serial, coordination).Format();

    private static readonly Gen<string> NhsNumbers =
        from nine in Gen.Choose(1, 999_999_999)
        let number = NhsNumber.Of(nine)
        where number is not null
        select number.Value.Digits;

    [Fact]
    public void Made_EachKind_ParsesAndFormatsBack()
    {
        foreach (var (kind, numbers, _) in Kinds())
        {
            Check(numbers, text => CheckDigitTests.Read(kind, text) == (text, null));
        }
    }

    [Fact]
    public void Changed_AnySingleCharacter_IsRefused()
    {
        foreach (var (kind, numbers, others) in Kinds())
        {
            Check(
                from text in numbers from place in Gen.Choose(FirstChecked(kind), text.Length - 1) from other in Gen.Elements(others.ToCharArray()) where other != text[place] select Replaced(text, place, other),
                text => CheckDigitTests.Read(kind, text).Stored is null);
        }
    }

    [Fact]
    public void Changed_TwoNeighboursSwapped_AreRefusedButLuhnsPair()
    {
        foreach (var (kind, numbers, _) in Kinds())
        {
            Check(
                from text in numbers
                from place in Gen.Choose(FirstChecked(kind), text.Length - 2)
                let pair = text.Substring(place, 2)
                where pair[0] != pair[1] && !(kind == "Personnummer" && pair is "09" or "90")
                select Replaced(Replaced(text, place, pair[1]), place + 1, pair[0]),
                text => CheckDigitTests.Read(kind, text).Stored is null);
        }
    }

    [Fact]
    public void Personnummer_Made_ShortFormParsesBack() => Check(
        from birth in Gen.Choose(0, 2 * 36_525).Select(day => new DateOnly(1850, 1, 1).AddDays(day).AddDays(-100))
        from serial in Gen.Choose(0, 999)
        from later in Gen.Choose(0, 36_000)
        select (Id: Personnummer.Of(birth, serial), On: birth.AddDays(later)),
        made => Personnummer.Parse(made.Id.Short(made.On), made.On, "id") == made.Id);

    [Fact]
    public void ChineseId_Made_HoldsItsParts() => Check(
        from birth in Births from serial in Gen.Choose(0, 999) select (Birth: birth, Serial: serial),
        made =>
        {
            var id = ChineseId.Of(AreaCode.Sample, made.Birth, made.Serial);
            return id.Birth == made.Birth && id.IsMale == (made.Serial % 2 == 1) && id.Area == AreaCode.Sample;
        });

    /// <summary>The century of a personnummer is outside of its check digit.</summary>
    private static int FirstChecked(string kind) => kind == "Personnummer" ? 2 : 0;

    private static (string Kind, Gen<string> Numbers, string Others)[] Kinds() =>
    [
        ("ChineseId", ChineseIds, "0123456789X"),
        ("UnifiedSocialCreditCode", CreditCodes, "0123456789ABCDEFGHJKLMNPQRTUWXY"),
        ("Personnummer", Personnummers, "0123456789"),
        ("NhsNumber", NhsNumbers, "0123456789"),
    ];

    private static string Replaced(string text, int place, char other) => string.Concat(text.AsSpan(0, place), [other], text.AsSpan(place + 1));

    private static void Check<T>(Gen<T> cases, Func<T, bool> holds) =>
        Prop.ForAll(cases.ToArbitrary(), holds).Check(Config.QuickThrowOnFailure.WithMaxTest(500));
}
