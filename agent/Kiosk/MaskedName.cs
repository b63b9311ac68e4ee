using System.Globalization;

namespace EdgeHub.Agent.Kiosk;

/// <summary>A name as a screen in a waiting room may show it: the family name, the rest masked.</summary>
public static class MaskedName
{
    private const string Mask = "＊";

    /// <summary>Family names of two characters that are not rare.</summary>
    private static readonly string[] TwoCharacters =
        ["欧阳", "司马", "上官", "诸葛", "东方", "皇甫", "尉迟", "公孙", "慕容", "令狐", "宇文", "长孙", "司徒", "夏侯", "端木", "南宫"];

    /// <summary>王＊＊, 欧阳＊, ＊ Svensson. Blank: no name is known.</summary>
    public static string Of(string name)
    {
        var plain = name.Trim();
        if (plain.Length == 0)
        {
            return "";
        }
        if (plain[0] < '\u2e80')
        {
            var family = plain.LastIndexOf(' ') is > 0 and var space ? plain[(space + 1)..] : plain;
            return $"{Mask} {family}";
        }
        var characters = new StringInfo(plain);
        var length = TwoCharacters.Any(each => plain.StartsWith(each, StringComparison.Ordinal) && plain.Length > each.Length) ? 2 : 1;
        return characters.SubstringByTextElements(0, length) + string.Concat(Enumerable.Repeat(Mask, Math.Clamp(characters.LengthInTextElements - length, 1, 4)));
    }
}
