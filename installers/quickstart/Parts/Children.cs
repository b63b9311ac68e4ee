using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace EdgeHub.Quickstart.Parts;

/// <summary>The processes that this run started. Each is stopped by its own id, never by a name; their ids stand in a file of
/// the state folder until they are gone, so that a run that was killed can be cleaned up by the next one.</summary>
public sealed class Children : IDisposable
{
    private const int SignalTerminate = 15;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private readonly Lock _gate = new();
    private readonly List<Process> _running = [];
    private readonly string _pidFile;
    private readonly string _logFolder;
    private readonly string _dotnet;

    public Children(string state)
    {
        _pidFile = Path.Combine(state, "pids");
        _logFolder = Path.Combine(state, "logs");
        Directory.CreateDirectory(_logFolder);
        var own = Environment.ProcessPath;
        _dotnet = own is not null && Path.GetFileNameWithoutExtension(own) == "dotnet" ? own : "dotnet";
    }

    /// <summary>Stops what a run that was killed left behind in this state folder: only processes whose id stands in its file
    /// and whose command line names the folder.</summary>
    public static int StopLeftOvers(string state)
    {
        var file = Path.Combine(state, "pids");
        if (!File.Exists(file))
        {
            return 0;
        }
        var stopped = 0;
        foreach (var line in File.ReadAllLines(file))
        {
            if (!IsRunning(line, state))
            {
                continue;
            }
            using var process = Process.GetProcessById(int.Parse(line, CultureInfo.InvariantCulture));
            process.Kill();
            process.WaitForExit(Patience);
            stopped++;
        }
        return stopped;
    }

    /// <summary>Whether a process of this id lives and its command line names something: an id alone may have been given anew.</summary>
    public static bool IsRunning(string pid, string named)
    {
        if (!int.TryParse(pid, NumberStyles.None, CultureInfo.InvariantCulture, out var id) || id == Environment.ProcessId)
        {
            return false;
        }
        var file = $"/proc/{id}/cmdline";
        return File.Exists(file) && File.ReadAllText(file).Contains(named, StringComparison.Ordinal);
    }

    /// <summary>Starts one of our programs; its output goes to logs/NAME.log.</summary>
    /// <param name="environment">What its environment has beside; null: nothing.</param>
    public Process Start(string name, string program, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        var info = Info(program, arguments);
        foreach (var (variable, value) in environment ?? new Dictionary<string, string>(StringComparer.Ordinal))
        {
            info.Environment[variable] = value;
        }
        var process = Process.Start(info) ?? throw new MorningFault($"{name} did not start.");
        var log = new StreamWriter(Path.Combine(_logFolder, name + ".log"), append: true) { AutoFlush = true };
        _ = CopyAsync(process.StandardOutput, log);
        _ = CopyAsync(process.StandardError, log);
        lock (_gate)
        {
            _running.Add(process);
            WritePids();
        }
        return process;
    }

    /// <summary>A process that one of ours started and ends itself: in case ours is killed, its id stands in the file too.</summary>
    public void Adopt(int id)
    {
        lock (_gate)
        {
            _running.Add(Process.GetProcessById(id));
            WritePids();
        }
    }

    /// <summary>The last words in a program's log.</summary>
    public string LastWords(string name)
    {
        const int Lines = 8;
        using var log = new FileStream(Path.Combine(_logFolder, name + ".log"), FileMode.OpenOrCreate, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(log);
        return string.Join(Environment.NewLine, reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).TakeLast(Lines));
    }

    /// <summary>Runs one of our programs to its end.</summary>
    /// <returns>Exit code and both outputs.</returns>
    public async Task<Answer> RunAsync(string program, IReadOnlyList<string> arguments, CancellationToken stop)
    {
        using var process = Process.Start(Info(program, arguments)) ?? throw new MorningFault($"{program} did not start.");
        lock (_gate)
        {
            _running.Add(process);
            WritePids();
        }
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(stop);
            var errors = process.StandardError.ReadToEndAsync(stop);
            await process.WaitForExitAsync(stop);
            return new Answer(process.ExitCode, await output, await errors);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill();
            }
            Forget(process);
        }
    }

    /// <summary>The end of a power cut: SIGKILL, nothing is tidied up.</summary>
    public void KillHard(Process process)
    {
        process.Kill();
        process.WaitForExit(Patience);
        Forget(process);
    }

    /// <summary>Asks a process to end, and ends it when it does not.</summary>
    public void Stop(Process process)
    {
        if (!process.HasExited)
        {
            Signal(process.Id, SignalTerminate);
            if (!process.WaitForExit(Patience))
            {
                process.Kill();
                process.WaitForExit(Patience);
            }
        }
        Forget(process);
    }

    public void Dispose()
    {
        Process[] left;
        lock (_gate)
        {
            left = [.. _running];
        }
        foreach (var process in left.Where(p => !p.HasExited))
        {
            Signal(process.Id, SignalTerminate);
        }
        foreach (var process in left)
        {
            Stop(process);
        }
        File.Delete(_pidFile);
    }

    private ProcessStartInfo Info(string program, IReadOnlyList<string> arguments)
    {
        var info = new ProcessStartInfo(_dotnet)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            WorkingDirectory = Path.GetDirectoryName(program),
        };
        info.ArgumentList.Add(program);
        foreach (var argument in arguments)
        {
            info.ArgumentList.Add(argument);
        }
        return info;
    }

    private void Forget(Process process)
    {
        lock (_gate)
        {
            _running.Remove(process);
            WritePids();
        }
    }

    private void WritePids() => File.WriteAllLines(_pidFile, _running.Select(p => p.Id.ToString(CultureInfo.InvariantCulture)));

    private static async Task CopyAsync(StreamReader from, StreamWriter to)
    {
        while (await from.ReadLineAsync() is { } line)
        {
            lock (to)
            {
                to.WriteLine(line);
            }
        }
    }

    private static void Signal(int pid, int signal) => _ = Kill(pid, signal);

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int pid, int signal);
}

/// <summary>How a program that ran to its end answered.</summary>
public sealed record Answer(int ExitCode, string Output, string Errors);
