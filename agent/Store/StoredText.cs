using System.Globalization;

namespace EdgeHub.Agent.Store;

/// <summary>Reads what this store wrote as text. What does not read as it was written was altered on the disk.</summary>
internal static class StoredText
{
    /// <exception cref="InvalidDataException">The text is no day.</exception>
    public static DateOnly Day(string text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
        ? day
        : throw new InvalidDataException($"a stored day reads \"{text}\"");
}
