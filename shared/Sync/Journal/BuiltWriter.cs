using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace EdgeHub.Sync.Journal;

/// <summary>Writes a record with the code that was made for it at build time. Options of one's own (the relaxed encoder) make the
/// serialiser walk the type's description instead, at thrice the cost; the bytes are the same, and the frozen samples say so.</summary>
public static class BuiltWriter<T>
{
    private static Action<Utf8JsonWriter, T>? _built;
    private static bool _looked;

    /// <param name="context">Where the type's code may stand.</param>
    /// <param name="otherwise">For a type that has none there.</param>
    public static void Write(Utf8JsonWriter writer, T value, JsonSerializerContext context, JsonSerializerOptions otherwise)
    {
        if (!_looked)
        {
            _built = context.GetTypeInfo(typeof(T)) is JsonTypeInfo<T> known ? known.SerializeHandler : null;
            _looked = true;
        }
        if (_built is { } built)
        {
            built(writer, value);
        }
        else
        {
            JsonSerializer.Serialize(writer, value, (JsonTypeInfo<T>)otherwise.GetTypeInfo(typeof(T)));
        }
    }
}
