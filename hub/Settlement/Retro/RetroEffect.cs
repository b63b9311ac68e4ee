using System.Globalization;
using EdgeHub.Rules;
using EdgeHub.Rules.Benefit;
using EdgeHub.Sync.Stores;

namespace EdgeHub.Hub.Settlement.Retro;

/// <summary>What a book would change of what is judged already, computed on all facts as they are now; nothing is written.</summary>
/// <param name="Lines">Settlements whose shares or status would change, those that only follow from an earlier one's change too.</param>
/// <param name="Renewed">Decisions that would only name the new book.</param>
/// <param name="Groups">The persons' years that it touches, by the accounts that join them.</param>
internal sealed record RetroEffect(IReadOnlyList<HitLine> Lines, long Renewed, IReadOnlyList<(IReadOnlyList<string> Persons, long Year)> Groups)
{
    /// <summary>Settlements that one run may hold for: its release is one transaction, in which nothing else is written.</summary>
    public const int Most = 500_000;

    public string HashWith(RunBook book) => HitLine.HashOf(book.Hash, Renewed, Lines);

    /// <exception cref="FaultException">BadDate: it would hold for scheme years that are closed, or for nothing judged. TooMany.
    /// PolicyConflict: for a visit two books would hold.</exception>
    public static RetroEffect Of(StoreSession session, SettlementSettings settings, RunBook book, DateTimeOffset now)
    {
        Check(session, settings, book, now);
        var parsed = PolicyBookReader.Read(book.Text).OrThrow();
        var shelf = new PolicyReader().Read(session, settings.Region, new ShelvedBook(parsed, long.MaxValue, now.ToUnixTimeMilliseconds()));
        var (lines, renewed, groups) = (new List<HitLine>(), 0L, new List<(IReadOnlyList<string>, long)>());
        var done = new HashSet<(string, long)>();
        foreach (var (person, year) in PolicyRunStore.Touched(session, settings.Region, book))
        {
            if (done.Contains((person, year)))
            {
                continue;
            }
            var group = AccountGroup.Of(session, settings.Region, [person], year);
            done.UnionWith(group.Select(each => (each, year)));
            groups.Add((group, year));
            renewed += Year(session, settings.Region, group, year, shelf, book, lines);
        }
        return new RetroEffect(lines, renewed, groups);
    }

    /// <returns>Decisions that would only name the new book.</returns>
    private static long Year(StoreSession session, string region, IReadOnlyList<string> persons, long year, PolicyShelf shelf, RunBook book, List<HitLine> lines)
    {
        var facts = persons.SelectMany(person => FactStore.OfYear(session, region, person, year)).ToList();
        var held = persons.SelectMany(person => DecisionStore.OfYear(session, region, person, year)).ToDictionary(each => each.Key, each => each.Value, StringComparer.Ordinal);
        var renewed = 0L;
        foreach (var (fact, judgement) in PersonYear.Recompute(facts, shelf).Judged)
        {
            if (!held.TryGetValue(fact.Entry, out var former) || former.Judgement == judgement)
            {
                continue;
            }
            if (judgement.Code == Codes.PolicyConflict && former.Judgement.Code != Codes.PolicyConflict)
            {
                throw new FaultException(new Fault(
                    Codes.PolicyConflict, "knownFrom", Day(book.KnownFrom), $"a day on which no other book for {Day(fact.ServiceDay)} became known"));
            }
            var line = new HitLine(
                fact.DeviceNo, fact.Epoch, fact.Seq, fact.Settlement, fact.Person, fact.Institution, fact.ServiceDay, fact.Currency, PayerOf(fact),
                StatusOf(former.Judgement), HitSums.Of(fact, former.Judgement), StatusOf(judgement), HitSums.Of(fact, judgement));
            if (line.Old == line.New && line.OldStatus == line.NewStatus)
            {
                renewed++;
            }
            else
            {
                lines.Add(line);
            }
        }
        return renewed;
    }

    private static void Check(StoreSession session, SettlementSettings settings, RunBook book, DateTimeOffset now)
    {
        var openSince = settings.OpenSince(settings.DayOf(now));
        var (all, older) = PolicyRunStore.Count(session, settings.Region, book, openSince);
        if (older > 0)
        {
            throw new FaultException(new Fault(Codes.BadDate, "knownFrom", Day(book.KnownFrom), string.Create(CultureInfo.InvariantCulture,
                $"a book that holds for no judged visit before {Day(openSince)}, the first open scheme year: it would hit {older} older settlements, and those are changed case by case")));
        }
        if (all == 0)
        {
            throw new FaultException(new Fault(
                Codes.BadDate, "knownFrom", Day(book.KnownFrom), "a book that would hold for judged visits; this one holds for none: hub load policy takes it"));
        }
        if (all > Most)
        {
            throw new FaultException(new Fault(Codes.TooMany, "settlements", all.ToString(CultureInfo.InvariantCulture), $"at most {Most} in one run"));
        }
        if (CaseStore.FailedYears(session, settings.Region, 1).Count > 0)
        {
            throw new FaultException(new Fault(Codes.Unexpected, "cases", Codes.Unexpected, "no open case Unexpected: a person's year that cannot be computed cannot be reported"));
        }
    }

    private static string StatusOf(Judgement judgement) =>
        judgement.Status == Judgement.Refused ? $"{judgement.Status} {judgement.Code}" : judgement.Cause == Codes.Reversed ? Codes.Reversed : judgement.Status;

    private static string PayerOf(SettledFact fact) => Payer.Of(fact).Fund is var fund ? $"{fund.Kind}/{fund.Owner}" : "";

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
