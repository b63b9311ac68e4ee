using System.Text;
using Microsoft.AspNetCore.Mvc;

namespace EdgeHub.Pages.Web;

/// <summary>A table as a file for a spreadsheet: UTF-8 with its mark, fields quoted where they must be, and nothing that a spreadsheet
/// would take for a formula.</summary>
public static class CsvAnswer
{
    /// <param name="rows">The head first.</param>
    public static FileContentResult Of(string fileName, IEnumerable<IReadOnlyList<string>> rows)
    {
        var text = new StringBuilder("\uFEFF");
        foreach (var row in rows)
        {
            text.AppendJoin(',', row.Select(Field)).Append("\r\n");
        }
        return new FileContentResult(Encoding.UTF8.GetBytes(text.ToString()), "text/csv; charset=utf-8") { FileDownloadName = fileName };
    }

    public static string Field(string value)
    {
        var safe = value.Length > 0 && value[0] is '=' or '+' or '-' or '@' or '\t' && !decimal.TryParse(value, System.Globalization.NumberStyles.Number, System.Globalization.CultureInfo.InvariantCulture, out _)
            ? "'" + value
            : value;
        return safe.AsSpan().IndexOfAny(",\"\r\n") < 0 ? safe : "\"" + safe.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";
    }
}
