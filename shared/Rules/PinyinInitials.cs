using System.Text;

namespace EdgeHub.Rules;

/// <summary>The first letter of each character's pinyin, by which staff search: 阿莫西林 gives "amxl". The common characters
/// (GB 2312, level 1) are ordered by sound in code page 936, so 23 borders suffice; a list holds the rarer ones that names of drugs and of diagnoses
/// (all 2,249 of the national ICD-10 list) use, and those that are read otherwise there.
/// Letters and digits stand for themselves, everything else is left out.</summary>
public static class PinyinInitials
{
    private const int Level1First = 0xB0A1;
    private const int Level1Last = 0xD7F9;
    private const int FirstColumn = 0xA1;
    private const string Letters = "abcdefghjklmnopqrstwxyz";

    private static readonly int[] Borders =
    [
        0xB0A1, 0xB0C5, 0xB2C1, 0xB4EE, 0xB6EA, 0xB7A2, 0xB8C1, 0xB9FE, 0xBBF7, 0xBFA6, 0xC0AC, 0xC2E8,
        0xC4C3, 0xC5B6, 0xC5BE, 0xC6DA, 0xC8BB, 0xC8F6, 0xCBFA, 0xCDDA, 0xCEF4, 0xD1B9, 0xD4D1,
    ];

    /// <summary>Characters outside level 1, and level 1 characters that these names read otherwise, under their letter.</summary>
    private static readonly (char Letter, string Characters)[] Rare =
    [
        ('a', "铵吖桉螯嗳"), ('b', "孢吡苄铋葆槟檗荜萆瘢髌贲卟杓襞跛瘭坂鬓匕"), ('c', "苁蟾豉痤猝杵槌杈毳刍恻"), ('d', "啶哚酊菪锝黛氘癫甙窦骶疸癜镫耵哒喋"),
        ('e', "蒽莪噁腭颚鳄呃"), ('f', "呋蝮砜茯腓跗痱匐芙"), ('g', "苷胍胱钆钴酐睾呱鲑锆肱膈腘骼佝疳绀镉橄蚣"), ('h', "琥蒿藿斛荟癀茴颌踝骺寰喙颔鼾"),
        ('j', "枸橘肼槿蚧蒺菁蠲腱胫睑胛厥疖拮嵴皲痂腈"), ('k', "喹醌蔻匮莰髋髁颏瞌"), ('l', "膦苓莨榈呤啉癃榄锂藜蒌瘰疬镧蓼痨苈瘘偻蛉螂啰蠊濑蛎"),
        ('m', "嘧咪蝥礞脒朦螨钼矇踇湄扪莓蹒昴"), ('n', "萘脲黏喃拗颞搦胬聍蛲讷"), ('p', "哌泮珀枇杷嘌癖蒎疱胼袢蜱蹼铍匍"), ('q', "嗪芪羟祛芩巯杞茜荞祺髂憩穹蜣槭鲭"),
        ('r', "鞣薷桡朊"), ('s', "噻麝羧鲨锶痧疝瘙跚嗦螫"), ('t', "肽葶萜佗滕骰羰铊豚"), ('w', "肟尪痿汶鹉蜈"), ('x', "溴酰芎缬逍痫莶豨薢荨藓蕈蜥霰渲"),
        ('y', "瘀吲橼茚芸罂蓣蚓瘿翳龈疣蚴瘾癔恙鹦铟莠蜴蚰魇"), ('z', "唑酯栀蛭枳腙芷甾䓬癥䗪痣跖谵眦胝褶潴侏蜇蟑"),
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
        // Code page 936 has rarer characters between, in no order of sound: their second byte is lower.
        if (code is < Level1First or > Level1Last || bytes[1] < FirstColumn)
        {
            return null;
        }
        var at = Array.BinarySearch(Borders, code);
        return Letters[at >= 0 ? at : ~at - 1];
    }
}
