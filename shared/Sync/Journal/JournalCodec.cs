using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using EdgeHub.Rules;

namespace EdgeHub.Sync.Journal;

/// <summary>One journal line: {"seq","kind","schema","captured","civilDay","clock":{...},"body":{...}} in UTF-8 with the relaxed
/// encoder, keys in declared order, LF at its end. The bytes are what the chain covers; they are never written anew to be checked.</summary>
public static class JournalCodec
{
    /// <summary>Longest line, LF included. A bill of 500 lines needs about 130 KB.</summary>
    public const int MaxLineBytes = 262_144;

    /// <summary>Deepest nesting that is read: the bodies need 5.</summary>
    public const int MaxDepth = 16;

    public const int MaxKindLength = 40;

    /// <summary>How bodies and wire messages are written and read. Unknown properties are passed over (a neighbouring version's
    /// addition); missing ones, nulls where none belongs, duplicates and deep nesting are refused.</summary>
    public static JsonSerializerOptions Options { get; } = MakeOptions();

    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true, MaxDepth = MaxDepth };

    [ThreadStatic]
    private static LineBuffer? _buffer;

    /// <exception cref="JournalFormatException">TooLong: the line is longer than <see cref="MaxLineBytes"/>.</exception>
    public static byte[] Line<TBody>(JournalHead head, TBody body)
    {
        var (bytes, writer) = _buffer ??= new LineBuffer();
        bytes.ResetWrittenCount();
        writer.Reset(bytes);
        Span<byte> instant = stackalloc byte[Instants.Length];
        writer.WriteStartObject();
        writer.WriteNumber("seq"u8, head.Seq);
        writer.WriteString("kind"u8, head.Kind);
        writer.WriteNumber("schema"u8, head.Schema);
        writer.WriteString("captured"u8, instant[..Instants.Write(head.Captured, instant)]);
        Span<byte> day = stackalloc byte[10];
        head.CivilDay.TryFormat(day, out _, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        writer.WriteString("civilDay"u8, day);
        WriteClock(writer, head.Clock);
        writer.WritePropertyName("body"u8);
        BuiltWriter<TBody>.Write(writer, body, JournalJson.Default, Options);
        writer.WriteEndObject();
        writer.Flush();
        bytes.GetSpan(1)[0] = (byte)'\n';
        bytes.Advance(1);
        var line = bytes.WrittenSpan.ToArray();
        if (bytes.Capacity > MaxLineBytes)
        {
            _buffer = null;
        }
        return line.Length <= MaxLineBytes
            ? line
            : throw new JournalFormatException(Codes.TooLong, $"line {head.Seq} ({head.Kind}): {line.Length} bytes; at most {MaxLineBytes}");
    }

    /// <summary>The head of a line, and where its body's bytes stand. The body is not looked into: whether it is JSON, and one object,
    /// is said by <see cref="ReadBody{T}"/>.</summary>
    /// <exception cref="JournalFormatException">BadJson or TooLong.</exception>
    public static JournalHead ReadHead(ReadOnlySpan<byte> line, out Range body)
    {
        if (line.Length > MaxLineBytes)
        {
            throw new JournalFormatException(Codes.TooLong, $"line: {line.Length} bytes; at most {MaxLineBytes}");
        }
        if (line.Length == 0 || line.IndexOf((byte)'\n') != line.Length - 1)
        {
            throw new JournalFormatException(Codes.BadJson, "line: expected one LF, at its end");
        }
        try
        {
            return JournalHeadReader.Read(line[..^1], out body);
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException)
        {
            throw new JournalFormatException(Codes.BadJson, "line: " + unreadable.Message, unreadable);
        }
    }

    /// <summary>A body, or any wire message that is JSON.</summary>
    /// <exception cref="JournalFormatException">BodyUnreadable: not JSON, a property missing or null, a value out of its range.</exception>
    public static T ReadBody<T>(ReadOnlySpan<byte> bodyBytes)
    {
        try
        {
            return JsonSerializer.Deserialize(bodyBytes, (JsonTypeInfo<T>)Options.GetTypeInfo(typeof(T)))
                ?? throw new JournalFormatException(Codes.BodyUnreadable, typeof(T).Name + ": null; expected an object");
        }
        catch (Exception unreadable) when (unreadable is JsonException or FormatException or OverflowException or InvalidOperationException)
        {
            throw new JournalFormatException(Codes.BodyUnreadable, typeof(T).Name + ": " + unreadable.Message, unreadable);
        }
    }

    private static void WriteClock(Utf8JsonWriter writer, ClockReading clock)
    {
        writer.WriteStartObject("clock"u8);
        writer.WriteNumber("tickMilliseconds"u8, clock.TickMilliseconds);
        if (clock.OffsetMilliseconds is { } offset)
        {
            writer.WriteNumber("offsetMilliseconds"u8, offset);
        }
        else
        {
            writer.WriteNull("offsetMilliseconds"u8);
        }
        writer.WriteNumber("demoMilliseconds"u8, clock.DemoMilliseconds);
        writer.WriteEndObject();
    }

    private static JsonSerializerOptions MakeOptions()
    {
        var options = new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            MaxDepth = MaxDepth,
            AllowDuplicateProperties = false,
            RespectNullableAnnotations = true,
            RespectRequiredConstructorParameters = true,
            TypeInfoResolver = JsonTypeInfoResolver.Combine(JournalJson.Default, new DefaultJsonTypeInfoResolver()),
        };
        options.Converters.Add(new InstantConverter());
        options.MakeReadOnly();
        return options;
    }

    private sealed class LineBuffer
    {
        private readonly ArrayBufferWriter<byte> _bytes = new(4096);
        private readonly Utf8JsonWriter _writer;

        public LineBuffer() => _writer = new Utf8JsonWriter(_bytes, WriterOptions);

        public void Deconstruct(out ArrayBufferWriter<byte> bytes, out Utf8JsonWriter writer) => (bytes, writer) = (_bytes, _writer);
    }
}
