using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace EdgeHub.Sync.Journal;

/// <summary>Instants as text: UTC, milliseconds, "2025-03-05T01:02:03.004Z" and nothing else. Finer parts are cut off, not rounded:
/// a stored instant never lies after the real one.</summary>
public static class Instants
{
    public const string Pattern = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";
    public const int Length = 24;

    public static string Write(DateTimeOffset instant) => instant.UtcDateTime.ToString(Pattern, CultureInfo.InvariantCulture);

    public static int Write(DateTimeOffset instant, Span<byte> utf8) =>
        instant.UtcDateTime.TryFormat(utf8, out var written, Pattern, CultureInfo.InvariantCulture)
            ? written
            : throw new ArgumentException("An instant needs 24 bytes.", nameof(utf8));

    public static DateTimeOffset? TryRead(ReadOnlySpan<byte> text)
    {
        if (text.Length != Length || text[10] != 'T' || text[13] != ':' || text[16] != ':' || text[19] != '.' || text[23] != 'Z')
        {
            return null;
        }
        var day = TryReadDay(text[..10]);
        var (hour, minute) = (Digits(text.Slice(11, 2)), Digits(text.Slice(14, 2)));
        var (second, millisecond) = (Digits(text.Slice(17, 2)), Digits(text.Slice(20, 3)));
        return day is null || hour is < 0 or > 23 || minute is < 0 or > 59 || second is < 0 or > 59 || millisecond < 0
            ? null
            : new DateTimeOffset(day.Value.ToDateTime(new TimeOnly(hour, minute, second, millisecond), DateTimeKind.Utc));
    }

    public static DateTimeOffset Read(string text)
    {
        Span<byte> bytes = stackalloc byte[Length];
        return text.Length == Length && System.Text.Ascii.FromUtf16(text, bytes, out _) == System.Buffers.OperationStatus.Done && TryRead(bytes) is { } instant
            ? instant
            : throw new FormatException($"\"{text}\" is no instant; expected UTC with milliseconds, for example 2025-03-05T01:02:03.004Z.");
    }

    /// <summary>A day as yyyy-MM-dd; null when it is none.</summary>
    public static DateOnly? TryReadDay(ReadOnlySpan<byte> text)
    {
        if (text.Length != 10 || text[4] != '-' || text[7] != '-')
        {
            return null;
        }
        var (year, month, day) = (Digits(text[..4]), Digits(text.Slice(5, 2)), Digits(text.Slice(8, 2)));
        return year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month) ? null : new DateOnly(year, month, day);
    }

    private static int Digits(ReadOnlySpan<byte> text)
    {
        var value = 0;
        foreach (var digit in text)
        {
            if (digit is < (byte)'0' or > (byte)'9')
            {
                return -1;
            }
            value = (value * 10) + (digit - '0');
        }
        return value;
    }
}

/// <summary><see cref="Instants"/> in JSON.</summary>
public sealed class InstantConverter : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && !reader.ValueIsEscaped && !reader.HasValueSequence && Instants.TryRead(reader.ValueSpan) is { } instant
            ? instant
            : throw new JsonException("No instant; expected UTC with milliseconds, for example 2025-03-05T01:02:03.004Z.");

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options)
    {
        Span<byte> text = stackalloc byte[Instants.Length];
        writer.WriteStringValue(text[..Instants.Write(value, text)]);
    }
}
