using System.Diagnostics;

namespace EdgeHub.Tests.VirtualCard;

/// <summary>A card daemon (pcscd) of one's own, with two slots of vpcd: its run folder is mounted over the system's in a mount namespace
/// of its own, so that it meets neither the system's daemon nor another run's. A program speaks to it when <see cref="Variable"/> stands
/// in its environment before it starts: libpcsclite reads C's environment. vpcd listens on every address of the machine and cannot be
/// told otherwise (set to call a card instead, it crashes while there is none): for tests and demonstrations alone.</summary>
public sealed class PrivatePcscd : IDisposable
{
    public const string Variable = "PCSCLITE_CSOCK_NAME";
    private const string Driver = "/usr/lib/pcsc/drivers/serial/libifdvpcd.so";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly string _folder;
    private Process? _daemon;

    public PrivatePcscd(string folder)
    {
        _folder = folder;
        Directory.CreateDirectory(Path.Combine(folder, "run"));
        Directory.CreateDirectory(Path.Combine(folder, "conf"));
        Port = FreePorts.InARow(2);
        File.WriteAllText(Path.Combine(folder, "conf", "vpcd"), $"FRIENDLYNAME \"Virtual PCD\"\nDEVICENAME /dev/null:0x{Port:X4}\nLIBPATH {Driver}\nCHANNELID 0x{Port:X4}\n");
    }

    /// <summary>Of the first slot; the second one's is one more.</summary>
    public int Port { get; }

    public string Socket => Path.Combine(_folder, "run", "pcscd.comm");

    /// <summary>Of the daemon; 0: none runs.</summary>
    public int ProcessId => _daemon?.Id ?? 0;

    public string FirstReader => "Virtual PCD 00 00";

    public string SecondReader => "Virtual PCD 00 01";

    /// <summary>Why there can be none on this machine; null: there can.</summary>
    public static string? WhyNot()
    {
        if (!OperatingSystem.IsLinux())
        {
            return "pcscd and vpcd are for Linux; Windows readers are shown through the interop's fake";
        }
        if (!File.Exists("/usr/sbin/pcscd") || !File.Exists(Driver))
        {
            return "the packages pcscd and vsmartcard-vpcd are not installed";
        }
        using var tried = Process.Start(new ProcessStartInfo("unshare", ["-m", "--propagation", "private", "sh", "-c", "mkdir -p /run/pcscd && mount --bind /run/pcscd /run/pcscd"])
        {
            UseShellExecute = false, RedirectStandardError = true,
        });
        if (tried is null || !tried.WaitForExit(Patience) || tried.ExitCode != 0)
        {
            return "this machine does not allow a mount namespace of one's own (unshare -m), which keeps a private pcscd apart";
        }
        return null;
    }

    public void Start()
    {
        var run = Path.Combine(_folder, "run");
        _daemon = Process.Start(new ProcessStartInfo("unshare", [
            "-m", "--propagation", "private", "sh", "-c", "mkdir -p /run/pcscd && mount --bind \"$0\" /run/pcscd && exec pcscd -f -c \"$1\"", run, Path.Combine(_folder, "conf")])
        {
            UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        _daemon.OutputDataReceived += (_, _) => { };
        _daemon.ErrorDataReceived += (_, _) => { };
        _daemon.BeginOutputReadLine();
        _daemon.BeginErrorReadLine();
        var since = Stopwatch.StartNew();
        while (!File.Exists(Socket))
        {
            if (_daemon.HasExited || since.Elapsed > Patience)
            {
                throw new InvalidOperationException("pcscd did not start.");
            }
            Thread.Sleep(20);
        }
    }

    /// <summary>As a crash: the socket stays behind, as it does then.</summary>
    public void Kill()
    {
        _daemon?.Kill(entireProcessTree: true);
        _daemon?.WaitForExit();
        _daemon?.Dispose();
        _daemon = null;
    }

    /// <summary>A new daemon after <see cref="Kill"/>.</summary>
    public void Restart()
    {
        foreach (var left in Directory.GetFiles(Path.Combine(_folder, "run")))
        {
            File.Delete(left);
        }
        Start();
    }

    public void Dispose() => Kill();
}
