using System.Text.Json.Nodes;

namespace EdgeHub.Quickstart.Parts;

/// <summary>What an agent answered: the status and the JSON, a problem's code included.</summary>
public sealed record Reply(int Status, JsonNode? Body)
{
    public bool Good => Status is >= 200 and < 300;
    public string Code => Body is JsonObject problem ? problem["code"]?.GetValue<string>() ?? "" : "";

    public string Text(string field) =>
        Body?[field]?.ToString() ?? throw new MorningFault($"An answer lacks \"{field}\": {Body?.ToJsonString()}");

    public long Number(params string[] path)
    {
        var node = path.Aggregate(Body, (at, name) => at?[name]);
        return node?.GetValue<long>() ?? throw new MorningFault($"An answer lacks \"{string.Join('.', path)}\": {Body?.ToJsonString()}");
    }

    /// <exception cref="MorningFault">The answer is a refusal.</exception>
    public Reply Expect(string what)
    {
        MorningFault.Unless(Good, $"{what}: refused with {Status} {Code} {(Body as JsonObject)?["detail"]}");
        return this;
    }
}
