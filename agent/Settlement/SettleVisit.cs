using System.Globalization;
using System.Text.Json;
using EdgeHub.Agent.Access;
using EdgeHub.Agent.Store;
using EdgeHub.Agent.Sync;
using EdgeHub.Rules;
using EdgeHub.Sync.Journal;
using EdgeHub.Sync.Seams;
using EdgeHub.Sync.Stores;
using static EdgeHub.Rules.Benefit.BenefitArticles;

namespace EdgeHub.Agent.Settlement;

/// <summary>Quotes and settles a part of a visit. Settlement, lines, accumulators, journal entry and the request's answer are one
/// transaction; the answer is given after its commit. Source: B15, B22 to B24.</summary>
public sealed class SettleVisit(AgentStore store, ComputeBill compute, HubContact contact, IEntropy entropy)
{
    public const string Operation = "settle";

    /// <summary>What a bill would give now. Nothing is written.</summary>
    public async Task<QuoteOutcome> Quote(string visit, SettleRequest request)
    {
        if (store.Site is not { } site)
        {
            return new QuoteOutcome.Refused(NotEnrolled());
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
        if (store.Site is not { } site)
        {
            return new MoneyOutcome.Refused(NotEnrolled());
        }
        var faults = new List<Fault>();
        var key = Given.Text(request.RequestKey, "requestKey", Given.KeyCharacters, faults);
        var @operator = Given.Text(request.Operator, "operator", Given.NameCharacters, faults);
        if (faults.Count > 0)
        {
            return new MoneyOutcome.Refused(new Refusal(faults, B15));
        }
        await contact.FirstQuestion(cancel);
        request = request with { RequestKey = key, Operator = @operator, Ordinal = request.Ordinal ?? 1, UseAccount = request.UseAccount ?? false };
        var hash = RequestContent.Hash(Operation, visit, request);
        return await store.Do(session => RequestContent.Before(session, store.Requests, key, Operation, hash)
            ?? New(session, site, visit, request, key, hash));
    }

    internal static Refusal NotEnrolled() => Refusal.Of(Codes.NotEnrolled, "agent", "", "an agent that was enrolled at the hub");

    private MoneyOutcome New(StoreSession session, SiteFacts site, string visit, SettleRequest request, string key, byte[] hash)
    {
        var at = store.Clock.Capture();
        var outcome = compute.Compute(session, site, visit, request, at);
        if (outcome is BillOutcome.Refused refused)
        {
            if (refused.OfflineLimit is { } limit && DayStore.NoteOfflineRefusal(session, key, refused.Why.Code))
            {
                store.Journal.Append(session, Kinds.OfflineRefused, new OfflineRefused(
                    key, visit, limit.Ordinal, limit.Visit.Person, limit.Visit.VisitType, refused.Why.Code, limit.Currency, limit.FundAsked, limit.Left,
                    request.Operator!), at);
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
        var body = Body(bill, entropy.NewId(at.At), request);
        var head = store.Journal.Append(session, Kinds.VisitSettled, body, at);
        var receipt = string.Create(CultureInfo.InvariantCulture, $"{site.Institution}-{head.Epoch}-{head.Seq:000000}");
        store.Settlements.Add(session, body, at.CivilDay, receipt, head);
        var answer = JsonSerializer.SerializeToUtf8Bytes(Answer(bill, body, head, receipt, at), RequestContent.Json);
        store.Requests.Add(session, key, Operation, hash, answer, at.At);
        return new MoneyOutcome.Done(answer, Again: false);
    }

    private static VisitSettled Body(ComputedBill bill, Guid id, SettleRequest request)
    {
        var (facts, member, result) = (bill.Read.Bill.Visit, bill.Member, bill.Result);
        return new VisitSettled(
            id, request.RequestKey!, bill.Visit.Id, bill.Read.Ordinal, result.Totals.Total.Currency.Code,
            member.Person, member.InsuranceType, member.PersonType, member.Personal.BirthDate, member.PoolingArea, facts.OutOfArea,
            facts.Institution, facts.InstitutionLevel, facts.InstitutionType, facts.VisitType,
            bill.Read.Diagnoses, facts.Disease, facts.ServiceDay,
            new SettledTotals(
                result.Totals.Total.MinorUnits, result.Totals.FullSelfPay.MinorUnits, result.Totals.OverPriceLimit.MinorUnits,
                result.Totals.PreSelfPay.MinorUnits, result.Totals.Eligible.MinorUnits, result.Deductible.MinorUnits),
            new SettledShares(result.Shares.Fund.MinorUnits, result.Shares.Account.MinorUnits, result.Shares.Cash.MinorUnits),
            member.Account, request.UseAccount ?? false, new PolicyUsed(result.Policy.Id, result.Policy.Version, result.Policy.Hash, result.PolicyRow),
            bill.Feeds[EdgeHub.Sync.Feeds.FeedNames.Catalogue].ToString(CultureInfo.InvariantCulture),
            new OfflineFacts(bill.Offline, (long?)bill.SnapshotAge?.TotalSeconds, bill.Feeds, bill.OfflineLeft), bill.Visit.Evidence, request.Operator!,
            [.. result.Moves.Select(move => new SettledMove(move.Key.ToString(), move.Before.MinorUnits, move.After.MinorUnits))],
            [.. result.Lines.Zip(bill.Read.Bill.Lines, (split, line) => new SettledLine(
                line.No, line.ItemCode, (int)line.Category, line.Class.ToString(), line.Price, line.Quantity, line.Amount.MinorUnits, line.PriceLimit,
                line.PreSelfPay.Value, split.FullSelfPay.MinorUnits, split.OverPriceLimit.MinorUnits, split.PreSelfPay.MinorUnits, split.Eligible.MinorUnits))]);
    }

    private static SettledAnswer Answer(ComputedBill bill, VisitSettled body, ChainHead head, string receipt, Captured at) => new(
        body.Settlement, head.Epoch, head.Seq, receipt, body.Visit, body.Ordinal, body.ServiceDay, at.CivilDay, body.Currency, bill.Offline,
        Explain.Policy(bill.Result), Explain.Totals(bill.Result), Explain.Shares(bill.Result.Shares), Explain.Categories(bill.Result),
        Explain.Lines(bill.Read, bill.Result), Explain.Limits(bill.Result.Limits), bill.OfflineLeft, bill.Warnings, Explain.Steps(bill.Result));
}
