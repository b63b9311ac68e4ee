using System.Net;
using System.Text.Json;
using EdgeHub.Agent.Access;
using EdgeHub.Agent.Sync;
using EdgeHub.Rules;
using EdgeHub.Sync.Feeds;
using EdgeHub.Sync.Journal;
using EdgeHub.Sync.Keys;
using EdgeHub.Sync.Wire;
using EdgeHub.Tests.Unit.Agent.Kit;
using EdgeHub.Tests.Unit.Sync;

namespace EdgeHub.Tests.Unit.Fuzz;

/// <summary>Bodies of journal lines as the hub reads them, one target for each kind, and what a hub, or something else at its address, answers an agent.</summary>
internal static class BodyTargets
{
    private static readonly DateTimeOffset Now = new(2025, 3, 5, 1, 0, 0, TimeSpan.Zero);
    private static readonly Uri Address = new("http://hub.invalid/");
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);
    private static readonly EcdsaSigner HubKey = EcdsaKeys.Create();

    public static IEnumerable<FuzzTarget> All()
    {
        foreach (var samples in SyncSamples.Bodies.Concat(SyncSamples.Later).Concat(SyncSamples.Third).GroupBy(body => body.GetType()))
        {
            yield return new(
                "body " + samples.Key.Name, [.. samples.Select(body => JsonSerializer.SerializeToUtf8Bytes(body, samples.Key, JournalCodec.Options))],
                (Func<byte[], string?>)Delegate.CreateDelegate(typeof(Func<byte[], string?>), typeof(BodyTargets).GetMethod(nameof(Body), System.Reflection.BindingFlags.Static | System.Reflection.BindingFlags.NonPublic)!.MakeGenericMethod(samples.Key)),
                FuzzTarget.Usual, Shape.Json);
        }
        var enrolled = new EnrolAnswer(
            Reference.Region, Reference.Site, "D-1", 1, Reference.Site, "样本卫生室", 0, "village_clinic", "Asia/Shanghai", Convert.ToBase64String(HubKey.PublicKey), ["530924101001"],
            Hand());
        var hello = new HelloAnswer("ticket", Now, 1, 12, new string('a', 64), new Dictionary<string, long> { [FeedNames.Members] = 12 }, "one", Hand());
        yield return Answer("answer to enrol", enrolled, line => line.Enrol(Address, new EnrolRequest("C", "K", "1"), CancellationToken.None), EnrolCheck.Demand);
        yield return Answer("answer to hello", hello, line => line.Hello(Address, "D-1", CancellationToken.None), answer => HelloCheck.Demand(answer, Now));
        yield return Answer("answer to a batch", new JournalAnswer("acknowledged", 1, 12, new string('a', 64), null, null), line => line.SendBatch(Address, new byte[1], CancellationToken.None), _ => { });
        yield return Answer("answer to an epoch", new EpochAnswer(2, 12, false), line => line.NewEpoch(Address, new EpochRequest("D-1", 1, 1, new string('a', 64)), "EdgeHub", CancellationToken.None), _ => { });
        yield return Answer("answer to a look", new PersonAnswer([[1, 2], [3]]), line => line.FindPerson(Address, new PersonAsked("id", "1", "n", "CheckIn"), "EdgeHub", CancellationToken.None), _ => { });
        var refusal = JsonSerializer.SerializeToUtf8Bytes(new { code = Codes.Revoked, detail = "the device was replaced" }, Web);
        yield return new("refusal of the hub", [refusal], bytes => { Told(() => Ask(bytes, 409, line => line.Hello(Address, "D-1", CancellationToken.None))); return null; }, FuzzTarget.Usual, Shape.Json);
    }

    private static HandKey Hand()
    {
        var key = Convert.ToBase64String(HubKey.PublicKey);
        return new HandKey(key, Convert.ToBase64String(HubKey.Sign(HandKey.SignedBytes(Reference.Region, key))));
    }

    /// <summary>What is read is written again as the very same.</summary>
    private static string? Body<T>(byte[] bytes)
        where T : class
    {
        var once = JsonSerializer.SerializeToUtf8Bytes(JournalCodec.ReadBody<T>(bytes), JournalCodec.Options);
        return once.AsSpan().SequenceEqual(JsonSerializer.SerializeToUtf8Bytes(JournalCodec.ReadBody<T>(once), JournalCodec.Options)) ? null : "what was read is another when it is written and read again";
    }

    private static FuzzTarget Answer<T>(string name, T good, Func<HttpHubLine, Task<T>> ask, Action<T> demand)
        where T : class => new(name, [JsonSerializer.SerializeToUtf8Bytes(good, Web)], bytes =>
        {
            demand(Ask(bytes, 200, ask));
            return null;
        }, FuzzTarget.Usual, Shape.Json) { Refuses = IsTold };

    private static T Ask<T>(byte[] bytes, int status, Func<HttpHubLine, Task<T>> ask)
    {
        using var line = new HttpHubLine(new Answering(bytes, status));
        return ask(line).GetAwaiter().GetResult();
    }

    private static void Told<T>(Func<T> ask)
    {
        try
        {
            ask();
        }
        catch (Exception told) when (IsTold(told))
        {
            return;
        }
        throw new InvalidOperationException("a refusal was taken for an answer");
    }

    private static bool IsTold(Exception told) => told is HubRefused { Code.Length: > 0 } or HubUnreachable { Message.Length: > 0 };

    private sealed class Answering(byte[] bytes, int status) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage((HttpStatusCode)status) { Content = new ByteArrayContent(bytes) });
    }
}
