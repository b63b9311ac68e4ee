using System.Globalization;
using System.Runtime.InteropServices;

namespace EdgeHub.Agent.Memory;

/// <summary>The pages of program files that this process has mapped. Linux maps sixteen pages for each that is touched, and a start touches most
/// of every library once: what stays mapped is several times what is used afterwards. Not for several threads at once.</summary>
public sealed partial class ProgramPages
{
    private const int DontNeed = 4;
    private const string Maps = "/proc/self/maps";
    private const string MapsWithFigures = "/proc/self/smaps";
    private HashSet<string> _stood = new(StringComparer.Ordinal);

    /// <summary>Notes which libraries are mapped, and where.</summary>
    public void Look()
    {
        if (OperatingSystem.IsLinux())
        {
            _stood = File.ReadLines(Maps).Where(line => Range(line) is { IsLibrary: true }).ToHashSet(StringComparer.Ordinal);
        }
    }

    /// <summary>Unmaps pages of libraries: they stay in the system's cache, and what is used is mapped again at its next use, without reading.
    /// Only where the mapping cannot be written and holds no page of its own: nothing is lost, for the file holds all of it. And only where it
    /// stood so at the last look: a library that is being loaded at this moment is written for a while before it looks like that.</summary>
    public void GiveBack()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }
        (nint Start, nint End)? library = null;
        foreach (var line in File.ReadLines(MapsWithFigures))
        {
            if (Range(line) is { } mapping)
            {
                library = mapping.IsLibrary && _stood.Contains(line) ? (mapping.Start, mapping.End) : null;
            }
            else if (line.StartsWith("Anonymous:", StringComparison.Ordinal) && library is { } clean && line.EndsWith(" 0 kB", StringComparison.Ordinal))
            {
                // A refusal leaves the pages where they are.
                _ = Advise(clean.Start, clean.End - clean.Start, DontNeed);
            }
        }
    }

    /// <summary>A line such as "7f3f32000000-7f3f320c5000 r-xp 00000000 08:01 42  /usr/lib/libcrypto.so.3"; null: a line of figures.</summary>
    public static (nint Start, nint End, bool IsLibrary)? Range(string line)
    {
        var (dash, blank) = (line.IndexOf('-', StringComparison.Ordinal), line.IndexOf(' ', StringComparison.Ordinal));
        if (dash < 1 || blank < dash || line.Length < blank + 5 ||
            !nint.TryParse(line.AsSpan(0, dash), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var start) ||
            !nint.TryParse(line.AsSpan(dash + 1, blank - dash - 1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var end))
        {
            return null;
        }
        var permissions = line.AsSpan(blank + 1, 4);
        return (start, end, permissions is "r--p" or "r--s" or "r-xp" && (line.EndsWith(".dll", StringComparison.Ordinal) || line.Contains(".so", StringComparison.Ordinal)));
    }

    [LibraryImport("libc", EntryPoint = "madvise", SetLastError = true)]
    private static partial int Advise(nint address, nint length, int advice);
}
