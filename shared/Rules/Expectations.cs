using System.Collections.Frozen;

namespace EdgeHub.Rules;

/// <summary>What would be right, in the language of the person who reads it. A fault carries it in English; Expectations.csv
/// has the other languages for the phrases that can reach a screen, with {0} to {9} for what varies ("at most {0} rows"). A phrase
/// without a row (a list of codes, an amount, a day) is shown as it is.</summary>
public static class Expectations
{
    /// <summary>A longer phrase is shown as it is.</summary>
    public const int MaxCharacters = 1_500;

    private static readonly (FrozenDictionary<string, Row> Fixed, Row[] Varying) Table = Read();

    /// <summary>The English phrases that have a row.</summary>
    public static IReadOnlyCollection<string> Phrases => [.. Table.Fixed.Keys, .. Table.Varying.Select(row => row.English)];

    /// <summary>Whether an English phrase has a row, or matches one.</summary>
    public static bool Knows(string english) =>
        Table.Fixed.ContainsKey(english) || (english.Length <= MaxCharacters && Array.Exists(Table.Varying, row => row.Match(english) is not null));

    /// <summary>An English phrase in one of <see cref="Languages.All"/>.</summary>
    public static string In(string language, string english)
    {
        if (language == Languages.English || english.Length > MaxCharacters)
        {
            return english;
        }
        if (Table.Fixed.TryGetValue(english, out var row))
        {
            return row.In(language);
        }
        foreach (var varying in Table.Varying)
        {
            if (varying.Match(english) is { } parts)
            {
                // A part can be a phrase itself, as in "a share from 0 to 1, or leave it out".
                return Filled(varying.In(language), [.. parts.Select(part => Table.Fixed.TryGetValue(part, out var known) ? known.In(language) : part)]);
            }
        }
        return english;
    }

    private static string Filled(string phrase, string[] parts)
    {
        var filled = new System.Text.StringBuilder(phrase.Length + 32);
        for (var i = 0; i < phrase.Length; i++)
        {
            if (phrase[i] == '{')
            {
                filled.Append(parts[phrase[i + 1] - '0']);
                i += 2;
            }
            else
            {
                filled.Append(phrase[i]);
            }
        }
        return filled.ToString();
    }

    private static (FrozenDictionary<string, Row>, Row[]) Read()
    {
        var rows = CsvText.Embedded(typeof(Expectations).Assembly, "Expectations.csv", Languages.All.ToArray()).Rows.Select(row =>
            new Row(row.Needed(Languages.English), row.Needed(Languages.Chinese), row.Needed(Languages.Swedish))).ToList();
        return (rows.Where(row => row.Pieces.Length == 1).ToFrozenDictionary(row => row.English, StringComparer.Ordinal),
            // The phrase that says most is asked first.
            [.. rows.Where(row => row.Pieces.Length > 1).OrderByDescending(row => row.Pieces.Sum(piece => piece.Length))]);
    }

    /// <summary>One row; the English phrase also as the pieces between its placeholders, which are {0}, {1} … in this order.</summary>
    private sealed class Row
    {
        private readonly string _chinese;
        private readonly string _swedish;

        public Row(string english, string chinese, string swedish)
        {
            (English, _chinese, _swedish) = (english, chinese, swedish);
            Pieces = PiecesOf(english);
            foreach (var translated in new[] { chinese, swedish })
            {
                var marks = Enumerable.Range(0, Pieces.Length - 1).Select(i => $"{{{i}}}").ToArray();
                if (!Array.TrueForAll(marks, mark => translated.Contains(mark, StringComparison.Ordinal)) || translated.Count(c => c == '{') != marks.Length)
                {
                    throw new InvalidOperationException($"Expectations.csv: \"{translated}\" does not hold the placeholders of \"{english}\" once each.");
                }
            }
        }

        public string English { get; }

        public string[] Pieces { get; }

        public string In(string language) => language == Languages.Swedish ? _swedish : _chinese;

        /// <summary>What stands where the placeholders are; null where the phrase is another.</summary>
        public string[]? Match(string phrase)
        {
            if (!phrase.StartsWith(Pieces[0], StringComparison.Ordinal))
            {
                return null;
            }
            var parts = new string[Pieces.Length - 1];
            var from = Pieces[0].Length;
            for (var i = 0; i < parts.Length; i++)
            {
                var last = i == parts.Length - 1;
                var piece = Pieces[i + 1];
                var to = last ? phrase.Length - piece.Length : phrase.IndexOf(piece, from, StringComparison.Ordinal);
                if (to <= from || !phrase.EndsWith(last ? piece : "", StringComparison.Ordinal))
                {
                    return null;
                }
                parts[i] = phrase[from..to];
                from = to + piece.Length;
            }
            return parts;
        }

        private static string[] PiecesOf(string english)
        {
            var pieces = new List<string>();
            var rest = english;
            for (var place = rest.IndexOf($"{{{pieces.Count}}}", StringComparison.Ordinal); place >= 0; place = rest.IndexOf($"{{{pieces.Count}}}", StringComparison.Ordinal))
            {
                pieces.Add(rest[..place]);
                rest = rest[(place + 3)..];
            }
            pieces.Add(rest);
            return [.. pieces];
        }
    }
}
