using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using EdgeHub.Sync.Stores;

namespace EdgeHub.Tests.Bench;

/// <summary>Facts that a writer acknowledged and that were gone afterwards: after kill -9, and after simulated power cuts with torn
/// and reordered writes. The files are checked as well.</summary>
public static class LossBench
{
    private const int Group = 4;

    public static void Run(Floors floors, string folder, int times, Report report)
    {
        foreach (var (name, power) in ((string, bool)[])[("kill -9", false), ("power cuts", true)])
        {
            var (lost, acknowledged, damaged) = (0, 0L, 0);
            for (var time = 0; time < times; time++)
            {
                var own = Directory.CreateDirectory(Path.Combine(folder, $"{(power ? "cut" : "kill")}{time}")).FullName;
                var told = Broken(floors, own, time, power);
                acknowledged += told.Count;
                using var store = SqliteStore.Open(Path.Combine(own, "loss.db"));
                damaged += store.QuickCheck() == "ok" ? 0 : 1;
                var kept = store.Read(session => session.ExecuteScalar<long>("select count(*) from sqlite_master") == 0 ? [] : session.Query<long>("select id from fact")).ToHashSet();
                lost += told.Count(id => !kept.Contains(id));
            }
            report.Add(new Row($"acknowledged facts lost, {times} {name}", $"{lost} of {acknowledged}, {damaged} files damaged", "", lost + damaged, 0, AtLeast: false));
        }
    }

    /// <summary>In the child: writes groups, says which ids are acknowledged, checkpoints often, until it is ended.</summary>
    /// <param name="roomy">As the agent and the hub in service: the log is laid out and written over again, never cut.</param>
    public static void InChild(string file, bool roomy)
    {
        using var store = SqliteStore.Open(file, roomy: roomy);
        store.Write(session => session.Execute("create table if not exists fact (id bigint primary key, body bytea not null)"));
        using var writer = new GroupCommitWriter(store);
        using var output = Console.OpenStandardOutput();
        if (roomy)
        {
            writer.Start();
        }
        for (var id = 0L; ; id += Group)
        {
            var first = id;
            var tasks = Enumerable.Range(0, Group).Select(i => writer.Submit(session => session.Prepared("insert into fact (id, body) values ($1, $2)").Execute(first + i, new byte[700]))).ToList();
            while (writer.WriteOnce())
            {
            }
            if (tasks.TrueForAll(task => task.IsCompletedSuccessfully))
            {
                output.Write(System.Text.Encoding.ASCII.GetBytes(first.ToString(CultureInfo.InvariantCulture) + "\n"));
            }
            if (first % (12 * Group) == 0)
            {
                store.Checkpoint(truncate: !roomy && first % (24 * Group) == 0);
            }
        }
    }

    private static List<long> Broken(Floors floors, string folder, int seed, bool power)
    {
        var random = new Random(seed);
        var self = Environment.ProcessPath ?? throw new InvalidOperationException("This process has no path.");
        var start = new ProcessStartInfo(self) { RedirectStandardOutput = true, UseShellExecute = false };
        if (Path.GetFileNameWithoutExtension(self) == "dotnet")
        {
            start.ArgumentList.Add(Assembly.GetExecutingAssembly().Location);
        }
        foreach (var argument in (string[])["child", seed % 2 == 0 ? "loss" : "loss-roomy", Path.Combine(folder, "loss.db")])
        {
            start.ArgumentList.Add(argument);
        }
        if (power)
        {
            start.Environment["LD_PRELOAD"] = floors.PowerCut;
            start.Environment["CUT_AT"] = random.Next(20, 600).ToString(CultureInfo.InvariantCulture);
            start.Environment["CUT_SEED"] = seed.ToString(CultureInfo.InvariantCulture);
        }
        using var process = Process.Start(start) ?? throw new InvalidOperationException("The child did not start.");
        var lines = power ? int.MaxValue : random.Next(1, 120);
        var told = new List<long>();
        while (process.StandardOutput.ReadLine() is { } line)
        {
            if (long.TryParse(line, NumberStyles.None, CultureInfo.InvariantCulture, out var first))
            {
                told.AddRange(Enumerable.Range(0, Group).Select(i => first + i));
            }
            if (--lines == 0)
            {
                process.Kill();
            }
        }
        process.WaitForExit();
        return told;
    }
}
