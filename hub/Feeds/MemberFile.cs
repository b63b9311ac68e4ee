using System.Globalization;
using EdgeHub.Hub.Jobs;
using EdgeHub.Hub.Store;
using EdgeHub.Rules.Ids;
using EdgeHub.Sync.Feeds;

namespace EdgeHub.Hub.Feeds;

/// <summary>The insured persons as a file. Account in major units; cover_last is included, blank: open. Status as in the national
/// interface: 0 not insured, 1 insured and paying, 2 stopped, 4 ended. The column account_owner may be missing: whose account pays,
/// blank for the own one; the account's cell is then blank, 0.00, or the owner's balance.</summary>
public static class MemberFile
{
    public static readonly IReadOnlyList<string> Columns =
        ["person", "id_number", "card_number", "name", "sex", "birth_date", "village", "insurance_type", "person_type", "pooling_area", "cover_first", "cover_last", "status", "account"];

    public const string AccountOwner = "account_owner";

    private const long MostAccountMinor = 100_000_000_00;

    /// <exception cref="FileFaultException">A value is not right; all such values are named, personal ones by their end only.</exception>
    public static IReadOnlyList<MemberRow> Read(CsvTable csv)
    {
        var faults = new FileFaults(csv.File);
        var persons = new HashSet<string>(StringComparer.Ordinal);
        var ids = new HashSet<string>(StringComparer.Ordinal);
        var rows = new List<MemberRow>(csv.Rows.Count);
        foreach (var line in csv.Rows)
        {
            var cells = new CellReader(line, faults);
            var member = Member(cells);
            cells.Require("person", persons.Add(member.Person), "each person once");
            cells.Require("id_number", ids.Add(member.IdNumber), "each identity number once", personal: true);
            rows.Add(member);
        }
        faults.ThrowIfAny();
        return rows;
    }

    /// <param name="whole">The file is the whole list: who is not in it is removed.</param>
    /// <param name="file">Name for what is wrong.</param>
    /// <returns>How many are new or changed (dependants of a changed account too), how many were removed.</returns>
    /// <exception cref="FileFaultException">An account owner is none: unknown, a dependant, of another pooling area, or of too many.</exception>
    public static (int Changed, int Removed) Load(HubStore hub, IReadOnlyList<MemberRow> rows, bool whole, string file = "members") => hub.Write(session =>
    {
        var families = new AccountFamilies(session, hub.Region, rows, whole);
        families.Check(file);
        var version = new PendingVersion(session, hub.Region, FeedNames.Members);
        var members = rows.Select(row => row with { AccountMinor = families.AccountOf(row), Line = 0 });
        if (!FeedStore.HasMembers(session, hub.Region))
        {
            MemberLoadStore.AddAll(session, hub.Region, members, version.Next);
            version.TakeIf(rows.Count > 0);
            TableSums.KeepIf(rows.Count > 0, session, hub.Region, ReferenceSums.Members);
            return (rows.Count, 0);
        }
        var now = hub.NowMilliseconds;
        var held = MemberLoadStore.Held(session, hub.Region);
        var changed = 0;
        foreach (var member in members.Where(each => held.GetValueOrDefault(each.Person) != each))
        {
            FeedStore.NoteMove(session, hub.Region, member.Person, member.Village, version.Next);
            MemberPastStore.Keep(session, hub.Region, member, now);
            changed += FeedStore.PutMember(session, hub.Region, member, version.Next) ? 1 : 0;
        }
        MemberPastStore.KeepSpread(session, hub.Region, now);
        changed += FeedStore.SpreadAccounts(session, hub.Region, version.Next);
        var removed = 0;
        if (whole)
        {
            var listed = rows.Select(row => row.Person).ToHashSet(StringComparer.Ordinal);
            foreach (var person in held.Keys.Where(person => !listed.Contains(person)))
            {
                MemberPastStore.Keep(session, hub.Region, person, now);
                removed += FeedStore.RemoveMember(session, hub.Region, person, version.Next);
            }
        }
        version.TakeIf(changed + removed > 0);
        TableSums.KeepIf(changed + removed > 0, session, hub.Region, ReferenceSums.Members);
        return (changed, removed);
    });

    private static MemberRow Member(CellReader cells)
    {
        var id = cells.Id<ChineseId>("id_number", ChineseId.TryParse, personal: true);
        var birth = cells.Day("birth_date");
        cells.Require("birth_date", id == default || birth == default || id.Birth == birth, "the day of birth in the identity number");
        var first = cells.Day("cover_first");
        return new MemberRow(
            cells.Id<PersonNo>("person", PersonNo.TryParse, personal: false).Format(), id.Format(), cells.Word("card_number", 0, 30), cells.Text("name", 1, 60),
            cells.OneOf("sex", "1", "2"), birth, cells.Digits("village", 12), cells.Digits("insurance_type", 3), cells.Word("person_type", 1, 10),
            cells.Digits("pooling_area", 6), first, cells.EndAfter("cover_last", first), cells.OneOf("status", "0", "1", "2", "4"), Account(cells))
        {
            AccountOwner = cells[AccountOwner].Length == 0 ? "" : cells.Id<PersonNo>(AccountOwner, PersonNo.TryParse, personal: false).Format(), Line = cells.Line,
        };
    }

    private static long Account(CellReader cells)
    {
        var text = cells["account"];
        if (text.Length == 0 && cells[AccountOwner].Length > 0)
        {
            return 0;
        }
        if (decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var major) && decimal.Round(major, 2) == major && major <= MostAccountMinor / 100m)
        {
            return (long)(major * 100);
        }
        cells.Wrong("account", "an amount from 0 with at most two decimals, for example 12.34");
        return 0;
    }
}
