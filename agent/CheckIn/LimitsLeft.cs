using EdgeHub.Agent.Access;
using EdgeHub.Agent.Settlement;
using EdgeHub.Agent.Store;
using EdgeHub.Rules;
using EdgeHub.Rules.Benefit;
using EdgeHub.Sync.Stores;

namespace EdgeHub.Agent.CheckIn;

/// <summary>What is left of deductible, caps and account for a visit of a kind today.</summary>
internal static class LimitsLeft
{
    /// <summary>By the shares of an empty bill; nothing where no one row holds.</summary>
    public static IReadOnlyList<LimitShown> Of(StoreSession session, AgentStore store, ComputeBill compute, SiteFacts site, string visitType, Member member)
    {
        var today = store.Clock.Today;
        var (book, _) = compute.ChooseBook(session, today, today, FeedStore.Versions(session));
        var facts = new VisitFacts(
            member.PoolingArea, visitType, site.IsOutOfArea(member.PoolingArea), site.Institution, site.Level, site.InstitutionType, today, null);
        var person = BillReader.PersonOf(member);
        if (book is null || RowChoice.Of(book, facts, person) is not RowChoice.Chosen chosen)
        {
            return [];
        }
        var nothing = Money.Zero(book.Currency);
        var share = BenefitRules.Share(
            new ShareCase(facts, person, new BillTotals(nothing, nothing, nothing, nothing, nothing)), chosen.Row,
            AccumulatorStore.Of(session, member.Person, member.FamilyAccount, book.Currency),
            new AccountFacts(new Money(member.Account, book.Currency), member.FamilyAccount), useAccount: true);
        return Explain.Limits(share.Limits);
    }
}
