using System.Globalization;

namespace EdgeHub.Rules;

/// <summary>One value with the days on which it holds and the day from which it was known.</summary>
public sealed record DatedValue<T>(DateRange Valid, DateOnly KnownFrom, T Value);

/// <summary>A value that changes with the day, with two dates each: valid from, and known from. What was known later
/// supersedes what was known before, for the days that both cover; so a past decision can be made again as it was made.</summary>
public sealed class Dated<T>(string name, IReadOnlyList<DatedValue<T>> values)
{
    public string Name { get; } = name;
    public IReadOnlyList<DatedValue<T>> Values { get; } = values;

    /// <summary>The one value valid on the service day, as known on the given day.</summary>
    /// <exception cref="RuleGap">No value is valid, or none was known yet.</exception>
    /// <exception cref="RuleConflict">Two values valid on that day became known on the same day.</exception>
    public T On(DateOnly serviceDay, DateOnly knownOn)
    {
        DatedValue<T>? found = null;
        var twice = false;
        foreach (var value in Values)
        {
            if (!value.Valid.Contains(serviceDay) || value.KnownFrom > knownOn)
            {
                continue;
            }
            if (found is null || value.KnownFrom > found.KnownFrom)
            {
                (found, twice) = (value, false);
            }
            else if (value.KnownFrom == found.KnownFrom)
            {
                twice = true;
            }
        }
        if (found is null)
        {
            throw new RuleGap(Name, serviceDay, knownOn);
        }
        return twice ? throw new RuleConflict(Name, serviceDay, knownOn) : found.Value;
    }
}

/// <summary>No value of a rule or parameter holds on a day: refused by name, never guessed.</summary>
public sealed class RuleGap(string name, DateOnly serviceDay, DateOnly knownOn)
    : Exception(string.Create(CultureInfo.InvariantCulture, $"No value of {name} holds on {serviceDay:yyyy-MM-dd} as known on {knownOn:yyyy-MM-dd}."));

/// <summary>Two values of a rule or parameter hold on a day: refused by name, never chosen.</summary>
public sealed class RuleConflict(string name, DateOnly serviceDay, DateOnly knownOn)
    : Exception(string.Create(CultureInfo.InvariantCulture, $"More than one value of {name} holds on {serviceDay:yyyy-MM-dd} as known on {knownOn:yyyy-MM-dd}."));
