using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;

namespace EdgeHub.Tests.Bench;

/// <summary>This program started again behind a preloaded slow disk, and what that child can count.</summary>
public static class Child
{
    private const string Preload = "LD_PRELOAD";

    /// <summary>Runs a part of the bench in a child whose syncs take longer; its lines of "name value".</summary>
    public static IReadOnlyDictionary<string, double> Run(Floors floors, int moreMicroseconds, params IEnumerable<string> arguments)
    {
        var environment = new Dictionary<string, string> { [Preload] = floors.SlowSync, ["SLOWSYNC_US"] = moreMicroseconds.ToString(CultureInfo.InvariantCulture), ["BENCH_FSYNCFLOOR"] = floors.FsyncFloor };
        var self = Environment.ProcessPath ?? throw new InvalidOperationException("This process has no path.");
        IEnumerable<string> before = Path.GetFileNameWithoutExtension(self) == "dotnet" ? [Assembly.GetExecutingAssembly().Location] : [];
        var output = Floors.Run(self, environment, [.. before, "child", .. arguments]);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' '))
            .ToDictionary(parts => parts[0], parts => double.Parse(parts[1], CultureInfo.InvariantCulture), StringComparer.Ordinal);
    }

    /// <summary>Microseconds of the floor, in this child.</summary>
    public static double FloorMicroseconds(string folder, int count) => Floors.FsyncMicroseconds(
        Environment.GetEnvironmentVariable("BENCH_FSYNCFLOOR") ?? throw new InvalidOperationException("A child is started by the bench."), folder, count);

    /// <summary>Syncs of this process so far, counted by the preloaded library.</summary>
    public static unsafe long Syncs()
    {
        var library = NativeLibrary.Load(Environment.GetEnvironmentVariable(Preload) ?? throw new InvalidOperationException("Nothing is preloaded."));
        return ((delegate* unmanaged<long>)NativeLibrary.GetExport(library, "slowsync_count"))();
    }

    public static void Tell(string name, double value) => Console.WriteLine(name + " " + value.ToString("R", CultureInfo.InvariantCulture));

    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted[sorted.Count / 2];
    }
}
