using System.Text;

namespace EdgeHub.Tests.VirtualCard;

/// <summary>What stands on a card, and how it behaves where cards of the field differ.</summary>
public sealed record CardFacts
{
    public string Version { get; init; } = "2.00";
    public string CardNumber { get; init; } = "C00000001";
    public string IdNumber { get; init; } = "11010519491231002X";
    public string Name { get; init; } = "张三";
    public string Area { get; init; } = "530924";
    public string Issued { get; init; } = "20150501";

    /// <summary>yyyyMMdd; FFFFFFFF: it does not say.</summary>
    public string Expires { get; init; } = "20991231";
    public string Sex { get; init; } = "2";
    public string BirthDate { get; init; } = "19491231";

    /// <summary>READ RECORD by tag; a card that does not is read by number.</summary>
    public bool IsReadByTag { get; init; } = true;

    /// <summary>P1 of SELECT by file identifier: 02 on most, 00 on some.</summary>
    public byte SelectFileBy { get; init; } = 0x02;

    /// <summary>Answers to SELECT wait: 61xx, then GET RESPONSE, as with protocol T=0.</summary>
    public bool LetsAnswersWait { get; init; }

    /// <summary>SELECT of the application answers this instead; 0: well.</summary>
    public ushort SelectStatus { get; init; }
}

/// <summary>The public part of a social security card (社会保障卡), versions 1 to 3, as commands and answers: the application, EF05 and
/// EF06 with records by tag or by number, a PIN that nobody should try, and the external authentication of version 3.</summary>
public sealed class SocialSecurityCard
{
    public static readonly Encoding Gbk = CodePagesEncodingProvider.Instance.GetEncoding(936)!;
    public static readonly byte[] Application = [.. Encoding.ASCII.GetBytes("sx1.sh."), .. Gbk.GetBytes("社会保障")];
    public static readonly byte[] SampleAtr = Convert.FromHexString("3B6D000000814D2286603330350141420C");

    private const int NameBytes = 30;
    private const int ExtensionBytes = 20;
    private readonly Dictionary<ushort, List<byte[]>> _files = [];
    private readonly CardFacts _facts;
    private readonly byte[] _challenge = [1, 2, 3, 4, 5, 6, 7, 8];
    private ushort _file;
    private bool _isSelected;
    private bool _isAuthenticated;
    private byte[] _waiting = [];

    public SocialSecurityCard(CardFacts facts)
    {
        _facts = facts;
        var name = Gbk.GetBytes(facts.Name);
        _files[0xEF05] =
        [
            Record(0x01, Digits(facts.Area + "00000000001234567890123456", 16)), Record(0x02, Text("1", 1)), Record(0x03, Text(facts.Version, 4)),
            Record(0x04, Digits(facts.Area + "000000000000000000", 12)), Record(0x05, Digits(facts.Issued, 4)), Record(0x06, Digits(facts.Expires, 4)),
            Record(0x07, Text(facts.CardNumber, 9)),
        ];
        var extension = facts.Version.StartsWith('1') ? [] : (byte[][])[Record(0x4E, Padded(name.AsSpan(Math.Min(name.Length, NameBytes)).ToArray(), ExtensionBytes))];
        _files[0xEF06] =
        [
            Record(0x08, Text(facts.IdNumber, 18)), Record(0x09, Padded(name[..Math.Min(name.Length, NameBytes)], NameBytes)), .. extension,
            Record(0x0A, Text(facts.Sex, 1)), Record(0x0B, Digits("01", 1)), Record(0x0C, Digits("110105", 3)), Record(0x0D, Digits(facts.BirthDate, 4)),
        ];
    }

    /// <summary>Commands that would have cost a try of the PIN. It stays 0 with every reader that is well made.</summary>
    public int PinTries { get; private set; }

    /// <summary>Answers instead of the card where it is not null; an empty answer pulls the card.</summary>
    public Func<byte[], byte[]?>? Instead { get; set; }

    public int Commands { get; private set; }

    /// <summary>Puts other bytes into a record, as a damaged or a hostile card has them.</summary>
    public void Replace(ushort file, byte tag, byte[] record) => _files[file][_files[file].FindIndex(each => each[0] == tag)] = record;

    /// <summary>Power was off, or another program reset it.</summary>
    public void Reset() => (_file, _isSelected, _isAuthenticated, _waiting) = (0, false, false, []);

    /// <returns>The answer with its status; empty: the card is pulled.</returns>
    public byte[] Answer(byte[] command)
    {
        Commands++;
        if (Instead?.Invoke(command) is { } instead)
        {
            return instead;
        }
        if (command.Length < 4)
        {
            return Status(0x6700);
        }
        return command[1] switch
        {
            0xA4 when command[2] == 0x04 => SelectApplication(command),
            0xA4 => SelectFile(command),
            0xB2 => ReadRecord(command),
            0xC0 => Waiting(command),
            0x84 when _isSelected => [.. _challenge, 0x90, 0x00],
            0x82 when _isSelected => Authenticate(command),
            0x20 => Pin(),
            _ => Status(0x6D00),
        };
    }

    /// <summary>What answers a challenge on this sample card. A real one computes it with a key that never leaves a security module.</summary>
    public static byte[] Cryptogram(ReadOnlySpan<byte> challenge)
    {
        var answer = challenge.ToArray();
        Array.Reverse(answer);
        return answer;
    }

    private byte[] SelectApplication(byte[] command)
    {
        var isOurs = command.Length >= 5 + Application.Length && command.AsSpan(5, command[4]).SequenceEqual(Application);
        if (!isOurs || _facts.SelectStatus != 0)
        {
            return Status(isOurs ? _facts.SelectStatus : (ushort)0x6A82);
        }
        (_isSelected, _file) = (true, 0);
        byte[] control = [0x6F, (byte)(Application.Length + 2 + 4), 0x84, (byte)Application.Length, .. Application, 0x9F, 0x0C, 0x86, 0x03];
        if (!_facts.LetsAnswersWait)
        {
            return [.. control, 0x90, 0x00];
        }
        _waiting = control;
        return Status((ushort)(0x6100 | control.Length));
    }

    private byte[] SelectFile(byte[] command)
    {
        if (!_isSelected || command.Length < 7)
        {
            return Status(0x6985);
        }
        var file = (ushort)((command[5] << 8) | command[6]);
        if (command[2] != _facts.SelectFileBy || !_files.ContainsKey(file))
        {
            return Status(command[2] != _facts.SelectFileBy ? (ushort)0x6A86 : (ushort)0x6A82);
        }
        _file = file;
        return Status(0x9000);
    }

    private byte[] ReadRecord(byte[] command)
    {
        var file = command[3] >> 3 == 0 ? _file : (ushort)(0xEF00 | (command[3] >> 3));
        if (!_isSelected || !_files.TryGetValue(file, out var records))
        {
            return Status(_isSelected ? (ushort)0x6A82 : (ushort)0x6985);
        }
        if (file == 0xEF06 && _facts.Version.StartsWith('3') && !_isAuthenticated)
        {
            return Status(0x6982);
        }
        var isByTag = (command[3] & 7) == 0;
        if (isByTag && !_facts.IsReadByTag)
        {
            return Status(0x6A86);
        }
        var record = isByTag ? records.Find(each => each.Length > 0 && each[0] == command[2]) : records.ElementAtOrDefault(command[2] - 1);
        if (record is null)
        {
            return Status(0x6A83);
        }
        var asked = command.Length > 4 ? command[4] : 0;
        return asked != 0 && asked != record.Length ? Status((ushort)(0x6C00 | record.Length)) : [.. record, 0x90, 0x00];
    }

    private byte[] Waiting(byte[] command)
    {
        var part = _waiting.AsSpan(0, Math.Min(_waiting.Length, command[4])).ToArray();
        _waiting = [];
        return [.. part, 0x90, 0x00];
    }

    private byte[] Authenticate(byte[] command)
    {
        _isAuthenticated = command.Length > 5 && command.AsSpan(5).SequenceEqual(Cryptogram(_challenge));
        return Status(_isAuthenticated ? (ushort)0x9000 : (ushort)0x6300);
    }

    private byte[] Pin()
    {
        PinTries++;
        return Status((ushort)(0x63C0 | Math.Max(0, 3 - PinTries)));
    }

    private static byte[] Status(ushort status) => [(byte)(status >> 8), (byte)(status & 0xFF)];

    private static byte[] Record(byte tag, byte[] value) => [tag, (byte)value.Length, .. value];

    private static byte[] Text(string text, int length) => Padded(Gbk.GetBytes(text), length);

    private static byte[] Padded(byte[] text, int length) => [.. text, .. new byte[length - text.Length]];

    private static byte[] Digits(string digits, int length) => Convert.FromHexString(digits.PadRight(length * 2, 'F'));
}
