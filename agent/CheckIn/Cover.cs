using EdgeHub.Agent.Store;
using EdgeHub.Rules;
using EdgeHub.Sync.Stores;
using static EdgeHub.Rules.Benefit.BenefitArticles;

namespace EdgeHub.Agent.CheckIn;

/// <summary>Whether a person's cover can be used on a day: at check-in, and again when a visit is settled.</summary>
public static class Cover
{
    /// <summary>Insured and paying (psn_insu_stas of the national interface): "1", or the word.</summary>
    private static readonly string[] Normal = ["1", "normal"];

    /// <summary>Null: it can. Else the first that applies of: not covered, benefit stopped, blacklisted.</summary>
    public static Refusal? Fault(StoreSession session, Member member, DateOnly day)
    {
        if (!member.Cover.Contains(day))
        {
            return Refusal.Of(Codes.NotCovered, "serviceDay", Article.Written(day), member.Cover.ToString(), B14);
        }
        if (!Normal.Contains(member.Status, StringComparer.OrdinalIgnoreCase))
        {
            return Refusal.Of(Codes.BenefitStopped, "status", member.Status, "1, insured and paying", B14);
        }
        return MemberStore.Blacklisted(session, member.Person, day) is { } entry
            ? Refusal.Of(Codes.Blacklisted, "person", entry.Reason, "a person who is not on the blacklist", B23)
            : null;
    }
}
