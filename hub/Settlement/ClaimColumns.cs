using EdgeHub.Rules;
using EdgeHub.Sync.Feeds;

namespace EdgeHub.Hub.Settlement;

/// <summary>Every column of a fact that its line alone decides, as the line says it and as it is stored: for verify.</summary>
internal static class ClaimColumns
{
    public static IEnumerable<(string Column, object? Line, object? Stored)> Of(WaitingEntry entry, Claim claim, SettledFact fact) =>
        Who(entry, claim, fact).Concat(Known(claim, fact)).Concat(Sums(claim, fact));

    private static IReadOnlyList<(string Column, object? Line, object? Stored)> Who(WaitingEntry entry, Claim claim, SettledFact fact)
    {
        var body = claim.Body;
        return
        [
            ("site", entry.Site, fact.Site), ("effective_ms", entry.EffectiveMs, fact.EffectiveMs), ("civil_day", entry.CivilDay, fact.CivilDay),
            ("kind", claim.Kind, fact.Kind), ("institution", body.Institution, fact.Institution), ("key_site", claim.KeySite, fact.KeySite), ("replaces", claim.Replaces, fact.Replaces),
            ("settlement", body.Settlement, fact.Settlement), ("visit", body.Visit, fact.Visit), ("ordinal", (long)body.Ordinal, fact.Ordinal),
            ("person", body.Person, fact.Person), ("scheme_year", (long)Rules.Benefit.BenefitKeys.SchemeYear(body.ServiceDay), fact.SchemeYear),
            ("service_day", body.ServiceDay, fact.ServiceDay), ("currency", body.Currency, fact.Currency), ("visit_type", body.VisitType, fact.VisitType),
            ("out_of_area", body.OutOfArea, fact.OutOfArea), ("disease", body.Disease, fact.Disease), ("referral", body.Referral, fact.Referral),
            ("admitted", body.Admitted is { } day ? Article.Written(day) : "", fact.Admitted), ("account_owner", ClaimIntake.Owner(body), fact.AccountOwner),
            ("claimed_pooling_area", body.PoolingArea, fact.ClaimedPoolingArea), ("claimed_level", (long)body.InstitutionLevel, fact.ClaimedLevel),
            ("claimed_type", body.InstitutionType, fact.ClaimedType), ("claimed_cover", body.Cover, fact.ClaimedCover),
            ("claimed_person_type", body.PersonType, fact.ClaimedPersonType), ("claimed_birth_date", body.BirthDate, fact.ClaimedBirthDate),
        ];
    }

    private static IReadOnlyList<(string Column, object? Line, object? Stored)> Known(Claim claim, SettledFact fact)
    {
        var body = claim.Body;
        return
        [
            ("known_by", body.KnownBy, fact.KnownBy), ("offline", body.Offline.Offline, fact.Offline),
            ("policy_id", body.Policy.Id, fact.PolicyId), ("policy_version", (long)body.Policy.Version, fact.PolicyVersion),
            ("policy_hash", body.Policy.Hash, fact.PolicyHash), ("policy_row", (long)body.Policy.Row, fact.PolicyRow),
            ("feed_members", TrueSplit.FeedVersion(body, FeedNames.Members), fact.FeedMembers),
            ("feed_accumulators", TrueSplit.FeedVersion(body, FeedNames.Accumulators), fact.FeedAccumulators),
            ("feed_policies", TrueSplit.FeedVersion(body, FeedNames.Policies), fact.FeedPolicies),
            ("feed_catalogue", TrueSplit.FeedVersion(body, FeedNames.Catalogue), fact.FeedCatalogue),
            ("feed_blacklist", TrueSplit.FeedVersion(body, FeedNames.Blacklist), fact.FeedBlacklist),
            ("feed_parameters", TrueSplit.FeedVersion(body, FeedNames.Parameters), fact.FeedParameters),
        ];
    }

    private static IReadOnlyList<(string Column, object? Line, object? Stored)> Sums(Claim claim, SettledFact fact)
    {
        var (body, totals, shares) = (claim.Body, claim.Body.Totals, claim.Body.Shares);
        return
        [
            ("claimed_account_balance", body.AccountBalance, fact.ClaimedAccountBalance), ("claimed_use_account", body.UseAccount, fact.ClaimedUseAccount),
            ("total", totals.Total, fact.Total), ("claimed_full_self_pay", totals.FullSelfPay, fact.ClaimedFullSelfPay),
            ("claimed_over_price_limit", totals.OverPriceLimit, fact.ClaimedOverPriceLimit), ("claimed_pre_self_pay", totals.PreSelfPay, fact.ClaimedPreSelfPay),
            ("claimed_eligible", totals.Eligible, fact.ClaimedEligible), ("claimed_deductible", totals.Deductible, fact.ClaimedDeductible),
            ("claimed_fund", shares.Fund, fact.ClaimedFund), ("claimed_catastrophic", shares.Catastrophic, fact.ClaimedCatastrophic),
            ("claimed_assistance", shares.Assistance, fact.ClaimedAssistance), ("claimed_account", shares.Account, fact.ClaimedAccount),
            ("claimed_cash", shares.Cash, fact.ClaimedCash), ("claimed_moves", MoveText.Of(body.Accumulators), fact.ClaimedMoves),
            ("the hub's own parts", fact.Total, fact.FullSelfPay + fact.OverPriceLimit + fact.PreSelfPay + fact.Eligible),
            ("the parts that the site was told of", fact.Total, fact.ToldFullSelfPay + fact.ToldOverPriceLimit + fact.ToldPreSelfPay + fact.ToldEligible),
        ];
    }
}
