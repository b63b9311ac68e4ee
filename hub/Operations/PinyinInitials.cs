using System.Text;

namespace EdgeHub.Hub.Operations;

/// <summary>The first letter of each character's pinyin, by which staff search: 阿莫西林 gives "amxl". The common characters
/// (GB 2312, level 1) are ordered by sound in code page 936, so 23 borders suffice; a short list holds the rarer ones of drug names.
/// Letters and digits stand for themselves, everything else is left out.</summary>
public static class PinyinInitials
{
    private const int Level1First = 0xB0A1;
    private const int Level1Last = 0xD7F9;
    private const string Letters = "abcdefghjklmnopqrstwxyz";

    private static readonly int[] Borders =
    [
        0xB0A1, 0xB0C5, 0xB2C1, 0xB4EE, 0xB6EA, 0xB7A2, 0xB8C1, 0xB9FE, 0xBBF7, 0xBFA6, 0xC0AC, 0xC2E8,
        0xC4C3, 0xC5B6, 0xC5BE, 0xC6DA, 0xC8BB, 0xC8F6, 0xCBFA, 0xCDDA, 0xCEF4, 0xD1B9, 0xD4D1,
    ];

    /// <summary>Characters outside level 1, and level 1 characters that drug names read otherwise, under their letter.</summary>
    private static readonly (char Letter, string Characters)[] Rare =
    [
        ('a', "铵吖桉"), ('b', "孢吡苄铋葆槟檗荜萆"), ('c', "苁蟾豉"), ('d', "啶哚酊菪锝黛氘癫甙窦"), ('e', "蒽莪噁"),
        ('f', "呋蝮砜茯"), ('g', "苷胍胱钆钴酐睾呱鲑锆"), ('h', "琥蒿藿斛荟癀茴"), ('j', "枸橘肼槿蚧蒺菁蠲"), ('k', "喹醌蔻匮莰"),
        ('l', "膦苓莨榈呤啉癃榄锂藜蒌瘰疬镧蓼痨苈"), ('m', "嘧咪蝥礞脒朦"), ('n', "萘脲黏喃拗"), ('p', "哌泮珀枇杷嘌癖蒎"),
        ('q', "嗪芪羟祛芩巯杞茜荞祺"), ('r', "鞣薷"), ('s', "噻麝羧鲨锶痧"), ('t', "肽葶萜佗"), ('w', "肟尪"),
        ('x', "溴酰芎缬逍痫莶豨薢"), ('y', "瘀吲橼茚芸罂蓣蚓瘿翳龈"), ('z', "唑酯栀蛭枳腙芷甾䓬癥䗪"),
    ];

    private static readonly Encoding CodePage936 = CodePagesEncodingProvider.Instance.GetEncoding(936)
        ?? throw new InvalidOperationException("Code page 936 is part of the runtime.");

    private static readonly Dictionary<char, char> RareLetters =
        Rare.SelectMany(group => group.Characters.Select(character => (character, group.Letter))).ToDictionary();

    public static string Of(string name)
    {
        var initials = new StringBuilder(name.Length);
        foreach (var character in name)
        {
            if (char.IsAsciiLetterOrDigit(character))
            {
                initials.Append(char.ToLowerInvariant(character));
            }
            else if (RareLetters.TryGetValue(character, out var rare))
            {
                initials.Append(rare);
            }
            else if (Level1Letter(character) is { } letter)
            {
                initials.Append(letter);
            }
        }
        return initials.ToString();
    }

    private static char? Level1Letter(char character)
    {
        Span<byte> bytes = stackalloc byte[4];
        if (CodePage936.GetBytes([character], bytes) != 2)
        {
            return null;
        }
        var code = (bytes[0] << 8) | bytes[1];
        if (code is < Level1First or > Level1Last)
        {
            return null;
        }
        var at = Array.BinarySearch(Borders, code);
        return Letters[at >= 0 ? at : ~at - 1];
    }
}
