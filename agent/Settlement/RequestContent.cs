using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using EdgeHub.Agent.Store;
using EdgeHub.Rules;
using EdgeHub.Sync.Journal;
using EdgeHub.Sync.Stores;
using static EdgeHub.Rules.Benefit.BenefitArticles;

namespace EdgeHub.Agent.Settlement;

/// <summary>What a request asked, as a hash: the same key with the same content gets the same answer, with other content it is
/// refused. The content is the request as understood, not its bytes: blanks and the order of fields do not matter.</summary>
public static class RequestContent
{
    /// <summary>How answers about money are written: camelCase, Chinese as itself.</summary>
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.Never,
        TypeInfoResolver = JsonTypeInfoResolver.Combine(AnswerJson.Default, new DefaultJsonTypeInfoResolver()),
    };

    /// <summary>As <see cref="Json"/>, with texts trimmed and numbers without the zeros that say nothing.</summary>
    private static readonly JsonSerializerOptions Understood = new(Json) { Converters = { new TrimmedText(), new PlainNumber() } };

    [ThreadStatic]
    private static (ArrayBufferWriter<byte> Bytes, Utf8JsonWriter Writer)? _written;

    /// <summary>An answer's bytes, as <see cref="Json"/> writes it.</summary>
    public static byte[] Written<T>(T answer)
    {
        if (_written is not { } to)
        {
            var made = new ArrayBufferWriter<byte>(8_192);
            _written = to = (made, new Utf8JsonWriter(made, new JsonWriterOptions { Encoder = Json.Encoder, SkipValidation = true }));
        }
        to.Bytes.ResetWrittenCount();
        to.Writer.Reset(to.Bytes);
        BuiltWriter<T>.Write(to.Writer, answer, AnswerJson.Default, Json);
        to.Writer.Flush();
        if (to.Bytes.Capacity > JournalCodec.MaxLineBytes)
        {
            _written = null;
        }
        return to.Bytes.WrittenSpan.ToArray();
    }

    /// <param name="target">What the request is on: a visit, a settlement, a decision.</param>
    public static byte[] Hash<T>(string operation, string target, T request) =>
        SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(new Content<T>(operation, target, request), Understood));

    /// <summary>The answer that was given before, or the refusal of a reused key; null: a new request.</summary>
    public static MoneyOutcome? Before(StoreSession session, RequestStore requests, string requestKey, string operation, byte[] hash) =>
        requests.Find(session, requestKey) is not { } known ? null
        : known.IsFor(operation, hash) ? new MoneyOutcome.Done(known.Answer, Again: true)
        : new MoneyOutcome.Refused(Refusal.Of(
            Codes.RequestKeyReused, "requestKey", requestKey, "a new key for a request with another content", B15));

    /// <summary>A stored answer, read again.</summary>
    /// <exception cref="InvalidOperationException">It holds null.</exception>
    public static T Answer<T>(AnsweredRequest answered) => JsonSerializer.Deserialize<T>(answered.Answer, Json)
        ?? throw new InvalidOperationException($"The answer of a {answered.Operation} holds null.");

    private sealed record Content<T>(string Operation, string Target, T Request);

    private sealed class TrimmedText : JsonConverter<string>
    {
        public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetString()?.Trim();

        public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value.AsSpan().Trim());
    }

    private sealed class PlainNumber : JsonConverter<decimal>
    {
        public override decimal Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDecimal();

        public override void Write(Utf8JsonWriter writer, decimal value, JsonSerializerOptions options) =>
            writer.WriteRawValue(value.ToString("0.############################", CultureInfo.InvariantCulture));
    }
}
