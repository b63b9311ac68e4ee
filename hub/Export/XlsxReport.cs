using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Xml;

namespace EdgeHub.Hub.Export;

/// <summary>A report as one sheet of a workbook (Office Open XML), written row by row: heading in bold and frozen, amounts as
/// numbers with two decimals. Text stays text, whatever it begins with.</summary>
public static class XlsxReport
{
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Links = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string Packages = "http://schemas.openxmlformats.org/package/2006/relationships";
    private const int MostSheetName = 31;

    /// <summary>Longest text of a cell in this format.</summary>
    private const int MostCellCharacters = 32_767;

    // Indexes into cellXfs of the styles part.
    private const int Plain = 0;
    private const int Bold = 1;
    private const int Amount = 2;
    private const int BoldAmount = 3;

    public static void Write(ReportTable table, Stream to)
    {
        using var zip = new ZipArchive(to, ZipArchiveMode.Create, leaveOpen: true);
        Part(zip, "[Content_Types].xml", ContentTypes);
        Part(zip, "_rels/.rels", $"<Relationships xmlns=\"{Packages}\"><Relationship Id=\"rId1\" Type=\"{Links}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>");
        Part(zip, "xl/_rels/workbook.xml.rels", $"<Relationships xmlns=\"{Packages}\"><Relationship Id=\"rId1\" Type=\"{Links}/worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"rId2\" Type=\"{Links}/styles\" Target=\"styles.xml\"/></Relationships>");
        Part(zip, "xl/workbook.xml", $"<workbook xmlns=\"{Main}\" xmlns:r=\"{Links}\"><sheets><sheet name=\"{SheetName(table.Name)}\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>");
        Part(zip, "xl/styles.xml", Styles);
        using var sheet = zip.CreateEntry("xl/worksheets/sheet1.xml", CompressionLevel.Fastest).Open();
        using var xml = XmlWriter.Create(sheet, new XmlWriterSettings { Encoding = new UTF8Encoding(false) });
        Sheet(xml, table);
    }

    private static void Sheet(XmlWriter xml, ReportTable table)
    {
        xml.WriteStartElement("worksheet", Main);
        xml.WriteRaw("<sheetViews><sheetView workbookViewId=\"0\"><pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\" state=\"frozen\"/></sheetView></sheetViews><cols>");
        for (var i = 0; i < table.Columns.Count; i++)
        {
            var widest = table.Rows.Select(row => TextReport.Width(ReportTable.Shown(row[i], table.Columns[i].Kind))).Append(TextReport.Width(table.Columns[i].Heading)).Max();
            xml.WriteRaw(string.Create(CultureInfo.InvariantCulture, $"<col min=\"{i + 1}\" max=\"{i + 1}\" width=\"{Math.Min(60, widest + 2)}\" customWidth=\"1\"/>"));
        }
        xml.WriteRaw("</cols>");
        xml.WriteStartElement("sheetData", Main);
        Row(xml, 1, [.. table.Columns.Select(column => (object)column.Heading)], [.. table.Columns.Select(column => column with { Kind = CellKind.Text })], bold: true);
        var at = 1;
        foreach (var row in table.Rows)
        {
            Row(xml, ++at, row, table.Columns, bold: false);
        }
        if (table.Totals is { } totals)
        {
            Row(xml, ++at, totals, table.Columns, bold: true);
        }
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static void Row(XmlWriter xml, int number, IReadOnlyList<object> cells, IReadOnlyList<ReportColumn> columns, bool bold)
    {
        xml.WriteStartElement("row", Main);
        xml.WriteAttributeString("r", number.ToString(CultureInfo.InvariantCulture));
        for (var i = 0; i < cells.Count; i++)
        {
            xml.WriteStartElement("c", Main);
            xml.WriteAttributeString("r", Reference(i, number));
            var amount = cells[i] is long && columns[i].Kind == CellKind.Amount;
            xml.WriteAttributeString("s", (amount ? bold ? BoldAmount : Amount : bold ? Bold : Plain).ToString(CultureInfo.InvariantCulture));
            if (cells[i] is long)
            {
                xml.WriteElementString("v", Main, ReportTable.Shown(cells[i], columns[i].Kind));
            }
            else
            {
                xml.WriteAttributeString("t", "inlineStr");
                xml.WriteStartElement("is", Main);
                xml.WriteElementString("t", Main, Clean((string)cells[i]));
                xml.WriteEndElement();
            }
            xml.WriteEndElement();
        }
        xml.WriteEndElement();
    }

    /// <summary>Name of a cell: columns A to Z, AA to ZZ, then the row.</summary>
    private static string Reference(int column, int row)
    {
        var letters = "";
        for (var left = column + 1; left > 0; left = (left - 1) / 26)
        {
            letters = (char)('A' + ((left - 1) % 26)) + letters;
        }
        return letters + row.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>Without what XML cannot hold, and not longer than a cell may be.</summary>
    private static string Clean(string text)
    {
        var clean = string.Concat(text.EnumerateRunes().Where(rune => rune.Value > 0xFFFF || XmlConvert.IsXmlChar((char)rune.Value)).Select(rune => rune.ToString()));
        return clean.Length > MostCellCharacters ? clean[..MostCellCharacters] : clean;
    }

    private static string SheetName(string name)
    {
        var clean = string.Concat(name.Select(letter => char.IsLetterOrDigit(letter) || letter is ' ' or '-' ? letter : ' '));
        return clean.Length > MostSheetName ? clean[..MostSheetName] : clean;
    }

    private static void Part(ZipArchive zip, string name, string xml)
    {
        using var writer = new StreamWriter(zip.CreateEntry(name, CompressionLevel.Fastest).Open(), new UTF8Encoding(false));
        writer.Write("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>");
        writer.Write(xml);
    }

    private const string ContentTypes =
        """<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/></Types>""";

    private const string Styles =
        $"""<styleSheet xmlns="{Main}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="4"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/><xf numFmtId="4" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="4" fontId="1" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/></cellXfs></styleSheet>""";
}
