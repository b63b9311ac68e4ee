using System.Globalization;
using EdgeHub.Agent.Store;
using EdgeHub.Rules;
using EdgeHub.Sync.Journal;
using EdgeHub.Sync.Seams;
using EdgeHub.Sync.Stores;

namespace EdgeHub.Agent.Settlement;

/// <summary>Quotes and settles a part of a visit. Settlement, lines, accumulators, journal entry and the request's answer are one
/// transaction; the answer is given after its commit. Source: B15, B22 to B24.</summary>
public sealed class SettleVisit(AgentStore store, ComputeBill compute, KeyedRequests requests, IEntropy entropy, CheckIn.Outsiders? outsiders = null, CheckIn.Bookings? bookings = null)
{
    public const string Operation = "settle";

    /// <summary>What a bill would give now. Nothing is written.</summary>
    public async Task<QuoteOutcome> Quote(string visit, SettleRequest request)
    {
        if (store.Site is not { } site)
        {
            return new QuoteOutcome.Refused(Refusal.NotEnrolled());
        }
        return await store.Do<QuoteOutcome>(session => compute.Compute(session, site, visit, request, store.Clock.Capture()) switch
        {
            BillOutcome.Computed computed => new QuoteOutcome.Quoted(computed.Bill.ToQuote()),
            BillOutcome.Refused refused => new QuoteOutcome.Refused(refused.Why),
            var other => throw new InvalidOperationException($"Unknown outcome {other.GetType().Name}."),
        });
    }

    /// <summary>Settles. The same request again gets the same answer; another content under its key is refused.</summary>
    public async Task<MoneyOutcome> Settle(string visit, SettleRequest request, CancellationToken cancel)
    {
        if (outsiders is not null)
        {
            await outsiders.Refresh(visit, request.Operator ?? "", cancel);
        }
        var understood = request with { Ordinal = request.Ordinal ?? 1, UseAccount = request.UseAccount ?? false, Referral = Given.NeededReferral(request.Referral) };
        return await requests.Do(Operation, visit, understood, (session, asked) => New(session, asked, visit, understood), cancel);
    }

    private MoneyOutcome New(StoreSession session, Asked asked, string visit, SettleRequest request)
    {
        var at = store.Clock.Capture();
        var outcome = compute.Compute(session, asked.Site, visit, request, at);
        if (outcome is BillOutcome.Refused refused)
        {
            if (refused.OfflineLimit is { } limit && DayStore.NoteOfflineRefusal(session, asked.Key, refused.Why.Code, visit, at.CivilDay))
            {
                store.Journal.Append(session, Kinds.OfflineRefused, new OfflineRefused(
                    asked.Key, visit, limit.Ordinal, limit.Visit.Person, limit.Visit.VisitType, refused.Why.Code, limit.Currency, limit.FundAsked, limit.Left,
                    asked.Operator), at);
            }
            return new MoneyOutcome.Refused(refused.Why);
        }
        var bill = ((BillOutcome.Computed)outcome).Bill;
        var cash = bill.Result.Shares.Cash.MinorUnits;
        if (request.ExpectedCash is { } expected && expected != cash)
        {
            return new MoneyOutcome.Refused(Refusal.Of(
                Codes.QuoteChanged, "expectedCash", expected.ToString(CultureInfo.InvariantCulture), cash.ToString(CultureInfo.InvariantCulture)));
        }
        var body = Body(bill, entropy.NewId(at.At), asked, request);
        var head = store.Journal.Append(session, Kinds.VisitSettled, body, at);
        var receipt = Explain.Receipt(asked.Site, head);
        SettlementStore.Add(session, body, at.CivilDay, receipt, head);
        bookings?.FollowVisit(session, body.Visit);
        return requests.Answered(
            session, asked, Explain.Settled(bill.Read.Bill, bill.Read.Names, bill.Result, body, head, receipt, at.CivilDay, bill.Warnings), at.At);
    }

    private static VisitSettled Body(ComputedBill bill, Guid id, Asked asked, SettleRequest request)
    {
        var (facts, member, result) = (bill.Read.Bill.Visit, bill.Member, bill.Result);
        return new VisitSettled(
            id, asked.Key, bill.Visit.Id, bill.Read.Ordinal, result.Totals.Total.Currency.Code,
            member.Person, member.InsuranceType, member.PersonType, member.Personal.BirthDate, member.PoolingArea, facts.OutOfArea,
            facts.Institution, facts.InstitutionLevel, facts.InstitutionType, facts.VisitType,
            bill.Read.Diagnoses, facts.Disease, facts.ServiceDay,
            SettledParts.Totals(result), SettledParts.Shares(result.Shares),
            member.Account, request.UseAccount ?? false, new PolicyUsed(result.Policy.Id, result.Policy.Version, result.Policy.Hash, result.PolicyRow),
            bill.Feeds[EdgeHub.Sync.Feeds.FeedNames.Catalogue].ToString(CultureInfo.InvariantCulture),
            new OfflineFacts(bill.Offline, (long?)bill.SnapshotAge?.TotalSeconds, bill.Feeds, bill.OfflineLeft), bill.Visit.Evidence, asked.Operator,
            SettledParts.Moves(result), SettledParts.Lines(bill.Read.Bill.Lines, result.Lines),
            facts.Referral.ToString(), facts.Admitted, member.FamilyAccount, member.KnownBy);
    }
}
