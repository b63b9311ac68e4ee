using System.Diagnostics;

namespace EdgeHub.Tests.Scenarios.Devices;

/// <summary>The emulator of the package vsmartcard-vpicc with one of its own cards, put into a slot of vpcd. Debian lays its library
/// beside Python's path, and pycryptodome under a name of its own: both are put right for this one process.</summary>
internal sealed class CardEmulator : IDisposable
{
    private const string Program = "/usr/bin/vicc";
    private const string Library = "/usr/lib/python3/site-packages/virtualsmartcard";
    private const string Cryptography = "/usr/lib/python3/dist-packages/Cryptodome";

    private readonly Process _process;
    private readonly string _path;
    private bool _isOver;

    public CardEmulator(string type, int port)
    {
        _path = Directory.CreateTempSubdirectory("card-emulator-").FullName;
        Directory.CreateSymbolicLink(Path.Combine(_path, "Crypto"), Cryptography);
        var start = new ProcessStartInfo("/usr/bin/python3", [Program, "--type", type, "--hostname", "127.0.0.1", "--port", port.ToString()])
        {
            UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        start.Environment["PYTHONPATH"] = $"{Library}:{_path}";
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, _) => { };
        _process.ErrorDataReceived += (_, _) => { };
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public static string? WhyNot() => PcscFactAttribute.WhyNot
        ?? (File.Exists(Program) && Directory.Exists(Library) && Directory.Exists(Cryptography) ? null : "the packages vsmartcard-vpicc and python3-pycryptodome are not installed");

    public void Dispose()
    {
        if (_isOver)
        {
            return;
        }
        _isOver = true;
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
        Directory.Delete(_path, recursive: true);
    }
}

[AttributeUsage(AttributeTargets.Method)]
public sealed class EmulatorFactAttribute : FactAttribute
{
    public EmulatorFactAttribute() => Skip = CardEmulator.WhyNot()!;
}
