using System.Text.Json;

namespace EdgeHub.Rules;

/// <summary>Whether every text of a JSON document is one: an escape may stand for half a character, which the parser takes and whoever reads the
/// text meets as a failure.</summary>
public static class JsonWhole
{
    public static bool Holds(JsonElement element)
    {
        try
        {
            Visit(element);
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private static void Visit(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var property in element.EnumerateObject())
                {
                    _ = property.Name;
                    Visit(property.Value);
                }
                break;
            case JsonValueKind.Array:
                foreach (var each in element.EnumerateArray())
                {
                    Visit(each);
                }
                break;
            case JsonValueKind.String:
                _ = element.GetString();
                break;
        }
    }
}
