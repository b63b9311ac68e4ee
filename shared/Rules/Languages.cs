using System.Globalization;

namespace EdgeHub.Rules;

/// <summary>The three languages in which every page, receipt and fault speaks.</summary>
public static class Languages
{
    public const string Chinese = "zh-CN";
    public const string Swedish = "sv-SE";
    public const string English = "en-GB";

    /// <summary>Spoken where nobody asked for another.</summary>
    public const string Default = Chinese;

    /// <summary>A longer header is not read: nobody lists so many languages.</summary>
    public const int MaxHeaderCharacters = 200;

    public static readonly IReadOnlyList<string> All = [Chinese, Swedish, English];

    /// <summary>The language for a header Accept-Language (RFC 9110): the one of ours with the greatest weight, the first at
    /// equal weight; the default for none, for one that cannot be read, and for "*".</summary>
    public static string Accepted(string? header)
    {
        var (best, bestWeight) = (Default, 0m);
        if (header is null || header.Length > MaxHeaderCharacters)
        {
            return best;
        }
        foreach (var part in header.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var (tag, weight) = Weighed(part);
            var language = All.FirstOrDefault(each => tag.Split('-')[0].Equals(each.Split('-')[0], StringComparison.OrdinalIgnoreCase));
            if (language is not null && weight > bestWeight)
            {
                (best, bestWeight) = (language, weight);
            }
        }
        return best;
    }

    private static (string Tag, decimal Weight) Weighed(string part)
    {
        var pieces = part.Split(';', 2, StringSplitOptions.TrimEntries);
        if (pieces.Length == 1)
        {
            return (pieces[0], 1m);
        }
        var weight = pieces[1].StartsWith("q=", StringComparison.OrdinalIgnoreCase)
            && decimal.TryParse(pieces[1].AsSpan(2), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var given) && given <= 1m
            ? given
            : 0m;
        return (pieces[0], weight);
    }
}
