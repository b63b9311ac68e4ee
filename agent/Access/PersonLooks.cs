using System.Text.Json;
using EdgeHub.Agent.Store;
using EdgeHub.Rules;
using EdgeHub.Sync.Journal;
using EdgeHub.Sync.Stores;

namespace EdgeHub.Agent.Access;

/// <summary>Every look at a person is an entry: who, whom, by which page or call, when. Once in an hour for each operator, person and visit; a list
/// is one look, with its count, once in an hour for each operator and list. What is repeated within the hour writes nothing and asks the store nothing.</summary>
public sealed class PersonLooks(AgentStore store)
{
    /// <summary>Within so long the same look is the same look.</summary>
    public static readonly TimeSpan Once = TimeSpan.FromHours(1);

    private const int MostKnown = 10_000;
    private const int MostHeld = 1_000;
    private readonly Lock _gate = new();
    private readonly Dictionary<(string Operator, Look Look), DateTimeOffset> _known = [];
    private readonly Queue<(string Operator, Look Look, string Page)> _held = [];

    /// <param name="visit">Blank: outside a visit.</param>
    /// <param name="page">Which page or call showed the person.</param>
    public Task Saw(Operator who, string person, string visit, string page) => Saw(who, [new Look.Person(person, visit)], page);

    /// <summary>All that one answer shows, in one transaction. With no room on the disk what stands here can be read all the same: such looks are held,
    /// at most a thousand, and written with the next one that finds room.</summary>
    /// <exception cref="StoreException">What cannot be written down is not shown: the store does not answer, or the disk is full and a thousand are held.</exception>
    public async Task Saw(Operator who, IReadOnlyList<Look> looks, string page)
    {
        var now = store.Clock.Now;
        List<(string Operator, Look Look, string Page)> news;
        lock (_gate)
        {
            news = [.. looks.Distinct().Where(look => !(_known.TryGetValue((who.Number, look), out var at) && now >= at && now - at < Once)).Select(look => (who.Number, look, page))];
        }
        if (news.Count == 0 || store.Site is null)
        {
            return;
        }
        var held = Held();
        try
        {
            Know(await store.Do(session =>
            {
                var at = store.Clock.Capture();
                return held.Concat(news).Select(each => (each.Operator, each.Look, Note(session, each.Operator, each.Look, each.Page, at))).ToList();
            }));
        }
        catch (Exception failed)
        {
            Hold(held, again: true);
            var seen = Instants.Write(now);
            if (failed is not StoreException { Code: Codes.DiskFull } || !Hold([.. news.Select(each => each with { Page = $"{each.Page} (at {seen}, while the disk was full)" })]))
            {
                throw;
            }
            Know(news.Select(each => (each.Operator, each.Look, now)));
        }
    }

    /// <summary>A look in the transaction of what leads to it, so that it costs no commit of its own.</summary>
    /// <returns>Since when it is in the journal.</returns>
    internal static DateTimeOffset Note(StoreSession session, AgentStore store, string @operator, string person, string visit, string page, Captured at) =>
        Kept(session, store, @operator, person, visit, new PersonSeen(person, visit, page, @operator), at);

    private DateTimeOffset Note(StoreSession session, string @operator, Look look, string page, Captured at) => look switch
    {
        Look.List list => Listed(session, @operator, list, page, at),
        _ when Whom(session, look) is { } whom => Note(session, store, @operator, whom.Person, whom.Visit, page, at),
        Look.Card => Listed(session, @operator, new Look.List("a card of nobody known here", 1), page, at),
        // Nobody was shown.
        _ => at.At,
    };

    /// <summary>An entry without a person: the list and how many stood in it. Who they were, the day's other entries say.</summary>
    private DateTimeOffset Listed(StoreSession session, string @operator, Look.List list, string page, Captured at) => Kept(
        session, store, @operator, "", "list:" + list.Name, new PersonSeen("", "", FormattableString.Invariant($"{page}: {list.Name}, {list.Count}"), @operator), at);

    private static DateTimeOffset Kept(StoreSession session, AgentStore store, string @operator, string person, string visit, PersonSeen entry, Captured at)
    {
        if (AccessStore.SeenAt(session, @operator, person, visit, at.CivilDay) is { } kept && at.At >= kept && at.At - kept < Once)
        {
            return kept;
        }
        AccessStore.KeepSeen(session, @operator, person, visit, at.CivilDay, at.At);
        store.Journal.Append(session, Kinds.PersonSeen, entry, at);
        return at.At;
    }

    /// <summary>Null: nobody, then nobody was shown either.</summary>
    private (string Person, string Visit)? Whom(StoreSession session, Look look)
    {
        switch (look)
        {
            case Look.Person person:
                return person.Number.Length > 0 ? (person.Number, person.InVisit) : null;
            case Look.Visit visit:
                return store.Visits.Find(session, visit.Id) is { } found ? (found.Person, visit.Id) : null;
            case Look.Settlement settlement:
                return OfSettlement(session, settlement.Id);
            case Look.Claim claim:
                return Guid.TryParse(claim.Id, out var id) && ReimbursementStore.Find(session, id) is { } row ? (row.Person, "") : null;
            case Look.Request request:
                return store.Requests.Find(session, request.Key) is { } answered ? OfAnswer(session, answered.Answer) : null;
            case Look.Card card:
                var member = (card.CardNumber is { Length: > 0 } number ? store.Members.ByCardNumber(session, number) : null)
                    ?? (card.IdNumber is { Length: > 0 } own ? store.Members.ByIdNumber(session, own) : null);
                return member is null ? null : (member.Person, "");
            default:
                throw new InvalidOperationException($"Unknown look {look.GetType().Name}.");
        }
    }

    private static (string Person, string Visit)? OfSettlement(StoreSession session, string? id) =>
        Guid.TryParse(id, out var settlement) && SettlementStore.Find(session, settlement) is { } row ? (row.Person, row.Visit) : null;

    /// <summary>Every answer that is kept names its person, or the settlement that it is about.</summary>
    private static (string Person, string Visit)? OfAnswer(StoreSession session, byte[] answer)
    {
        using var json = JsonDocument.Parse(answer);
        return Text("person") is { } person ? (person, Text("visit") ?? "") : OfSettlement(session, Text("settlement"));

        string? Text(string name) => json.RootElement.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
    }

    private List<(string Operator, Look Look, string Page)> Held()
    {
        lock (_gate)
        {
            var held = _held.ToList();
            _held.Clear();
            return held;
        }
    }

    /// <param name="again">They were held before: they find room.</param>
    /// <returns>False: a thousand are held already, none of these is.</returns>
    private bool Hold(IReadOnlyList<(string Operator, Look Look, string Page)> looks, bool again = false)
    {
        lock (_gate)
        {
            if (!again && _held.Count + looks.Count > MostHeld)
            {
                return false;
            }
            looks.ToList().ForEach(_held.Enqueue);
            return true;
        }
    }

    private void Know(IEnumerable<(string Operator, Look Look, DateTimeOffset Since)> looks)
    {
        lock (_gate)
        {
            if (_known.Count > MostKnown)
            {
                _known.Clear();
            }
            foreach (var (@operator, look, since) in looks)
            {
                _known[(@operator, look)] = since;
            }
        }
    }
}
