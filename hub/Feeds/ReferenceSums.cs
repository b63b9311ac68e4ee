using EdgeHub.Hub.Jobs;
using EdgeHub.Hub.Store;
using EdgeHub.Sync.Feeds;
using EdgeHub.Sync.Stores;

namespace EdgeHub.Hub.Feeds;

/// <summary>What loaders alone write of the reference data, and what they kept of before, is still what was loaded.</summary>
public sealed class ReferenceSums : IAudit
{
    internal static readonly SummedTables Members = new(FeedNames.Members,
        ("member", "person, id_number, card_number, name, sex, birth_date, village, insurance_type, person_type, pooling_area, cover_first, cover_end, status, account, account_owner, version, removed"),
        ("member_past", "person, version, birth_date, insurance_type, person_type, pooling_area, cover_first, cover_end, status, account, account_owner, until_ms"));

    internal static readonly SummedTables Catalogue = new(FeedNames.Catalogue,
        ("catalogue", "code, name, pinyin, class, category, unit, price, limit0, limit1, limit2, limit3, pre_self_pay, first, ends, remark, version, removed"),
        ("catalogue_past", "code, version, class, category, limit0, limit1, limit2, limit3, pre_self_pay, first, ends, removed"));

    internal static readonly SummedTables Policies = new(FeedNames.Policies, ("policy_book", "key, id, book_version, hash, first, ends, known_from, book, version, removed"));

    internal static readonly SummedTables Blacklist = new(FeedNames.Blacklist, ("blacklist", "key, person, reason, first, ends, version, removed"));

    internal static readonly SummedTables Parameters = new(FeedNames.Parameters, ("parameter", "key, value, unit, version, removed"));

    public void Run(StoreSession session, string region, AuditNotes notes)
    {
        foreach (var what in (SummedTables[])[Members, Catalogue, Policies, Blacklist, Parameters])
        {
            TableSums.Compare(session, region, what, notes);
        }
    }
}
