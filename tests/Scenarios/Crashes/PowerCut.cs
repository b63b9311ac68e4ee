using System.Diagnostics;
using System.Globalization;

namespace EdgeHub.Tests.Scenarios.Crashes;

/// <summary>The library that cuts the power under SQLite's files, compiled once for a run: what to put into a process's environment.</summary>
internal static class PowerCut
{
    private static readonly Lazy<string> Library = new(Compiled);

    /// <summary>The process ends at a write or sync, with what was not synced dropped by halves.</summary>
    public static Dictionary<string, string> At(int operation, int seed) => new()
    {
        ["LD_PRELOAD"] = Library.Value, ["CUT_AT"] = Text(operation), ["CUT_SEED"] = Text(seed),
    };

    /// <summary>The process goes on; again and again a folder is made with the files as a cut would have left them.</summary>
    public static Dictionary<string, string> Images(string folder, int every, int most, int seed) => new()
    {
        ["LD_PRELOAD"] = Library.Value, ["CUT_IMAGES"] = folder, ["CUT_EVERY"] = Text(every), ["CUT_MOST"] = Text(most), ["CUT_SEED"] = Text(seed),
    };

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Compiled()
    {
        var library = Path.Combine(Path.GetTempPath(), string.Create(CultureInfo.InvariantCulture, $"edgehub-powercut-{Environment.ProcessId}.so"));
        using var compiler = Process.Start(new ProcessStartInfo(
            "gcc", ["-O2", "-shared", "-fPIC", Path.Combine(AppContext.BaseDirectory, "floors", "powercut.c"), "-ldl", "-lpthread", "-o", library]) { UseShellExecute = false })!;
        compiler.WaitForExit();
        Assert.Equal(0, compiler.ExitCode);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => File.Delete(library);
        return library;
    }
}

/// <summary>A test that preloads a library: Linux, and a C compiler.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PowerCutFactAttribute : FactAttribute
{
    public PowerCutFactAttribute()
    {
        var there = OperatingSystem.IsLinux() && (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, "gcc")));
        Skip = there ? null : "a library is preloaded here: that needs Linux and gcc";
    }
}
