using System.Text.Encodings.Web;
using System.Text.Json;

namespace EdgeHub.Quickstart.Accounts;

/// <summary>What one event of the morning showed.</summary>
/// <param name="Facts">Counts, amounts in fen, codes and ids, by name.</param>
public sealed record EventResult(string Name, bool Ok, string Words, IReadOnlyDictionary<string, string> Facts);

/// <summary>The morning in a form that a program can read: result.json of the state folder.</summary>
public sealed record MorningResult(bool Ok, double Seconds, int Population, IReadOnlyList<EventResult> Events)
{
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public void Save(string file) => File.WriteAllText(file, JsonSerializer.Serialize(this, Json));
}
