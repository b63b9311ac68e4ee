using System.Globalization;
using EdgeHub.Rules;

namespace EdgeHub.Agent.Devices.Serial;

/// <summary>A kind of device: how its line is set and how it speaks, as data.</summary>
/// <param name="Kind">printer, scanner, terminal or display.</param>
public sealed record SerialProfile(string Name, string Kind, SerialSettings Settings, ProfileOptions Options);

/// <summary>One device of a site by its settings.</summary>
public sealed record SerialDeviceSetting(string Name, string Port, SerialProfile Profile);

/// <summary>What a profile says beside its line's settings: name=value, by names that its kind knows.</summary>
public sealed class ProfileOptions
{
    private static readonly Dictionary<string, string[]> Known = new(StringComparer.Ordinal)
    {
        ["printer"] = ["columns", "chinese", "codepage", "qr", "cut", "status", "answer"],
        ["scanner"] = ["prefix", "suffix", "most", "idle"],
        ["terminal"] = ["length", "lrc_seed", "lrc_from", "lrc_to", "most", "tries", "acknowledge", "answer", "progress"],
        ["display"] = ["columns", "lines", "begin", "line", "chinese"],
    };

    private readonly Dictionary<string, string> _values;
    private readonly Func<string, string, FaultException> _wrong;

    private ProfileOptions(Dictionary<string, string> values, Func<string, string, FaultException> wrong) => (_values, _wrong) = (values, wrong);

    public static IReadOnlyCollection<string> Kinds => Known.Keys;

    /// <exception cref="FaultException">A name that the kind does not know, one twice, a text that is no name=value.</exception>
    public static ProfileOptions Read(string kind, string text, Func<string, string, FaultException> wrong)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var part in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var pair = part.Split('=', 2);
            if (pair.Length != 2 || !Known[kind].Contains(pair[0], StringComparer.Ordinal))
            {
                throw wrong(Codes.UnknownCode, $"name=value with one of {string.Join(", ", Known[kind])}");
            }
            if (!values.TryAdd(pair[0], pair[1]))
            {
                throw wrong(Codes.Duplicated, "each code once");
            }
        }
        return new ProfileOptions(values, wrong);
    }

    /// <exception cref="FaultException">Not a whole number in those bounds.</exception>
    public int Whole(string name, int least, int most, int otherwise) => !_values.TryGetValue(name, out var text) ? otherwise
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most ? number
        : throw _wrong(Codes.BadNumber, $"{name} a whole number from {CsvNumber(least)} to {CsvNumber(most)}");

    /// <exception cref="FaultException">Neither yes nor no.</exception>
    public bool Flag(string name) => _values.GetValueOrDefault(name, "no") switch
    {
        "yes" => true,
        "no" => false,
        _ => throw _wrong(Codes.UnknownCode, $"{name} yes or no"),
    };

    /// <exception cref="FaultException">No hexadecimal digits, or more bytes than there can be.</exception>
    public byte[] Bytes(string name, int most)
    {
        var text = _values.GetValueOrDefault(name, "");
        return text.Length % 2 == 0 && text.Length / 2 <= most && text.All(char.IsAsciiHexDigit)
            ? Convert.FromHexString(text)
            : throw _wrong(Codes.BadCharacter, $"{name} at most {CsvNumber(most)} bytes as hexadecimal digits");
    }

    /// <exception cref="FaultException">None of those.</exception>
    public string OneOf(string name, string otherwise, params string[] choices)
    {
        var text = _values.GetValueOrDefault(name, otherwise);
        return choices.Contains(text, StringComparer.Ordinal) ? text : throw _wrong(Codes.UnknownCode, $"{name} {string.Join(", ", choices)}");
    }

    public string Text(string name, string otherwise) => _values.GetValueOrDefault(name, otherwise);

    /// <summary>What to throw for an option that cannot be used.</summary>
    public FaultException Wrong(string code, string expected) => _wrong(code, expected);

    private static string CsvNumber(int number) => number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>Profiles of devices: SerialProfiles.csv.</summary>
public static class SerialProfiles
{
    private const string Name = "SerialProfiles.csv";
    private static readonly string[] Columns = ["profile", "kind", "baud", "data_bits", "parity", "stop_bits", "flow", "options"];

    public static IReadOnlyList<SerialProfile> BuiltIn { get; } =
        Of(CsvText.Embedded(typeof(SerialProfiles).Assembly, "Devices/Serial/" + Name, Columns));

    /// <exception cref="FaultException">A row that cannot be; line and column are named.</exception>
    public static IReadOnlyList<SerialProfile> Read(string table) => Of(CsvText.Parse(Name, table, Columns));

    private static List<SerialProfile> Of(CsvText table)
    {
        var profiles = table.Rows.Select(Profile).ToList();
        return profiles.GroupBy(profile => profile.Name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice
            ? throw new FaultException(new Fault(Codes.Duplicated, Name, twice.Key, "each code once"))
            : profiles;
    }

    private static SerialProfile Profile(CsvRow row)
    {
        var kind = row["kind"];
        if (!ProfileOptions.Kinds.Contains(kind, StringComparer.Ordinal))
        {
            throw row.Wrong(Codes.UnknownCode, "kind", string.Join(", ", ProfileOptions.Kinds));
        }
        var baud = row.Whole("baud", 1_200, 230_400);
        if (!LinuxSerialLine.Bauds.Contains(baud))
        {
            throw row.Wrong(Codes.BadNumber, "baud", string.Join(", ", LinuxSerialLine.Bauds.Order()));
        }
        var settings = new SerialSettings(
            baud, row.Whole("data_bits", 7, 8),
            row["parity"] switch { "none" => Parity.None, "odd" => Parity.Odd, "even" => Parity.Even, _ => throw row.Wrong(Codes.UnknownCode, "parity", "none, odd or even") },
            row.Whole("stop_bits", 1, 2),
            row["flow"] switch { "none" => FlowControl.None, "hardware" => FlowControl.Hardware, "software" => FlowControl.Software, _ => throw row.Wrong(Codes.UnknownCode, "flow", "none, hardware or software") });
        var profile = new SerialProfile(row.Needed("profile"), kind, settings, ProfileOptions.Read(kind, row["options"], (code, expected) => row.Wrong(code, "options", expected)));
        // Every option is read once here, so that a wrong one is found at the start and not at the first patient.
        _ = kind switch
        {
            "printer" => (object)PrinterFormat.Of(profile.Options),
            "scanner" => TextFormat.Of(profile.Options),
            "terminal" => TerminalFormat.Of(profile.Options),
            _ => DisplayFormat.Of(profile.Options),
        };
        return profile;
    }
}
