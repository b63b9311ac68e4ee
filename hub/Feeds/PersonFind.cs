using System.Globalization;
using EdgeHub.Hub.Access;
using EdgeHub.Hub.Store;
using EdgeHub.Rules;
using EdgeHub.Sync.Feeds;
using EdgeHub.Sync.Stores;
using EdgeHub.Sync.Wire;

namespace EdgeHub.Hub.Feeds;

/// <summary>Tells a site of a person of another catchment who stands at its desk: cover, accumulators with what they include, what is
/// owed. Every look is kept with the device, the person and why; a device gets so many.</summary>
public sealed class PersonFind(HubStore hub)
{
    public const int MostInTenMinutes = 60;
    public const int MostInADay = 2_000;

    private const int MostNumberCharacters = 60;
    private const int LeastNonceCharacters = 16;
    private const int MostNonceCharacters = 64;
    private const long TenMinutes = 10 * 60 * 1000;
    private const long Day = 24 * 60 * 60 * 1000;

    private static readonly string[] Ways = [PersonAsked.ById, PersonAsked.ByCard, PersonAsked.ByPerson];
    private static readonly string[] Reasons = ["CheckIn", "Settlement", "Reimbursement"];

    /// <exception cref="FaultException">A value is not right, or TooManyLooks: nothing is told, nothing is kept.</exception>
    public async Task<PersonAnswer> Find(Device device, PersonAsked asked)
    {
        Check(asked);
        return await hub.Submit(session =>
        {
            var now = hub.NowMilliseconds;
            Bound(session, device, now - TenMinutes, MostInTenMinutes, "10 min");
            Bound(session, device, now - Day, MostInADay, "24 h");
            var member = PersonLookStore.Member(session, hub.Region, asked.By, asked.By == PersonAsked.ById ? asked.Number.Trim().ToUpperInvariant() : asked.Number.Trim());
            PersonLookStore.Add(
                session, hub.Region, device.DeviceNo, now, hub.Entropy.NewId(hub.Clock.GetUtcNow()), device.Site, asked.By, member is null ? "" : (string)member[0], asked.Why);
            return new PersonAnswer(member is null ? [] : Pages(session, device, asked, member));
        });
    }

    private List<byte[]> Pages(StoreSession session, Device device, PersonAsked asked, object[] member)
    {
        var (person, owner) = ((string)member[0], (string)member[^1]);
        var (epoch, seq) = FeedStore.SettledThrough(session, hub.Region, device.Site);
        var newest = FeedVersions.Newest(session, hub.Region);
        var incarnation = hub.Feeds.Telling(session, hub.Region, newest.Values.Max());
        return
        [
            Page(FeedNames.Members, [member]),
            Page(FeedNames.Accumulators, PersonLookStore.Accumulators(session, hub.Region, person, owner).Select(cells => (object?[])[.. cells, epoch, seq])),
            Page(FeedNames.Payables, PersonLookStore.Payables(session, hub.Region, person).Select(cells => (object?[])[.. cells, epoch, seq])),
        ];

        byte[] Page(string feed, IEnumerable<object?[]> rows)
        {
            var page = new FeedPageWriter(FeedNames.Columns[feed]);
            foreach (var row in rows)
            {
                page.TryAdd(row);
            }
            return FeedCodec.Write(feed, hub.Region, device.Site, 0, newest[feed], asked.Cursor, null, page, hub.Keys.Signer, incarnation);
        }
    }

    private void Bound(StoreSession session, Device device, long since, int most, string span)
    {
        var count = PersonLookStore.CountSince(session, hub.Region, device.DeviceNo, since);
        if (count >= most)
        {
            throw new FaultException(new Fault(
                Codes.TooManyLooks, "device", string.Create(CultureInfo.InvariantCulture, $"{count}"), string.Create(CultureInfo.InvariantCulture, $"{most} / {span}")));
        }
    }

    private static void Check(PersonAsked asked)
    {
        var fault =
            !Ways.Contains(asked.By) ? new Fault(Codes.UnknownCode, "by", asked.By, string.Join(", ", Ways))
            : asked.Number.Trim().Length is 0 or > MostNumberCharacters ? new Fault(Codes.BadLength, "number", asked.Number, $"1 to {MostNumberCharacters} characters") { Personal = true }
            : !Reasons.Contains(asked.Why) ? new Fault(Codes.UnknownCode, "why", asked.Why, string.Join(", ", Reasons))
            : asked.Nonce.Length is < LeastNonceCharacters or > MostNonceCharacters || !asked.Nonce.All(char.IsAsciiLetterOrDigit)
                ? new Fault(Codes.BadCharacter, "nonce", asked.Nonce, $"{LeastNonceCharacters} to {MostNonceCharacters} letters and digits")
            : null;
        if (fault is not null)
        {
            throw new FaultException(fault);
        }
    }
}
