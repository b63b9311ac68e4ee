using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace EdgeHub.Tests.Scenarios.Simulation;

/// <summary>Everything that happened, as lines: hashed as a whole, so that two runs of a seed can be compared; the last ones kept to be
/// shown with a failure.</summary>
internal sealed class Trace : IDisposable
{
    private const int Shown = 40;
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly Queue<string> _last = new();
    private readonly TextWriter? _to = Environment.GetEnvironmentVariable("EDGEHUB_SIMULATION_TRACE") is { Length: > 0 } file ? new StreamWriter(file, append: true) { AutoFlush = true } : null;

    public long Lines { get; private set; }

    public void Add(DateTimeOffset at, string what)
    {
        var line = string.Create(CultureInfo.InvariantCulture, $"{++Lines} {at:yyyy-MM-dd HH:mm:ss} {what}");
        _hash.AppendData(Encoding.UTF8.GetBytes(line + "\n"));
        _last.Enqueue(line);
        if (_last.Count > Shown)
        {
            _last.Dequeue();
        }
        _to?.WriteLine(line);
    }

    public string Last => string.Join('\n', _last);

    public string Hash => Convert.ToHexStringLower(_hash.GetCurrentHash());

    public void Dispose()
    {
        _hash.Dispose();
        _to?.Dispose();
    }
}
