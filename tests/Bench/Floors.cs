using System.Diagnostics;
using System.Globalization;

namespace EdgeHub.Tests.Bench;

/// <summary>The small C programs that say what the machine can do at best: compiled here, run beside what is measured.</summary>
public sealed class Floors
{
    private readonly string _folder;

    /// <exception cref="InvalidOperationException">There is no C compiler, or a floor does not compile.</exception>
    public Floors(string folder)
    {
        _folder = folder;
        var native = Path.Combine(AppContext.BaseDirectory, "runtimes", "linux-x64", "native");
        Compile("fsyncfloor", "-o", Path.Combine(folder, "fsyncfloor"));
        Compile("slowsync", "-shared", "-fPIC", "-ldl", "-o", SlowSync);
        Compile("powercut", "-shared", "-fPIC", "-ldl", "-lpthread", "-o", PowerCut);
        // The very library that the product uses, so that the floor is not another SQLite's.
        Compile("insertfloor", "-L" + native, "-Wl,--no-as-needed", "-l:libe_sqlite3.so", "-lm", "-ldl", "-lpthread", "-Wl,-rpath," + native, "-o", Path.Combine(folder, "insertfloor"));
    }

    /// <summary>Library to preload: slows and counts syncs.</summary>
    public string SlowSync => Path.Combine(_folder, "slowsync.so");

    /// <summary>Library to preload: cuts the power.</summary>
    public string PowerCut => Path.Combine(_folder, "powercut.so");

    public string InsertFloor => Path.Combine(_folder, "insertfloor");

    public string FsyncFloor => Path.Combine(_folder, "fsyncfloor");

    /// <summary>Microseconds of one 4 KiB overwrite with fsync in a folder; run in this process's environment, so a preloaded slow disk holds for it too.</summary>
    public static double FsyncMicroseconds(string program, string folder, int count) =>
        double.Parse(Run(program, null, Path.Combine(folder, "floor.bin"), count.ToString(CultureInfo.InvariantCulture)), CultureInfo.InvariantCulture);

    /// <summary>Runs a program; its output.</summary>
    public static string Run(string program, IReadOnlyDictionary<string, string>? environment, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, UseShellExecute = false };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }
        using var process = Process.Start(start) ?? throw new InvalidOperationException(program + " did not start");
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{program} ended with {process.ExitCode}: {output}");
    }

    private static void Compile(string name, params string[] options)
    {
        string[] all = ["-O2", Path.Combine(AppContext.BaseDirectory, "floors", name + ".c"), .. options];
        try
        {
            Run("gcc", null, all);
        }
        catch (System.ComponentModel.Win32Exception missing)
        {
            throw new InvalidOperationException("The floors are C programs: gcc is needed.", missing);
        }
    }
}
