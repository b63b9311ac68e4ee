using System.CommandLine;
using System.Globalization;
using EdgeHub.Hub.Jobs;
using EdgeHub.Rules;

namespace EdgeHub.Hub.Operations;

/// <summary>hub sample catalogue|members: files for demonstrations and tests.</summary>
public static class SampleCommands
{
    private static readonly string[] NrdlColumns = ["section", "catalog_no", "insurance_class", "class_code", "drug_names", "dosage_form", "payment_standard_text", "restriction_remark"];

    public static void Register(CommandFrame frame)
    {
        frame.At("sample", "Makes sample files: a catalogue of the national drug list, synthetic persons.");
        Catalogue(frame);
        Members(frame);
    }

    private static void Catalogue(CommandFrame frame)
    {
        var nrdl = new Option<FileInfo>("--nrdl") { Description = "The national drug catalogue of 2024 as a table (CSV).", Required = true };
        var to = new Option<FileInfo>("--out") { Description = "The file to write.", Required = true };
        var command = frame.At("sample catalogue", "A catalogue of the 2024 national list, with sample prices and services.");
        command.Options.Add(nrdl);
        command.Options.Add(to);
        frame.On(command, parsed =>
        {
            var rows = NrdlCatalogue.Convert(CsvTable.Read(parsed.GetRequiredValue(nrdl), NrdlColumns));
            CsvFile.Write(parsed.GetRequiredValue(to), CatalogueRow.Columns, rows.Select(row => row.Cells));
            frame.Output.WriteLine($"{rows.Count} items; prices, pre-self-pay shares and services are samples.");
            return CommandFrame.Done;
        });
    }

    private static void Members(CommandFrame frame)
    {
        var count = new Option<int>("--count") { Description = "How many persons.", Required = true };
        var seed = new Option<ulong>("--seed") { Description = "The same seed, the same persons.", DefaultValueFactory = _ => 1 };
        var region = new Option<string>("--region") { Description = "Pooling area of the cover.", DefaultValueFactory = _ => "530924" };
        var villages = new Option<FileInfo>("--villages") { Description = "CSV with a column code12 or code: the villages.", Required = true };
        var to = new Option<FileInfo>("--out") { Description = "The file to write.", Required = true };
        var command = frame.At("sample members", "Synthetic insured persons; identity numbers of an area assigned to nobody.");
        Array.ForEach<Option>([count, seed, region, villages, to], command.Options.Add);
        frame.On(command, parsed =>
        {
            var asked = parsed.GetValue(count);
            if (asked is < 1 or > MemberSample.Most)
            {
                throw new FaultException(new Fault(Codes.BadNumber, "--count", asked.ToString(CultureInfo.InvariantCulture), $"1 to {MemberSample.Most}"));
            }
            var sample = new MemberSample(parsed.GetRequiredValue(region), Villages(parsed.GetRequiredValue(villages)), parsed.GetValue(seed));
            CsvFile.Write(parsed.GetRequiredValue(to), MemberSample.Columns, sample.Persons(asked));
            frame.Output.WriteLine($"{asked} synthetic persons of area {MemberSample.AreaOfNobody}, which is assigned to nobody.");
            return CommandFrame.Done;
        });
    }

    private static List<string> Villages(FileInfo file)
    {
        var table = CsvTable.Read(file, []);
        var column = table.Columns.ContainsKey("code12") ? "code12" : "code";
        var faults = new FileFaults(file.Name);
        var villages = table.Rows.Select(row => row[column]).ToList();
        if (villages.Count == 0 || villages.Exists(village => village.Length != 12))
        {
            faults.Add(1, column, "", "a column code12 or code with village codes of 12 digits");
        }
        faults.ThrowIfAny();
        return villages;
    }
}
