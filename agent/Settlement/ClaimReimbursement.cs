using EdgeHub.Agent.CheckIn;
using EdgeHub.Agent.Store;
using EdgeHub.Rules;
using EdgeHub.Sync.Feeds;
using EdgeHub.Sync.Journal;
using EdgeHub.Sync.Seams;
using EdgeHub.Sync.Stores;
using static EdgeHub.Rules.Schemes.CountyPackage.CountyPackageArticles;

namespace EdgeHub.Agent.Settlement;

/// <summary>Takes in an invoice that a patient paid in full (manual reimbursement, 零星报销). It is kept and sent; nothing is paid and no
/// accumulator moves here. The hub computes it on the true accumulators, and what it owes is paid out as any payable. An invoice is
/// taken in once: here by issuer and number, everywhere at the hub. Source: Z20, Z37.</summary>
public sealed class ClaimReimbursement(AgentStore store, Identification identification, Outsiders outsiders, ComputeBill compute, KeyedRequests requests, IEntropy entropy)
{
    public const string Operation = "reimbursement";
    public const string AwaitsDecision = "AwaitsDecision";

    private const string WhyAsked = "Reimbursement";

    /// <summary>The same request again gets the same answer, whatever card lies in the reader and whether the hub is reached by then.</summary>
    public Task<MoneyOutcome> Claim(ReimbursementRequest request, CancellationToken cancel = default)
    {
        var faults = new List<Fault>();
        var shown = identification.Shown(request.Evidence, faults);
        var wrong = shown is null || faults.Count > 0 ? new Refusal(faults, Z20) : null;
        return requests.Do(
            Operation, "", request with { Referral = Given.NeededReferral(request.Referral) },
            (session, asked) => wrong is not null ? new MoneyOutcome.Refused(wrong) : New(session, asked, request, shown!), cancel,
            async @operator => wrong ??= await outsiders.Meet(shown!, WhyAsked, @operator, cancel));
    }

    /// <summary>A reimbursement, and what became of it.</summary>
    public Task<LookUp<ReimbursementShown>> Show(string id) => store.Do<LookUp<ReimbursementShown>>(session =>
    {
        if (!Guid.TryParse(id, out var claim) || ReimbursementStore.Find(session, claim) is not { } row || store.Requests.Find(session, row.RequestKey) is not { } answered)
        {
            return new LookUp<ReimbursementShown>.Refused(Refusal.Of(Codes.NotFound, "reimbursement", id, "a reimbursement that was taken in here"));
        }
        var decision = LookUps.Decision(session, claim);
        var owed = PayableStore.OfPerson(session, row.Person).FirstOrDefault(each => Guid.TryParse(each.Settlement, out var settlement) && settlement == claim);
        return new LookUp<ReimbursementShown>.Found(new ReimbursementShown(
            RequestContent.Answer<ReimbursementAnswer>(answered), decision?.Status ?? AwaitsDecision, LookUps.IsAcknowledged(row.Epoch, row.Seq, store.Journal.Acked(session)),
            decision, owed is null ? null : PayOut.Shown([owed])[0]));
    });

    private MoneyOutcome New(StoreSession session, Asked asked, ReimbursementRequest request, Evidence shown)
    {
        if (identification.Find(session, shown) is not { } member)
        {
            return new MoneyOutcome.Refused(new Refusal(
                [new Fault(Codes.UnknownPerson, "evidence.number", shown.Number, "a person of this catchment") { Personal = true }], Z20));
        }
        if (shown.Kind == "manual" && identification.Refused(session, shown, member) is { } card)
        {
            return new MoneyOutcome.Refused(Refusal.Of(Codes.CardRefused, "evidence.card", card.Error.Code.ToString(), "a card that is valid here", Z20));
        }
        var at = store.Clock.Capture();
        var feeds = FeedStore.Versions(session);
        var limits = store.Policies.Limits(session, feeds.GetValueOrDefault(FeedNames.Parameters));
        var (claim, why) = ReimbursementReader.Read(
            code => store.Catalogue.Find(session, code), type => store.Policies.KnowsVisitType(session, type), request, member, Currency.Cny, at.CivilDay, limits);
        if (claim is null)
        {
            return new MoneyOutcome.Refused(why!);
        }
        if (ReimbursementStore.OfInvoice(session, claim.Issuer, claim.Number) is { } before && !MayComeAgain(PayableStore.DecisionOn(session, before.Claim)))
        {
            return new MoneyOutcome.Refused(Refusal.Of(Codes.InvoiceAlreadyClaimed, "invoice.number", claim.Number, before.Claim.ToString("D"), Z20));
        }
        var body = Body(claim, member, entropy.NewId(at.At), asked, shown, compute.Known(feeds, limits));
        var head = store.Journal.Append(session, Kinds.ReimbursementClaimed, body, at);
        ReimbursementStore.Add(session, body, at.CivilDay, head);
        return requests.Answered(session, asked, Answer(claim, body, head, Explain.Receipt(asked.Site, head), at.CivilDay), at.At);
    }

    /// <summary>Whether the hub refused a claim in a way that leaves the invoice free: people withdrew it, or the person was not covered.</summary>
    private static bool MayComeAgain(DecisionRow? heard) => heard is
    {
        Status: "Refused", Code: Codes.Withdrawn or Codes.UnknownPerson or Codes.NotCovered or Codes.BenefitStopped or Codes.Blacklisted,
    };

    private static ReimbursementClaimed Body(ReadClaim claim, Member member, Guid id, Asked asked, Evidence shown, OfflineFacts known)
    {
        var visit = claim.Visit;
        return new ReimbursementClaimed(
            id, asked.Key, asked.Site.Institution, claim.Split.Totals.Total.Currency.Code, member.Person, member.InsuranceType, member.PersonType,
            member.Personal.BirthDate, member.PoolingArea, visit.OutOfArea, visit.Institution, claim.InstitutionName, visit.InstitutionLevel,
            visit.InstitutionType, visit.VisitType, visit.Referral.ToString(), claim.Diagnoses, visit.Disease, visit.Admitted, visit.ServiceDay,
            claim.Issuer, claim.Number, SettledParts.Totals(claim.Split.Totals), SettledParts.Lines(claim.Lines, claim.Split.Lines),
            Article.Written(known.Feeds[FeedNames.Catalogue]), claim.ReasonCode, claim.RefusedRequest, known, shown.Kept, member.KnownBy, asked.Operator);
    }

    private static ReimbursementAnswer Answer(ReadClaim claim, ReimbursementClaimed body, ChainHead head, string receipt, DateOnly civilDay) => new(
        body.Claim, head.Epoch, head.Seq, receipt, AwaitsDecision, body.Person, body.InvoiceIssuer, body.InvoiceNumber, body.ServiceDay, civilDay, body.Currency,
        Explain.Totals(body.Totals), Explain.Lines(claim.Lines, claim.Split.Lines, claim.Names), claim.Outside);
}
