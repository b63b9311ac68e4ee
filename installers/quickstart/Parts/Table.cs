using System.Text;

namespace EdgeHub.Quickstart.Parts;

/// <summary>Rows of a CSV file by the names in its first line; quoted fields may hold commas and doubled quotes.</summary>
public static class Table
{
    public static IEnumerable<IReadOnlyDictionary<string, string>> Read(string file)
    {
        IReadOnlyList<string>? header = null;
        foreach (var line in File.ReadLines(file))
        {
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }
            var fields = Fields(line);
            if (header is null)
            {
                header = fields;
                continue;
            }
            MorningFault.Unless(fields.Count == header.Count, $"{file}: a row has {fields.Count} fields, the header {header.Count}: {line}");
            yield return header.Zip(fields).ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal);
        }
    }

    private static List<string> Fields(string line)
    {
        var fields = new List<string>();
        var field = new StringBuilder();
        var quoted = false;
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] == '"')
            {
                if (quoted && i + 1 < line.Length && line[i + 1] == '"')
                {
                    field.Append('"');
                    i++;
                    continue;
                }
                quoted = !quoted;
            }
            else if (line[i] == ',' && !quoted)
            {
                fields.Add(field.ToString());
                field.Clear();
            }
            else
            {
                field.Append(line[i]);
            }
        }
        fields.Add(field.ToString());
        return fields;
    }
}
