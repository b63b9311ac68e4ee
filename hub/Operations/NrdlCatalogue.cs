using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using EdgeHub.Hub.Jobs;
using EdgeHub.Rules;

namespace EdgeHub.Hub.Operations;

/// <summary>Makes a catalogue of the 2024 national drug catalogue (in force 2025-01-01 to 2025-12-31), which has neither item
/// codes nor prices: the codes are ours, prices and pre-self-pay shares are samples and say so; names, classes, forms, remarks
/// and the payment standards of negotiated drugs are the document's. A list of sample services is added.</summary>
public static class NrdlCatalogue
{
    private const string First = "2025-01-01";
    private const string Last = "2025-12-31";
    private const string SampleNote = "sample price";

    private static readonly Dictionary<string, string> SectionLetters = new(StringComparer.Ordinal)
    {
        ["西药部分"] = "X",
        ["中成药部分"] = "Z",
        ["协议期内谈判药品-西药"] = "NX",
        ["协议期内谈判药品-中成药"] = "NZ",
        ["竞价药品部分"] = "J",
    };

    private static readonly (string Word, string Code, string Unit)[] Forms =
    [
        ("注射", "INJ", "支"), ("口服液", "LIQ", "瓶"), ("缓", "SR", "盒"), ("滴眼", "EYE", "支"), ("眼", "EYE", "支"), ("软膏", "OIN", "支"),
        ("乳膏", "OIN", "支"), ("凝胶", "OIN", "支"), ("颗粒", "GRA", "盒"), ("吸入", "INH", "支"), ("栓", "SUP", "盒"), ("外用", "EXT", "瓶"),
        ("口服", "ORA", "盒"),
    ];

    /// <summary>The rows in the document's order, then the services.</summary>
    /// <param name="csv">The document's table with columns section, catalog_no, insurance_class, drug_names, dosage_form,
    /// payment_standard_text, restriction_remark.</param>
    /// <exception cref="FileFaultException">The file is not such a table.</exception>
    public static IReadOnlyList<CatalogueRow> Convert(CsvTable csv)
    {
        var faults = new FileFaults(csv.File);
        var rows = new List<CatalogueRow>(csv.Rows.Count + 64);
        var codes = new HashSet<string>(StringComparer.Ordinal);
        foreach (var row in csv.Rows)
        {
            var drug = Drug(row, faults);
            if (drug is not null && !codes.Add(drug.Code))
            {
                faults.Add(row.Line, "catalog_no", drug.Code, "a number, name and form that stand once in their section");
            }
            else if (drug is not null)
            {
                rows.Add(drug);
            }
        }
        faults.ThrowIfAny();
        rows.AddRange(Services());
        return rows;
    }

    private static CatalogueRow? Drug(CsvLine row, FileFaults faults)
    {
        var section = row["section"];
        if (!SectionLetters.TryGetValue(section, out var letter))
        {
            faults.Add(row.Line, "section", section, string.Join(", ", SectionLetters.Keys));
            return null;
        }
        var name = row["drug_names"];
        var given = row["insurance_class"];
        if (given is not ("甲" or "乙") || name.Length == 0)
        {
            faults.Add(row.Line, given is "甲" or "乙" ? "drug_names" : "insurance_class", given, "a name, and 甲 or 乙");
            return null;
        }
        var written = row["dosage_form"];
        var (formCode, unit) = FormOf(written.Length > 0 ? written : name);
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{section}|{row["catalog_no"]}|{name}|{written}|{row["class_code"]}"));
        var code = $"NRDL24-{letter}{row["catalog_no"]}-{formCode}-{System.Convert.ToHexStringLower(hash.AsSpan(0, 3))}";
        var shown = name.Replace('|', '、') + (written.Length > 0 ? $"（{written}）" : "");
        var standard = PaymentStandard(row["payment_standard_text"]);
        var price = standard ?? SamplePrice(hash, formCode);
        var remark = string.Join("；", new[] { row["restriction_remark"], standard is null ? SampleNote : $"payment standard {row["payment_standard_text"]}" }.Where(part => part.Length > 0));
        var category = letter.EndsWith('Z') ? "11" : "09";
        return new CatalogueRow(code, shown, PinyinInitials.Of(name), given == "甲" ? "A" : "B", category, unit, price,
            "", "", "", "", given == "甲" ? "0" : SampleShare(letter), First, Last, remark);
    }

    /// <summary>Sample services: registration, consultation, laboratory, treatment, bed and others.</summary>
    private static IEnumerable<CatalogueRow> Services()
    {
        using var stream = typeof(NrdlCatalogue).Assembly.GetManifestResourceStream("Operations/sample-services.csv")
            ?? throw new InvalidOperationException("The list of sample services is part of the program.");
        foreach (var row in CsvTable.Read(stream, "sample-services.csv", ["code", "name", "class", "category", "unit", "price", "limit0", "limit1", "limit2", "limit3", "pre_self_pay"]).Rows)
        {
            yield return new CatalogueRow(row["code"], row["name"], PinyinInitials.Of(row["name"]), row["class"], row["category"], row["unit"], row["price"],
                row["limit0"], row["limit1"], row["limit2"], row["limit3"], row["pre_self_pay"], First, Last, "sample");
        }
    }

    /// <summary>Negotiated drugs ask a larger share first; both shares are samples.</summary>
    private static string SampleShare(string sectionLetter) => sectionLetter.StartsWith('N') ? "0.2" : "0.1";

    private static (string Code, string Unit) FormOf(string text)
    {
        foreach (var (word, code, unit) in Forms)
        {
            if (text.Contains(word, StringComparison.Ordinal))
            {
                return (code, unit);
            }
        }
        return ("GEN", "盒");
    }

    /// <summary>The number before 元 at the start of the text, for example "63.00元(10mg/支)"; null where none stands there.</summary>
    private static string? PaymentStandard(string text)
    {
        var end = text.IndexOf('元', StringComparison.Ordinal);
        return end > 0 && decimal.TryParse(text.AsSpan(0, end), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var price) && price > 0
            ? price.ToString("0.00####", CultureInfo.InvariantCulture)
            : null;
    }

    /// <summary>Between 2.00 and about 90.00, the same for the same row every time.</summary>
    private static string SamplePrice(byte[] hash, string form)
    {
        var cents = 200 + (((hash[4] << 8) | hash[5]) % (form == "INJ" ? 4_000 : 8_800));
        return (cents / 100m).ToString("0.00", CultureInfo.InvariantCulture);
    }
}
