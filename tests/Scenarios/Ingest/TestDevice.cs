using System.Net.Http.Json;
using EdgeHub.Sync.Journal;
using EdgeHub.Sync.Keys;
using EdgeHub.Sync.Wire;

namespace EdgeHub.Tests.Scenarios.Ingest;

/// <summary>An agent's side of the sync, as small as it can be: a chain, a key, and batches cut from it.</summary>
internal sealed class TestDevice(TestHub hub, EnrolAnswer site, EcdsaSigner key)
{
    private readonly List<ReadOnlyMemory<byte>> _lines = [];

    public string Name => site.Device;
    public EnrolAnswer Site => site;
    public EcdsaSigner Key => key;
    public long Epoch { get; set; } = site.Epoch;
    public long Seq => _lines.Count;
    public IReadOnlyList<ReadOnlyMemory<byte>> Lines => _lines;

    /// <summary>Hash of the chain through a sequence.</summary>
    public byte[] HashAt(long seq) => Chain.Through(Chain.Zero, [.. _lines.Take((int)seq)]);

    public void Write(int lines)
    {
        for (var i = 0; i < lines; i++)
        {
            WriteLine(JournalCodec.Line(Head(Seq + 1, Kinds.StoreChecked), new StoreChecked($"sound {Seq + 1}", Seq, 0)));
        }
    }

    public void WriteLine(byte[] line) => _lines.Add(line);

    public JournalHead Head(long seq, string kind, DateTimeOffset? captured = null, long? offset = null) => new(
        seq, kind, 1, captured ?? new DateTimeOffset(2025, 3, 12, 0, 0, (int)(seq % 60), TimeSpan.Zero), new DateOnly(2025, 3, 12), new ClockReading(seq, offset, 0));

    /// <summary>The signed batch of these sequences.</summary>
    public byte[] Batch(long from, long through) => BatchOf(from, [.. _lines.Skip((int)from - 1).Take((int)(through - from + 1))]);

    /// <summary>A batch whose fields a test changes before it is signed.</summary>
    public byte[] BatchOf(
        long from, IReadOnlyList<ReadOnlyMemory<byte>> lines, string? region = null, string? place = null, string? device = null, long? epoch = null, byte[]? prev = null, EcdsaSigner? by = null) =>
        BatchCodec.Write(region ?? site.Region, place ?? site.Site, device ?? site.Device, epoch ?? Epoch, from, prev ?? HashAt(from - 1), lines, by ?? key);

    public Task<JournalAnswer> SendAsync(long from, long through) => hub.SendAsync(Batch(from, through));

    public async Task<HelloAnswer> HelloAsync() =>
        (await hub.Http.GetFromJsonAsync<HelloAnswer>($"/sync/v1/hello?device={Name}", JournalCodec.Options))!;

    public async Task<string> AuthorizationAsync() => Tickets.Header(Name, (await HelloAsync()).Ticket, key);

    public async Task<HttpResponseMessage> AskEpochAsync(long epoch, long seq, byte[] hash, long acked = 0, IReadOnlyList<string>? tail = null) =>
        await hub.PostAsync("/sync/v1/epoch", new EpochRequest(Name, epoch, seq, Chain.Text(hash), acked, tail), await AuthorizationAsync());

    public async Task<HttpResponseMessage> FeedAsync(string path, string? authorization = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("Authorization", authorization ?? await AuthorizationAsync());
        return await hub.Http.SendAsync(request);
    }
}
