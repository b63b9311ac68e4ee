using EdgeHub.Agent.Access;
using EdgeHub.Agent.CheckIn;
using EdgeHub.Agent.Store;
using EdgeHub.Agent.Sync;
using EdgeHub.Rules;
using EdgeHub.Rules.Benefit;
using EdgeHub.Sync.Feeds;
using EdgeHub.Sync.Journal;
using EdgeHub.Sync.Stores;
using static EdgeHub.Rules.Benefit.BenefitArticles;

namespace EdgeHub.Agent.Settlement;

/// <summary>The one computation behind quote and settlement: the visit, the person's cover on the service day, the lines, the
/// policy that holds on that day, the accumulators as this agent sees them, the offline limits. Runs inside the writer's
/// transaction, so that what it reads is what is written upon.</summary>
public sealed class ComputeBill(AgentStore store, HubContact contact)
{
    /// <summary>Feeds that a settlement rests on; their versions go into its entry.</summary>
    public static readonly IReadOnlyList<string> RestsOn =
        [FeedNames.Members, FeedNames.Accumulators, FeedNames.Policies, FeedNames.Catalogue, FeedNames.Blacklist, FeedNames.Parameters, FeedNames.Site];

    public BillOutcome Compute(StoreSession session, SiteFacts site, string visitId, SettleRequest request, Captured at)
    {
        if (store.Visits.Find(session, visitId) is not { } visit)
        {
            return Refused(Refusal.Of(Codes.NotFound, "visit", visitId, "a visit that was opened here"));
        }
        if (store.Members.ByPerson(session, visit.Person) is not { } member)
        {
            return Refused(new Refusal([new Fault(Codes.UnknownPerson, "visit", visit.Person, "a person of this catchment") { Personal = true }], B14));
        }
        var feeds = FeedStore.Versions(session);
        var limits = store.Policies.Limits(session, feeds.GetValueOrDefault(FeedNames.Parameters));
        var (read, wrong) = BillReader.Read(code => store.Catalogue.Find(session, code), request, visit, member, site, Currency.Cny, at.CivilDay, limits);
        if (read is null)
        {
            return Refused(wrong!);
        }
        if (SettlementStore.Standing(session, visitId, read.Ordinal) is { } standing)
        {
            return Refused(Refusal.Of(Codes.AlreadySettled, "ordinal", standing.Settlement.ToString("D"), "a part of the visit that is not settled", B22));
        }
        var facts = read.Bill.Visit;
        if (Cover.Fault(session, member, facts.ServiceDay) is { } cover)
        {
            return Refused(cover);
        }
        var (book, none) = ChooseBook(session, facts.ServiceDay, at.CivilDay, feeds);
        if (book is null)
        {
            return Refused(none!);
        }
        var outcome = BenefitRules.Compute(
            read.Bill, book, AccumulatorStore.Of(session, member.Person, member.FamilyAccount, book.Currency),
            new AccountFacts(new Money(member.Account, book.Currency), member.FamilyAccount), request.UseAccount ?? false);
        return outcome switch
        {
            BenefitOutcome.Computed computed => Judge(session, new ComputedBill(
                site, visit, member, read, computed.Result, Offline: false, contact.AgeOf(member),
                Versions(feeds),
                new Dictionary<string, long>(StringComparer.Ordinal), []), limits, at.CivilDay),
            BenefitOutcome.Refused refused => Refused(new Refusal(refused.Faults, refused.Article)),
            _ => throw new InvalidOperationException($"Unknown outcome {outcome.GetType().Name}."),
        };
    }

    /// <summary>What this agent knows now: the facts that go with an entry.</summary>
    public OfflineFacts Known(IReadOnlyDictionary<string, long> feeds, OfflineLimits limits) => new(
        contact.IsOffline(limits), (long?)contact.AgeOf(FeedNames.Members)?.TotalSeconds, Versions(feeds), new Dictionary<string, long>(StringComparer.Ordinal));

    private static Dictionary<string, long> Versions(IReadOnlyDictionary<string, long> feeds) =>
        RestsOn.ToDictionary(feed => feed, feed => feeds.GetValueOrDefault(feed), StringComparer.Ordinal);

    /// <summary>What remains of a settlement computed again: with its own facts and book, on the accumulators as they were before it.</summary>
    /// <param name="knownOn">Where its book is not held any more: the day on which the book was chosen.</param>
    public (RefundOutcome? Outcome, Refusal? Why) Remainder(StoreSession session, VisitSettled settled, IReadOnlyList<BillLine> remaining, DateOnly knownOn)
    {
        var feeds = FeedStore.Versions(session);
        var used = new PolicyReference(settled.Policy.Id, settled.Policy.Version, settled.Policy.Hash);
        var book = store.Policies.Books(session, feeds.GetValueOrDefault(FeedNames.Policies)).FirstOrDefault(held => held.Reference == used);
        if (book is null && ChooseBook(session, settled.ServiceDay, knownOn, feeds) is var (chosen, none))
        {
            if (chosen is null)
            {
                return (null, none);
            }
            book = chosen;
        }
        var before = AccumulatorStore.Of(session, settled.Person, settled.AccountOwner, book!.Currency).With(settled.Accumulators.Select(
            move => new AccumulatorMove(AccumulatorKey.Parse(move.Key), new Money(move.Before, book.Currency), new Money(move.Before, book.Currency))));
        var lines = settled.Lines.Select(line => SettledParts.Line(line, book.Currency)).ToList();
        return (RefundRules.Partial(
            SettledParts.Bill(settled, lines), SettledParts.Shares(settled.Shares, book.Currency), remaining, book, before,
            new AccountFacts(new Money(settled.AccountBalance, book.Currency), settled.AccountOwner), settled.UseAccount), null);
    }

    /// <summary>The book that holds on a service day, as known today.</summary>
    public (PolicyBook? Book, Refusal? Why) ChooseBook(StoreSession session, DateOnly serviceDay, DateOnly today, IReadOnlyDictionary<string, long> feeds)
    {
        try
        {
            return (PolicyBooks.Choose(store.Policies.Books(session, feeds.GetValueOrDefault(FeedNames.Policies)), serviceDay, today), null);
        }
        catch (RuleGap gap)
        {
            return (null, Refusal.Of(Codes.NoPolicy, "serviceDay", Article.Written(serviceDay), gap.Message, B01));
        }
        catch (RuleConflict conflict)
        {
            return (null, Refusal.Of(Codes.PolicyConflict, "serviceDay", Article.Written(serviceDay), conflict.Message, B01));
        }
    }

    private BillOutcome Judge(StoreSession session, ComputedBill bill, OfflineLimits limits, DateOnly today)
    {
        var offline = contact.IsOffline(limits);
        var facts = bill.Read.Bill.Visit;
        var fund = bill.Result.Shares.Fund;
        var (dayCount, dayFund, dayAccount) = DayStore.OfflineOfPerson(session, bill.Member.Person, facts.ServiceDay, today, type => !limits.IsInpatient(type));
        var (openCount, openFund) = DayStore.Unacknowledged(session, store.Journal.Acked(session));
        var verdict = OfflineRules.Judge(
            new OfflineAsk(
                offline, facts.VisitType, fund, new Money(dayFund, fund.Currency), dayCount, new Money(openFund, fund.Currency), checked((int)openCount),
                contact.AgeOf(bill.Member), contact.AgeOf(FeedNames.Blacklist)) 
            {
                ByIndex = bill.Member.KnownBy == Member.KnownByIndex, AccountAsked = bill.Result.Shares.Account, PersonDayAccount = new Money(dayAccount, fund.Currency),
            },
            limits);
        return verdict switch
        {
            OfflineVerdict.Allowed allowed => new BillOutcome.Computed(bill with
            {
                Offline = offline, OfflineLeft = allowed.Left,
                Warnings = [.. allowed.Warnings.Select(warning => new WarningShown(warning.Code, warning.Field, warning.Value, warning.Expected))],
            }),
            OfflineVerdict.Refused refused => new BillOutcome.Refused(
                new Refusal([refused.Fault], refused.Article),
                new LimitRefusal(bill.Visit, bill.Read.Ordinal, fund.Currency.Code, fund.MinorUnits, refused.Left)),
            _ => throw new InvalidOperationException($"Unknown verdict {verdict.GetType().Name}."),
        };
    }

    private static BillOutcome.Refused Refused(Refusal why) => new(why, null);
}
