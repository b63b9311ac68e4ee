using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using EdgeHub.Sync.Journal;
using EdgeHub.Sync.Keys;
using EdgeHub.Sync.Wire;

namespace EdgeHub.Tests.Scenarios.Thousand;

/// <summary>A day's journal of one device: the lines that a real agent wrote, as another clinic's agent would have written them for
/// its own patients; chained and signed by the device's own key.</summary>
public sealed partial class AgentDay : IDisposable
{
    private readonly byte[][] _hashes;
    private readonly EcdsaSigner _key = EcdsaKeys.Create();

    private AgentDay(string region, string site, string device, IReadOnlyList<ReadOnlyMemory<byte>> lines)
    {
        (Region, Site, Device, Lines) = (region, site, device, lines);
        _hashes = new byte[lines.Count + 1][];
        _hashes[0] = Chain.Zero;
        for (var i = 0; i < lines.Count; i++)
        {
            _hashes[i + 1] = Chain.Through(_hashes[i], [lines[i]]);
        }
    }

    public string Region { get; }
    public string Site { get; }
    public string Device { get; }
    public IReadOnlyList<ReadOnlyMemory<byte>> Lines { get; }
    public byte[] PublicKey => _key.PublicKey;
    public string KeyId => _key.KeyId;

    /// <summary>Kinds of the lines, in their order.</summary>
    public IEnumerable<string> Kinds => Lines.Select(line => KindOf().Match(Encoding.UTF8.GetString(line.Span)).Groups[1].Value);

    /// <summary>The signed batch of these sequences.</summary>
    public byte[] Batch(long from, long through) =>
        BatchCodec.Write(Region, Site, Device, 1, from, _hashes[from - 1], [.. Lines.Skip((int)from - 1).Take((int)(through - from + 1))], _key);

    public string HashAt(long seq) => Chain.Text(_hashes[seq]);

    /// <summary>The number of a person of this device: D0007P3 is the third patient of the seventh device.</summary>
    public static string Person(int device, int number) => string.Create(CultureInfo.InvariantCulture, $"D{device:0000}P{number}");

    public static string SiteOf(int device) => (530924200000L + device).ToString(CultureInfo.InvariantCulture);

    /// <param name="template">Lines from sequence 1 on, of the clinic <paramref name="site"/> and its patients P1, P2 ….</param>
    /// <param name="entries">How many of them this device's day has.</param>
    public static AgentDay Of(string region, string site, IEnumerable<byte[]> template, int device, int entries)
    {
        var own = SiteOf(device);
        var lines = template.Take(entries).Select(line => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(
            Persons().Replace(
                Ids().Replace(Encoding.UTF8.GetString(line).Replace(site, own, StringComparison.Ordinal), id => Own(id.Value, device)),
                person => $"\"{Person(device, int.Parse(person.Groups[1].Value, CultureInfo.InvariantCulture))}\""))).ToList();
        return new AgentDay(region, own, own + "-1", lines);
    }

    /// <summary>Ids of this device's own facts: the same template id always becomes the same id of the device.</summary>
    private static string Own(string id, int device) => id[..^6] + device.ToString("x6", CultureInfo.InvariantCulture);

    public void Dispose() => _key.Dispose();

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}", RegexOptions.None, 60_000)]
    private static partial Regex Ids();

    [GeneratedRegex("\"P(?<number>[0-9]+)\"", RegexOptions.None, 60_000)]
    private static partial Regex Persons();

    [GeneratedRegex("\"kind\":\"(?<kind>[A-Za-z]+)\"", RegexOptions.None, 60_000)]
    private static partial Regex KindOf();
}
