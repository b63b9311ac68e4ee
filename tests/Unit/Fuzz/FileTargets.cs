using System.Text;
using EdgeHub.Agent.Access;
using EdgeHub.Agent.Devices.Cards;
using EdgeHub.Agent.Store;
using EdgeHub.Hub.Access;
using EdgeHub.Hub.Bookings;
using EdgeHub.Hub.Feeds;
using EdgeHub.Hub.Jobs;
using EdgeHub.Hub.Operations;
using EdgeHub.Hub.Schemes.CountyPackage;
using EdgeHub.Rules;
using EdgeHub.Tests.Unit.Agent.Kit;

namespace EdgeHub.Tests.Unit.Fuzz;

/// <summary>Files that people load, rules that they try, a card's fields, a site's own tables.</summary>
internal static class FileTargets
{
    private const string Data = "installers/quickstart/data/";

    public static IEnumerable<FuzzTarget> All()
    {
        yield return Csv("members file", MemberFile.Columns, csv => MemberFile.Read(csv), Enumerable.Range(1, 20).Select(Member));
        yield return Csv("catalogue file", CatalogueFile.Columns, csv => CatalogueFile.Read(csv), Reference.Catalogue.Select(row => row.Where((_, at) => at != 1)));
        yield return Csv("blacklist file", BlacklistFile.Columns, csv => BlacklistFile.Read(csv), [["P1", "lost card", "2025-01-01", ""], ["P2", "fraud", "2025-02-01", "2025-03-01"]]);
        yield return Csv("parameters file", ParameterFile.Columns, csv => ParameterFile.Read(csv), [["offline.after_minutes", "10", "minutes"], ["unacknowledged.count", "500", ""]]);
        var institutions = Sample("institutions-sample.csv");
        yield return new("institutions file", [institutions], bytes => { InstitutionFile.Read(Table(bytes, ["code", "name", "level", "type", "villages"])); return null; }, FuzzTarget.Usual, Shape.Csv);
        yield return new("national catalogue", [WholeLines(Sample("cn_nrdl_2024_drug_catalogue.csv")[..6_000])], bytes => { NrdlCatalogue.Convert(Table(bytes, ["section", "catalog_no"])); return null; }, FuzzTarget.Usual, Shape.Csv);
        yield return new("policy book", [Encoding.UTF8.GetBytes(Reference.Book), Sample("policy-2025-sample.json")], Book, FuzzTarget.Usual, Shape.Json);
        yield return Csv("bookings file", BookingFile.Columns, csv => BookingFile.Read(csv, "file"), [["B-1", Reference.Site, "P1", "2026-03-02T09:30+08:00", "20", "3", "nurse", "李护士", "booked"], ["B-2", Reference.Site, "P2", "2026-03-02T10:00Z", "15", "", "", "", "cancelled"]]);
        yield return Csv("fee file", FeeFile.Columns, csv => FeeFile.Read(csv), [["F-1", "P1", "2025-03-01", "300.00", "SEK", "paid"], ["F-2", "P1", "2025-03-02", "200.00", "SEK", "withdrawn"]]);
        yield return new("appointments", [Appointment, Encoding.UTF8.GetBytes($$"""{"resourceType":"Bundle","entry":[{"resource":{{Encoding.UTF8.GetString(Appointment)}}}]}""")], bytes => { AppointmentReader.Read(bytes, Reference.Site); return null; }, FuzzTarget.Usual, Shape.Json);
        yield return new("roles", [Read("agent/Access/roles.csv")], bytes => { CsvText.Parse("roles", Encoding.UTF8.GetString(bytes), "action", "doctor"); return null; }, FuzzTarget.Usual, Shape.Csv);
        yield return new("year's budget", [Sample("budget-2025-sample.json")], bytes => { Issued(RuleCatalogue.Find("county.year-budget")!.Run(Encoding.UTF8.GetString(bytes))); return null; }, FuzzTarget.Usual, Shape.Json);
        foreach (var rule in RuleCatalogue.All)
        {
            yield return new("rule input: " + rule.Name, [Encoding.UTF8.GetBytes(rule.Template())], bytes => { rule.Run(Encoding.UTF8.GetString(bytes)); return null; }, 4 * FuzzTarget.Usual, Shape.Json);
        }
        yield return new("site file", [System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(Facts)], bytes => { SiteFile.Parsed(bytes); return null; }, FuzzTarget.Usual, Shape.Json);
        yield return new("card fields", [Encoding.UTF8.GetBytes("530924200001011234"), [0xC4, 0xE3, 0xBA, 0xC3, 0x20, 0x20], [0x20, 0x25, 0x01, 0x31]], bytes => { FieldText.Digits(bytes); FieldText.Ascii(bytes); FieldText.Gbk(bytes); FieldText.TryDay(bytes, out _); FieldText.Unpadded(bytes); return null; }, FuzzTarget.Usual);
        var tables = (Read("agent/Devices/Cards/CardApplications.csv"), Read("agent/Devices/Cards/CardFields.csv"));
        yield return new("card profiles: applications", [tables.Item1], bytes => { CardProfiles.Read(Encoding.UTF8.GetString(bytes), Encoding.UTF8.GetString(tables.Item2)); return null; }, FuzzTarget.Usual);
        yield return new("card profiles: fields", [tables.Item2], bytes => { CardProfiles.Read(Encoding.UTF8.GetString(tables.Item1), Encoding.UTF8.GetString(bytes)); return null; }, FuzzTarget.Usual);
        yield return new("damaged store's pages", [Pages()], ScanPages, FuzzTarget.Usual);
    }

    private static readonly SiteFacts Facts = new(Reference.Region, Reference.Site, "D-1", Reference.Site, "样本卫生室", 0, "village_clinic", "Asia/Shanghai", "a2V5", new Uri("http://127.0.0.1:5080"), ["530924101001"]);

    private static readonly byte[] Appointment = """
        {"resourceType":"Appointment","id":"a-1","status":"booked","start":"2026-03-02T09:30:00+08:00","minutesDuration":20,"serviceType":[{"coding":[{"code":"nurse","display":"nurse"}]}],
         "participant":[{"actor":{"reference":"Patient/P1"}},{"actor":{"reference":"Location/3","display":"room 3"}},{"actor":{"type":"Practitioner","display":"李护士"}}]}
        """u8.ToArray();

    private static void Issued(string explained)
    {
        var (budget, indicators) = YearBudgetFile.Read(Reference.Region, explained);
        _ = YearBudgetFile.Movements(budget, indicators);
    }

    private static IEnumerable<object?> Member(int number) =>
        [$"P{number}", Reference.IdNumber(number), Reference.Card(number), $"样本{number}", "1", "1970-05-17", "530924101001", "390", "15", Reference.Region, "2025-01-01", "2025-12-31", "1", "12.00"];

    private static FuzzTarget Csv(string name, IReadOnlyList<string> columns, Action<CsvTable> read, IEnumerable<IEnumerable<object?>> rows)
    {
        using var text = new StringWriter();
        CsvFile.Write(text, columns, rows.Select(row => (IReadOnlyList<string>)[.. row.Select(cell => $"{cell}").Take(columns.Count)]));
        return new(name, [Encoding.UTF8.GetBytes(text.ToString())], bytes => { read(Table(bytes, columns)); return null; }, FuzzTarget.Usual, Shape.Csv);
    }

    private static CsvTable Table(byte[] bytes, IReadOnlyList<string> columns) => CsvTable.Read(new MemoryStream(bytes), "fuzz.csv", columns);

    private static string? Book(byte[] bytes)
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(file, bytes);
            PolicyFile.Read(new FileInfo(file));
            return null;
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static byte[] Pages()
    {
        var file = Path.GetTempFileName();
        using (var store = EdgeHub.Sync.Stores.SqliteStore.Open(file))
        {
            store.Write(session => session.Execute("create table journal (place integer primary key, hash bytea not null, sealed bytea not null, carried boolean not null)"));
            for (var i = 1; i < 40; i++)
            {
                store.Write(session => session.Prepared("insert into journal (place, hash, sealed, carried) values ($1, $2, $3, $4)").Execute((1L << 40) + i, new byte[32], new byte[i * 300], false));
            }
            store.Checkpoint(truncate: true);
        }
        var bytes = File.ReadAllBytes(file);
        File.Delete(file);
        return bytes;
    }

    private static string? ScanPages(byte[] bytes)
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(file, bytes);
            _ = PageScan.Rows(file).Count();
            return null;
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static byte[] WholeLines(byte[] text) => text[..(Array.LastIndexOf(text, (byte)'\n') + 1)];

    private static byte[] Sample(string name) => Read(Data + name);

    private static byte[] Read(string path) => File.ReadAllBytes(Path.Combine(Architecture.Repository.Root, path));
}
