using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using static EdgeHub.Rules.Benefit.BenefitArticles;

namespace EdgeHub.Rules.Benefit;

/// <summary>What reading a policy book gives: the book, or everything that is wrong with it.</summary>
public abstract record PolicyBookReading
{
    private PolicyBookReading() { }

    public sealed record Loaded(PolicyBook Book) : PolicyBookReading;

    /// <param name="Code">Of the first fault.</param>
    public sealed record Refused(string Code, Article Article, IReadOnlyList<Fault> Faults) : PolicyBookReading;

    /// <summary>The book.</summary>
    /// <exception cref="FaultException">It was refused.</exception>
    public PolicyBook OrThrow() => this switch
    {
        Loaded loaded => loaded.Book,
        Refused refused => throw new FaultException(refused.Faults),
        _ => throw new InvalidOperationException($"Unknown reading {GetType().Name}."),
    };
}

/// <summary>Reads a policy book: a JSON envelope with its rows as CSV (README.md). Refuses bad values, two rows that match a
/// same case, and a declared case that no row matches on some day. Source: B1, B12.</summary>
public static class PolicyBookReader
{
    public const int MaxBytes = 4_194_304;
    public const int MaxRows = 2_000;
    public const int MaxCovers = 200;
    public const int MaxFaults = 50;

    private static readonly JsonDocumentOptions Json = new() { MaxDepth = 4, AllowDuplicateProperties = false };

    /// <summary>Reads a book as it stands in a feed or a file; its hash is that of the text's UTF-8 bytes.</summary>
    public static PolicyBookReading Read(string jsonText) => Read(Encoding.UTF8.GetBytes(jsonText).AsMemory());

    /// <summary>Reads a book from its exact bytes, UTF-8 without byte order mark.</summary>
    public static PolicyBookReading Read(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Length > MaxBytes)
        {
            return Refused([new Fault(Codes.TooLong, "book", Whole(bytes.Length), $"{MaxBytes} bytes")]);
        }
        if (bytes.Span.StartsWith("\uFEFF"u8) || !Utf8.IsValid(bytes.Span) || EscapesHalves(bytes.Span))
        {
            return Refused([new Fault(Codes.BadCharacter, "book", "its bytes", "UTF-8 without byte order mark")]);
        }
        try
        {
            using var document = JsonDocument.Parse(bytes, Json);
            return Read(document.RootElement, Convert.ToHexStringLower(SHA256.HashData(bytes.Span)));
        }
        catch (JsonException wrong)
        {
            var place = string.Create(CultureInfo.InvariantCulture, $"line {wrong.LineNumber + 1}, byte {wrong.BytePositionInLine + 1}");
            return Refused([new Fault(Codes.BadJson, "book", place, "one JSON object, each property once")]);
        }
        catch (FaultException wrong)
        {
            return Refused(wrong.Faults);
        }
    }

    /// <summary>Whether an escape stands for half a character: such a text cannot be read. Whole characters beyond the first
    /// plane are written as themselves.</summary>
    private static bool EscapesHalves(ReadOnlySpan<byte> json)
    {
        for (var i = 0; i + 3 < json.Length; i++)
        {
            if (json[i] == '\\')
            {
                if (json[i + 1] == 'u' && json[i + 2] is (byte)'d' or (byte)'D' && json[i + 3] >= '8')
                {
                    return true;
                }
                i++;
            }
        }
        return false;
    }

    private static PolicyBookReading Read(JsonElement root, string hash)
    {
        var faults = new List<Fault>();
        var envelope = PolicyEnvelope.Read(root, faults);
        if (envelope is null)
        {
            return Refused(faults);
        }
        var rows = Rows(envelope, faults);
        var covers = Covers(envelope, faults);
        if (faults.Count > 0)
        {
            return Refused(faults);
        }
        PolicyOverlaps.Find(rows, faults, MaxFaults);
        for (var i = 0; i < covers.Count && faults.Count < MaxFaults; i++)
        {
            PolicyCoverage.Find(rows, covers[i], $"covers[{Whole(i + 1)}]", faults);
        }
        if (faults.Count > 0)
        {
            return Refused(faults);
        }
        return new PolicyBookReading.Loaded(new PolicyBook(
            new PolicyReference(envelope.Id, envelope.Version, hash), envelope.Effective, envelope.KnownFrom, envelope.Source, envelope.Currency, rows)
        {
            Region = envelope.Region,
            Covers = covers,
        });
    }

    private static List<PolicyRow> Rows(PolicyEnvelope envelope, List<Fault> faults)
    {
        var table = CsvText.Parse("rows", envelope.Rows, [.. PolicyColumns.Required]);
        foreach (var column in table.Columns.Except([.. PolicyColumns.Required, .. PolicyColumns.Optional], StringComparer.Ordinal))
        {
            faults.Add(new Fault(Codes.UnknownCode, "rows", column, $"no column but {string.Join(", ", PolicyColumns.Required)}, {string.Join(", ", PolicyColumns.Optional)}"));
        }
        if (table.Rows.Count is 0 or > MaxRows)
        {
            faults.Add(new Fault(table.Rows.Count == 0 ? Codes.Missing : Codes.TooMany, "rows", Whole(table.Rows.Count), $"1 to {MaxRows} rows"));
            return [];
        }
        var known = table.Columns.ToHashSet(StringComparer.Ordinal);
        var rows = new List<PolicyRow>(table.Rows.Count);
        for (var i = 0; i < table.Rows.Count && faults.Count < MaxFaults; i++)
        {
            var row = table.Rows[i];
            var cells = new PolicyCells($"rows[{Whole(i + 1)}]", column => known.Contains(column) ? row[column] : "", envelope.Currency, faults);
            rows.Add(new PolicyRowReader(cells, envelope.Effective).Row(i + 1));
        }
        return rows;
    }

    private static List<PolicyKey> Covers(PolicyEnvelope envelope, List<Fault> faults)
    {
        var covers = new List<PolicyKey>();
        for (var i = 0; i < envelope.Covers.Count && faults.Count < MaxFaults; i++)
        {
            var cover = envelope.Covers[i];
            var cells = new PolicyCells($"covers[{Whole(i + 1)}]", column => cover.GetValueOrDefault(column, ""), envelope.Currency, faults);
            covers.Add(new PolicyRowReader(cells, envelope.Effective).Key());
        }
        return covers;
    }

    private static PolicyBookReading.Refused Refused(IReadOnlyList<Fault> faults) =>
        new(faults[0].Code, faults[0].Code is Codes.PolicyConflict or Codes.NoPolicy ? B01 : B12, faults);

    private static string Whole(int number) => number.ToString(CultureInfo.InvariantCulture);
}
