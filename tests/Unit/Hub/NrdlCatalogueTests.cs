using System.Text;
using EdgeHub.Hub.Feeds;
using EdgeHub.Hub.Jobs;
using EdgeHub.Hub.Operations;

namespace EdgeHub.Tests.Unit.Hub;

public sealed class NrdlCatalogueTests
{
    private const string Heading = "section,catalog_no,insurance_class,class_code,drug_names,dosage_form,payment_standard_text,restriction_remark\n";

    [Fact]
    public void Convert_Drugs_BecomeItemsThatTheLoaderTakes()
    {
        var rows = NrdlCatalogue.Convert(Table(Heading
            + "西药部分,1,甲,XA01,复方硼砂,外用液体剂,,\n"
            + "西药部分,38,乙,XA02,兰索拉唑|右兰索拉唑,注射剂,,限重症\n"
            + "协议期内谈判药品-西药,1,乙,XA02BC,注射用艾普拉唑钠,,63.00元(10mg/支),\n"));

        Assert.StartsWith("NRDL24-X1-EXT-", rows[0].Code, StringComparison.Ordinal);
        Assert.Equal(("A", "09", "0", "2025-01-01", "2025-12-31", "sample price"), (rows[0].Class, rows[0].Category, rows[0].PreSelfPay, rows[0].First, rows[0].Last, rows[0].Remark));
        Assert.Equal(("兰索拉唑、右兰索拉唑（注射剂）", "0.1", "限重症；sample price"), (rows[1].Name, rows[1].PreSelfPay, rows[1].Remark));
        Assert.Equal(("63.00", "0.2"), (rows[2].Price, rows[2].PreSelfPay));
        Assert.Contains(rows, row => row.Code == "SVC-GEN-01" && row.Category == "12");
        Assert.Equal(14 - 2, rows.Skip(3).Select(row => row.Category).Distinct().Count());
        var text = new StringWriter();
        CsvFile.Write(text, CatalogueRow.Columns, rows.Select(row => row.Cells));
        Assert.Equal(rows.Count, CatalogueFile.Read(Table(text.ToString())).Count);
    }

    [Theory]
    [InlineData("西药,1,甲,X,复方硼砂,,,\n", "section")]
    [InlineData("西药部分,1,丙,X,复方硼砂,,,\n", "insurance_class")]
    [InlineData("西药部分,1,甲,X,,,,\n", "drug_names")]
    [InlineData("西药部分,1,甲,X,复方硼砂,,,\n西药部分,1,甲,X,复方硼砂,,,\n", "catalog_no")]
    public void Convert_RowThatIsNotRight_IsNamed(string row, string column) =>
        Assert.Equal(column, Assert.Throws<FileFaultException>(() => NrdlCatalogue.Convert(Table(Heading + row))).Faults[0].Column);

    private static CsvTable Table(string text) => CsvTable.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), "t.csv", []);
}
