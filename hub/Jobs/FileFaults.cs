using System.Globalization;
using System.Text;

namespace EdgeHub.Hub.Jobs;

/// <summary>One value of a file that cannot be used. Line 1 is the heading.</summary>
public sealed record FileFault(int Line, string Column, string Value, string Expected)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"line {Line}, {Column}: \"{Value}\"; right would be {Expected}");
}

/// <summary>Collects what is wrong in a file, so that a clerk mends it once and not fault by fault; past
/// <see cref="Most"/> it only counts.</summary>
public sealed class FileFaults(string file)
{
    public const int Most = 100;
    private const int LongestValue = 60;

    private readonly List<FileFault> _faults = [];

    public int Count { get; private set; }

    public void Add(int line, string column, string value, string expected)
    {
        Count++;
        if (_faults.Count < Most)
        {
            _faults.Add(new FileFault(line, column, value.Length > LongestValue ? value[..LongestValue] + "…" : value, expected));
        }
    }

    /// <exception cref="FileFaultException">The file does not exist or is too large.</exception>
    public static void CheckFile(FileInfo file, long mostBytes)
    {
        var faults = new FileFaults(file.Name);
        if (!file.Exists)
        {
            faults.Add(0, "file", file.FullName, "a file that exists");
        }
        else if (file.Length > mostBytes)
        {
            faults.Add(0, "file", string.Create(CultureInfo.InvariantCulture, $"{file.Length} bytes"), string.Create(CultureInfo.InvariantCulture, $"at most {mostBytes} bytes"));
        }
        faults.ThrowIfAny();
    }

    /// <exception cref="FileFaultException">Something was added.</exception>
    public void ThrowIfAny()
    {
        if (Count > 0)
        {
            throw new FileFaultException(file, _faults, Count);
        }
    }
}

/// <summary>A file that is refused as a whole; nothing of it was loaded.</summary>
public sealed class FileFaultException(string file, IReadOnlyList<FileFault> faults, int count) : InputException(Words(file, faults, count))
{
    public IReadOnlyList<FileFault> Faults { get; } = faults;

    /// <summary>All faults found, those beyond the listed ones too.</summary>
    public int Count { get; } = count;

    private static string Words(string file, IReadOnlyList<FileFault> faults, int count)
    {
        var words = new StringBuilder();
        words.Append(CultureInfo.InvariantCulture, $"{file}: {count} values are not right; nothing was loaded.");
        foreach (var fault in faults)
        {
            words.Append('\n').Append(fault);
        }
        if (count > faults.Count)
        {
            words.Append(CultureInfo.InvariantCulture, $"\n… and {count - faults.Count} more.");
        }
        return words.ToString();
    }
}
