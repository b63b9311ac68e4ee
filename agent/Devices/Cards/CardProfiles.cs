using System.Globalization;
using EdgeHub.Rules;

namespace EdgeHub.Agent.Devices.Cards;

/// <summary>Card profiles from two tables: CardApplications.csv (a row for each kind of card) and CardFields.csv (a row for each
/// field). Another kind of card is further rows and no code.</summary>
public static class CardProfiles
{
    public const int MostProfiles = 32;
    public const int MostFields = 64;
    private const string ApplicationsName = "CardApplications.csv";
    private const string FieldsName = "CardFields.csv";
    private const int MostApplicationBytes = 16;

    private static readonly string[] ApplicationColumns = ["profile", "aid", "select_file", "blocked", "needs_authentication", "authenticated_versions"];
    private static readonly string[] FieldColumns = ["profile", "versions", "field", "file", "tag", "record", "offset", "length", "encoding", "needed"];

    /// <summary>What the program knows by itself.</summary>
    public static IReadOnlyList<CardProfile> BuiltIn { get; } = Of(
        CsvText.Embedded(typeof(CardProfiles).Assembly, "Devices/Cards/" + ApplicationsName, ApplicationColumns),
        CsvText.Embedded(typeof(CardProfiles).Assembly, "Devices/Cards/" + FieldsName, FieldColumns));

    /// <summary>The built-in profiles and those of a site's own folder, which has the same two tables.</summary>
    /// <param name="folder">Null: none.</param>
    /// <exception cref="FaultException">A row that cannot be; table, line and column are named.</exception>
    public static IReadOnlyList<CardProfile> With(string? folder) => folder is null
        ? BuiltIn
        : Distinct([.. BuiltIn, .. Read(File.ReadAllText(Path.Combine(folder, ApplicationsName)), File.ReadAllText(Path.Combine(folder, FieldsName)))]);

    /// <exception cref="FaultException">A row that cannot be; table, line and column are named.</exception>
    public static IReadOnlyList<CardProfile> Read(string applications, string fields) =>
        Of(CsvText.Parse(ApplicationsName, applications, ApplicationColumns), CsvText.Parse(FieldsName, fields, FieldColumns));

    private static IReadOnlyList<CardProfile> Of(CsvText applications, CsvText fields)
    {
        var places = fields.Rows.ToLookup(row => row.Needed("profile"), StringComparer.Ordinal);
        var profiles = applications.Rows.Select(row => Profile(row, [.. places[row.Needed("profile")].Select(Place)])).ToList();
        foreach (var stray in fields.Rows.Where(row => !profiles.Exists(profile => profile.Name == row["profile"])))
        {
            throw stray.Wrong(Codes.UnknownCode, "profile", $"a profile of {ApplicationsName}");
        }
        return Distinct(profiles);
    }

    private static IReadOnlyList<CardProfile> Distinct(IReadOnlyList<CardProfile> profiles)
    {
        var twice = profiles.GroupBy(profile => profile.Name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1)
            ?? profiles.GroupBy(profile => Convert.ToHexString(profile.Application), StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1);
        return twice is not null
            ? throw new FaultException(new Fault(Codes.Duplicated, ApplicationsName, twice.Key, "each code once"))
            : profiles.Count <= MostProfiles ? profiles : throw new FaultException(new Fault(Codes.TooMany, ApplicationsName, profiles.Count.ToString(CultureInfo.InvariantCulture), $"at most {MostProfiles}"));
    }

    private static CardProfile Profile(CsvRow row, IReadOnlyList<FieldPlace> fields)
    {
        var aid = Bytes(row, "aid", row.Needed("aid"));
        if (aid.Length > MostApplicationBytes)
        {
            throw row.Wrong(Codes.TooLong, "aid", $"at most {MostApplicationBytes} bytes");
        }
        if (fields.Count is 0 or > MostFields || !fields.Any(field => field.Field is CardField.CardNumber or CardField.IdNumber))
        {
            throw row.Wrong(Codes.Missing, "profile", $"1 to {MostFields} fields, a CardNumber or an IdNumber among them");
        }
        if (fields.Any(field => field.Versions.Count > 0) && !fields.Any(field => field is { Field: CardField.Version, Versions.Count: 0 }))
        {
            throw row.Wrong(Codes.Missing, "profile", "a field Version for every version, where rows hold for some");
        }
        var selects = Words(row, "select_file").Select(word => Bytes(row, "select_file", word)).ToList();
        if (selects.Exists(header => header.Length != 4))
        {
            throw row.Wrong(Codes.BadLength, "select_file", "headers of four bytes, for example 00A40200");
        }
        return new CardProfile(
            row["profile"], aid, selects, Statuses(row, "blocked"), Statuses(row, "needs_authentication"), Words(row, "authenticated_versions"), fields);
    }

    private static FieldPlace Place(CsvRow row)
    {
        if (!Enum.TryParse<CardField>(row["field"], out var field) || field.ToString() != row["field"])
        {
            throw row.Wrong(Codes.UnknownCode, "field", string.Join(", ", Enum.GetNames<CardField>()));
        }
        var encoding = row["encoding"] switch
        {
            "cn" => FieldEncoding.Digits,
            "an" => FieldEncoding.Ascii,
            "gbk" => FieldEncoding.Gbk,
            "date" => FieldEncoding.Date,
            _ => throw row.Wrong(Codes.UnknownCode, "encoding", "cn, an, gbk or date"),
        };
        if ((encoding == FieldEncoding.Date) != (field is CardField.Issued or CardField.Expires or CardField.BirthDate))
        {
            throw row.Wrong(Codes.UnknownCode, "encoding", "date for days, and for nothing else");
        }
        var file = Bytes(row, "file", row.Needed("file"));
        var tag = row["tag"].Length == 0 ? null : (byte?)Bytes(row, "tag", row["tag"])[0];
        var record = row["record"].Length == 0 ? null : (byte?)row.Whole("record", 1, 254);
        var offset = row["offset"].Length == 0 ? null : (ushort?)row.Whole("offset", 0, 32_767);
        if (file.Length != 2 || (offset is null && tag is null && record is null) || (offset is not null && (tag is not null || record is not null)))
        {
            throw row.Wrong(Codes.Missing, "file", "a file of two bytes, and a tag or a record, or an offset alone");
        }
        return new FieldPlace(
            field, row["versions"] == "*" ? [] : Words(row, "versions"), (ushort)((file[0] << 8) | file[1]), tag, record, offset, (byte)row.Whole("length", 1, 250), encoding,
            row["needed"] switch { "yes" => true, "no" => false, _ => throw row.Wrong(Codes.UnknownCode, "needed", "yes or no") });
    }

    private static string[] Words(CsvRow row, string column) => row[column].Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static ushort[] Statuses(CsvRow row, string column) =>
        [.. Words(row, column).Select(word => Bytes(row, column, word) is [var high, var low] ? (ushort)((high << 8) | low) : throw row.Wrong(Codes.BadLength, column, "status words of two bytes"))];

    private static byte[] Bytes(CsvRow row, string column, string hex)
    {
        try
        {
            return Convert.FromHexString(hex);
        }
        catch (FormatException)
        {
            throw row.Wrong(Codes.BadCharacter, column, "bytes as hexadecimal digits");
        }
    }
}
