using System.Text.Json;

namespace EdgeHub.Sync.Journal;

/// <summary>Reads a line's head without reading its body: what the hub does for every entry, in about a microsecond.</summary>
internal static class JournalHeadReader
{
    private static readonly JsonReaderOptions ReaderOptions = new() { MaxDepth = JournalCodec.MaxDepth, CommentHandling = JsonCommentHandling.Disallow };

    private static readonly string[] KnownKinds =
    [
        Kinds.VisitSettled, Kinds.CheckedIn, Kinds.VisitReversed, Kinds.RefundPaid, Kinds.ContactRecorded, Kinds.OfflineRefused,
        Kinds.DeviceStarted, Kinds.ClockJumped, Kinds.StoreChecked, Kinds.EvidenceKept, Kinds.CarriedFrom,
        Kinds.VisitPartlyRefunded, Kinds.ReimbursementClaimed, Kinds.BookingStepped, Kinds.BookingMade, Kinds.BookingCancelled,
        Kinds.PersonSeen, Kinds.AccessChanged,
    ];

    [Flags]
    private enum Seen { None = 0, Seq = 1, Kind = 2, Schema = 4, Captured = 8, CivilDay = 16, Clock = 32, Body = 64, All = 127 }

    /// <exception cref="JsonException">Not a line: what is wrong stands in its message.</exception>
    public static JournalHead Read(ReadOnlySpan<byte> json, out Range body)
    {
        var reader = new Utf8JsonReader(json, ReaderOptions);
        var seen = Seen.None;
        long seq = 0;
        var (kind, schema, captured, day) = ("", 0, default(DateTimeOffset), default(DateOnly));
        ClockReading? clock = null;
        body = default;
        Expect(ref reader, JsonTokenType.StartObject, "the line");
        while ((seen & Seen.Body) == Seen.None && Next(ref reader) == JsonTokenType.PropertyName)
        {
            var name = NameOf(ref reader);
            Next(ref reader);
            if ((seen & name) != Seen.None)
            {
                throw new JsonException($"{name} stands twice.");
            }
            seen |= name;
            switch (name)
            {
                case Seen.Seq: seq = Whole(ref reader, "seq", 1, long.MaxValue); break;
                case Seen.Kind: kind = KindOf(ref reader); break;
                case Seen.Schema: schema = (int)Whole(ref reader, "schema", 1, int.MaxValue); break;
                case Seen.Captured: captured = Plain(ref reader) && Instants.TryRead(reader.ValueSpan) is { } at ? at : throw new JsonException("captured: no instant; expected UTC with milliseconds, for example 2025-03-05T01:02:03.004Z."); break;
                case Seen.CivilDay: day = Plain(ref reader) && Instants.TryReadDay(reader.ValueSpan) is { } on ? on : throw new JsonException("civilDay: no day; expected yyyy-MM-dd."); break;
                case Seen.Clock: clock = Clock(ref reader); break;
                case Seen.Body: body = Body(ref reader, json); break;
                default: reader.Skip(); break;
            }
        }
        if (seen != Seen.All || clock is null)
        {
            throw new JsonException($"{Seen.All & ~seen} missing.");
        }
        return new JournalHead(seq, kind, schema, captured, day, clock);
    }

    private static Seen NameOf(ref Utf8JsonReader reader) =>
        reader.ValueTextEquals("seq"u8) ? Seen.Seq
        : reader.ValueTextEquals("kind"u8) ? Seen.Kind
        : reader.ValueTextEquals("schema"u8) ? Seen.Schema
        : reader.ValueTextEquals("captured"u8) ? Seen.Captured
        : reader.ValueTextEquals("civilDay"u8) ? Seen.CivilDay
        : reader.ValueTextEquals("clock"u8) ? Seen.Clock
        : reader.ValueTextEquals("body"u8) ? Seen.Body
        : Seen.None;

    private static ClockReading Clock(ref Utf8JsonReader reader)
    {
        Is(ref reader, JsonTokenType.StartObject, "clock");
        var (tick, offset, demo) = (-1L, default(long?), 0L);
        while (Next(ref reader) == JsonTokenType.PropertyName)
        {
            var (isTick, isOffset, isDemo) = (reader.ValueTextEquals("tickMilliseconds"u8), reader.ValueTextEquals("offsetMilliseconds"u8), reader.ValueTextEquals("demoMilliseconds"u8));
            Next(ref reader);
            if (isTick)
            {
                tick = Whole(ref reader, "tickMilliseconds", 0, long.MaxValue);
            }
            else if (isOffset)
            {
                offset = reader.TokenType == JsonTokenType.Null ? null : Whole(ref reader, "offsetMilliseconds", -MaxShiftMilliseconds, MaxShiftMilliseconds);
            }
            else if (isDemo)
            {
                demo = Whole(ref reader, "demoMilliseconds", -MaxShiftMilliseconds, MaxShiftMilliseconds);
            }
            else
            {
                reader.Skip();
            }
        }
        return tick >= 0 ? new ClockReading(tick, offset, demo) : throw new JsonException("tickMilliseconds missing.");
    }

    /// <summary>A hundred years: a clock further off is no clock, and sums with it must not overflow.</summary>
    private const long MaxShiftMilliseconds = 100L * 366 * 86_400_000;

    private static string KindOf(ref Utf8JsonReader reader)
    {
        Is(ref reader, JsonTokenType.String, "kind");
        foreach (var known in KnownKinds)
        {
            if (reader.ValueTextEquals(known))
            {
                return known;
            }
        }
        var kind = reader.GetString() ?? "";
        return kind.Length is > 0 and <= JournalCodec.MaxKindLength && kind.All(char.IsAsciiLetterOrDigit)
            ? kind
            : throw new JsonException($"kind: expected 1 to {JournalCodec.MaxKindLength} letters and digits.");
    }

    /// <summary>The body is the line's last property and is not looked into: it reaches up to the line's own closing brace.</summary>
    private static Range Body(ref Utf8JsonReader reader, ReadOnlySpan<byte> json)
    {
        Is(ref reader, JsonTokenType.StartObject, "body");
        return json.EndsWith("}}"u8)
            ? checked((int)reader.TokenStartIndex)..(json.Length - 1)
            : throw new JsonException("body: expected it last, and the line to end with }}.");
    }

    private static long Whole(ref Utf8JsonReader reader, string name, long least, long most) =>
        reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var value) && value >= least && value <= most
            ? value
            : throw new JsonException($"{name}: expected a whole number from {least} to {most}.");

    private static bool Plain(ref Utf8JsonReader reader) => reader.TokenType == JsonTokenType.String && !reader.ValueIsEscaped;

    private static JsonTokenType Next(ref Utf8JsonReader reader) => reader.Read() ? reader.TokenType : throw new JsonException("the line ends early.");

    private static void Expect(ref Utf8JsonReader reader, JsonTokenType type, string name)
    {
        Next(ref reader);
        Is(ref reader, type, name);
    }

    private static void Is(ref Utf8JsonReader reader, JsonTokenType type, string name)
    {
        if (reader.TokenType != type)
        {
            throw new JsonException($"{name}: {reader.TokenType}; expected {type}.");
        }
    }
}
