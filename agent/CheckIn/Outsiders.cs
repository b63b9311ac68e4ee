using EdgeHub.Agent.Access;
using EdgeHub.Agent.Store;
using EdgeHub.Agent.Sync;
using EdgeHub.Rules;
using EdgeHub.Rules.Ids;
using EdgeHub.Sync.Feeds;
using EdgeHub.Sync.Journal;
using EdgeHub.Sync.Keys;
using EdgeHub.Sync.Seams;
using EdgeHub.Sync.Stores;
using EdgeHub.Sync.Wire;
using static EdgeHub.Rules.Benefit.BenefitArticles;

namespace EdgeHub.Agent.CheckIn;

/// <summary>Persons of other catchments. While the hub is reached it is asked, and what it says is kept with its time. While it is not,
/// the county's index may have the person: then the visit may be settled within a lower limit, on cover alone. Every look is in the
/// journal here and in the hub's log. Source: B14, B23.</summary>
public sealed class Outsiders(AgentStore store, IHubLine line, Identification identification, IEntropy entropy)
{
    /// <summary>How long a patient waits for the hub before the visit goes on without.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>What was heard counts so long without asking again.</summary>
    public static readonly TimeSpan FreshFor = TimeSpan.FromMinutes(10);

    private const int NonceBytes = 16;
    private const string Anybody = "a person of this catchment, or the identity number of one in the county's index";

    /// <summary>Sees to it that who stands at the desk is known here, where hub or index know the person.</summary>
    /// <param name="why">CheckIn, Reimbursement.</param>
    /// <returns>Null: go on, the person is found as anybody else or not at all. Else why not.</returns>
    public async Task<Refusal?> Meet(Evidence shown, string why, string @operator, CancellationToken cancel)
    {
        var (member, isFed) = await store.Do(session => (identification.Find(session, shown), FeedStore.Versions(session).GetValueOrDefault(FeedNames.Members) > 0));
        if (!isFed || store.Site is not { } site || (member is not null && !IsOld(member)))
        {
            return null;
        }
        var (by, number) = Shown(shown);
        var found = await Ask(site, new PersonAsked(by, number, Nonce(), why), cancel);
        return await store.Do(session => found is not null
            ? Heard(session, found, member, @operator)
            : member is { KnownBy: Member.KnownByLookup } ? null : FromIndex(session, shown, by, why, @operator));
    }

    /// <summary>Before a visit is settled: a person who is not of the catchment is asked for again, where that was long ago.</summary>
    public async Task Refresh(string visit, string @operator, CancellationToken cancel)
    {
        var member = await store.Do(session => store.Visits.Find(session, visit) is { } found ? store.Members.ByPerson(session, found.Person) : null);
        if (member is null || store.Site is not { } site || !IsOld(member))
        {
            return;
        }
        if (await Ask(site, new PersonAsked(PersonAsked.ByPerson, member.Person, Nonce(), "Settlement"), cancel) is { } found)
        {
            await store.Do(session => Heard(session, found, member, @operator));
        }
    }

    private bool IsOld(Member member) => member.KnownBy != Member.KnownByFeed
        && (member.KnownBy == Member.KnownByIndex || member.HeardAt is not { } heard || store.Clock.Now < heard || store.Clock.Now - heard >= FreshFor);

    private static (string By, string Number) Shown(Evidence shown) => shown switch
    {
        { IdNumber: { } id } => (PersonAsked.ById, id),
        { Kind: "idnumber" } => (PersonAsked.ById, shown.Number),
        { Kind: "card" } => (PersonAsked.ByCard, shown.Number),
        _ => ChineseId.TryParse(shown.Number, "evidence.number", out var id, out _) ? (PersonAsked.ById, id.Format()) : (PersonAsked.ByPerson, shown.Number),
    };

    /// <summary>Null: the hub was not reached, or refused, or did not answer as a hub does.</summary>
    private async Task<Found?> Ask(SiteFacts site, PersonAsked asked, CancellationToken cancel)
    {
        using var late = new CancellationTokenSource(Patience, store.Clock.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancel);
        try
        {
            var hello = await line.Hello(site.Hub, site.Device, either.Token);
            HelloCheck.Demand(hello, store.Clock.Now);
            var ticket = Tickets.Header(site.Device, hello.Ticket, store.Signer ?? throw new InvalidOperationException("An enrolled agent has a key."));
            return Read(site, asked, await line.FindPerson(site.Hub, asked, ticket, either.Token));
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested && !cancel.IsCancellationRequested)
        {
            return null;
        }
        catch (Exception unusable) when (unusable is HubUnreachable or HubRefused or JournalFormatException or FaultException or ArgumentException or FormatException)
        {
            // Not reached, too many looks, an older hub, or no hub at all: the rules for a line that is down hold.
            return null;
        }
    }

    /// <exception cref="JournalFormatException">The pages are not the hub's, or answer another question.</exception>
    private Found Read(SiteFacts site, PersonAsked asked, PersonAnswer answer)
    {
        if (answer.Pages.Count == 0)
        {
            return new Found(asked, null, []);
        }
        var hubKey = Convert.FromBase64String(site.HubKey);
        var pages = answer.Pages.Take(3).Select(page => FeedCodec.Read(page, hubKey)).ToList();
        var isAnswer = pages.Select(page => page.Header.Feed).SequenceEqual([FeedNames.Members, FeedNames.Accumulators, FeedNames.Payables])
            && pages.All(page => (page.Header.Region, page.Header.Site, page.Header.Cursor) == (site.Region, site.Site, asked.Cursor)) && pages[0].Rows.Count == 1;
        var member = isAnswer ? FeedRows.MemberOf(pages[0], pages[0].Rows[0]) : null;
        return member is not null && IsWhoWasAsked(member, asked)
            ? new Found(asked, member, [.. pages.Skip(1).Select(page => (page.Header.Feed, store.Feeds.Ready(page, OutsiderStore.LookedUp, 0, page.Rows.Count)))])
            : throw new JournalFormatException(Codes.BatchDamaged, "the answer is another person's, or to another question");
    }

    private static bool IsWhoWasAsked(Member member, PersonAsked asked) => asked.By switch
    {
        PersonAsked.ById => string.Equals(member.Personal.IdNumber, asked.Number.Trim(), StringComparison.OrdinalIgnoreCase),
        PersonAsked.ByCard => member.Personal.CardNumber == asked.Number.Trim(),
        _ => member.Person == asked.Number,
    };

    private Refusal? Heard(StoreSession session, Found found, Member? before, string @operator)
    {
        var at = store.Clock.Capture();
        if (found.Member is { } member)
        {
            OutsiderStore.Clear(session, member.Person);
            OutsiderStore.Keep(session, store.Members.Values(member, 0), Member.KnownByLookup, at.At);
            foreach (var (feed, rows) in found.Rows)
            {
                store.Feeds.Put(session, feed, rows, 0, () => false);
            }
        }
        else if (before is not null)
        {
            // Insured no more, as the hub says.
            OutsiderStore.Forget(session, before.Person);
        }
        store.Journal.Append(
            session, Kinds.PersonLookedUp, new PersonLookedUp(found.Member?.Person ?? "", found.Asked.By, Member.KnownByLookup, found.Asked.Why, @operator), at);
        return null;
    }

    private Refusal? FromIndex(StoreSession session, Evidence shown, string by, string why, string @operator)
    {
        var at = store.Clock.Capture();
        var limits = store.Policies.Limits(session, FeedStore.Versions(session).GetValueOrDefault(FeedNames.Parameters));
        var number = shown.IdNumber ?? shown.Number;
        var member = limits.SettleOutsideCatchment ? store.Outsiders.InIndex(session, number) : null;
        store.Journal.Append(session, Kinds.PersonLookedUp, new PersonLookedUp(member?.Person ?? "", by, Member.KnownByIndex, why, @operator), at);
        if (member is null)
        {
            return new Refusal([new Fault(Codes.OutsideCatchmentOffline, "evidence.number", shown.Number, Anybody) { Personal = true }], B14);
        }
        OutsiderStore.Keep(session, store.Members.Values(member, 0), Member.KnownByIndex, at.At);
        return null;
    }

    private string Nonce()
    {
        Span<byte> bytes = stackalloc byte[NonceBytes];
        entropy.Fill(bytes);
        return Convert.ToHexStringLower(bytes);
    }

    /// <param name="Member">Null: the hub knows nobody.</param>
    private sealed record Found(PersonAsked Asked, Member? Member, IReadOnlyList<(string Feed, FeedRows Rows)> Rows);
}
