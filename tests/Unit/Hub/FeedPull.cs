using EdgeHub.Hub.Access;
using EdgeHub.Hub.Feeds;
using EdgeHub.Hub.Store;
using EdgeHub.Sync.Feeds;
using EdgeHub.Sync.Keys;

namespace EdgeHub.Tests.Unit.Hub;

/// <summary>Pulls a feed of a hub in process, as a site's device would.</summary>
internal sealed class FeedPull : IDisposable
{
    public const string Site = "530924100201";
    public const string Village = "530924101001";
    public const string OtherVillage = "530924101201";

    private readonly EcdsaSigner _key = EcdsaKeys.Create();
    private readonly TempHub _hub;

    public FeedPull(TempHub hub)
    {
        _hub = hub;
        Device = new Device(1, Site + "-1", Site, _key.PublicKey, _key.KeyId, "test", 0, null);
    }

    public Device Device { get; }

    /// <summary>The site has the village from now on, or no more.</summary>
    public void Serve(string village, bool served = true, string site = Site) => _hub.Store.Write(session =>
    {
        var version = FeedVersions.Next(session, TempHub.Region, FeedNames.Members);
        if (served)
        {
            AccessStore.AddVillage(session, TempHub.Region, site, village, version);
        }
        else
        {
            AccessStore.RemoveVillage(session, TempHub.Region, site, village, version);
        }
        return version;
    });

    /// <summary>The rows behind a version, and the version that is held with them.</summary>
    public (IReadOnlyList<FeedRow> Rows, long Version) Pull(string feed, long after)
    {
        var (rows, cursor, upTo) = (new List<FeedRow>(), "", (long?)null);
        for (string? next = ""; next is not null; cursor = next ?? "")
        {
            var page = FeedCodec.Read(new FeedPages(_hub.Store).Page(Device, new FeedAsk(feed, after, upTo, cursor)), _hub.Store.Keys.Signer.PublicKey);
            rows.AddRange(page.Rows);
            (upTo, next) = (page.Header.UpTo, page.Header.Next);
        }
        return (rows, upTo!.Value);
    }

    /// <summary>True amounts, as Settlement would keep them, under a new version.</summary>
    public void Accumulate(params (string Person, string Accumulator, long Amount)[] rows) => _hub.Store.Write(session =>
    {
        var version = FeedVersions.Next(session, TempHub.Region, FeedNames.Accumulators);
        foreach (var (person, accumulator, amount) in rows)
        {
            session.Prepared("""
                insert into person_accumulator (region, person, scheme_year, accumulator, amount, version) values ($1, $2, 2025, $3, $4, $5)
                on conflict (region, person, scheme_year, accumulator) do update set amount = excluded.amount, version = excluded.version
                """).Execute(TempHub.Region, person, accumulator, amount, version);
        }
        return true;
    });

    public void Dispose() => _key.Dispose();
}
