using System.Globalization;
using EdgeHub.Hub.Jobs;
using EdgeHub.Sync.Stores;

namespace EdgeHub.Hub.Feeds;

/// <summary>Whose account pays for whom (the family shared account), as it will stand behind a load. One owner, no chains: an owner
/// pays for at most <see cref="MostDependants"/> others of the same pooling area and has no owner.</summary>
internal sealed class AccountFamilies
{
    public const int MostDependants = 20;

    private readonly StoreSession _session;
    private readonly string _region;
    private readonly Dictionary<string, MemberRow> _file;
    private readonly bool _whole;
    private readonly Dictionary<string, OwnerRow?> _owners = new(StringComparer.Ordinal);

    /// <param name="whole">Who is not among the rows will be removed.</param>
    public AccountFamilies(StoreSession session, string region, IReadOnlyList<MemberRow> rows, bool whole)
    {
        (_session, _region, _whole) = (session, region, whole);
        _file = rows.ToDictionary(row => row.Person, StringComparer.Ordinal);
    }

    /// <summary>The balance that counts for a person, minor units: the owner's where there is one.</summary>
    public long AccountOf(MemberRow row) => row.AccountOwner.Length == 0 ? row.AccountMinor : Owner(row.AccountOwner)?.Account ?? 0;

    /// <exception cref="FileFaultException">A family that cannot be, by the line that makes it so.</exception>
    public void Check(string file)
    {
        var faults = new FileFaults(file);
        var families = _file.Values.Where(row => row.AccountOwner.Length > 0).Select(row => new Dependant(row.Person, row.AccountOwner, row.PoolingArea, row))
            .Concat(Held()).GroupBy(each => each.Owner, StringComparer.Ordinal);
        var found = new List<(int Line, string Column, string Value, string Expected)>();
        foreach (var family in families)
        {
            var place = 0;
            foreach (var each in family.OrderBy(each => each.Row?.Line ?? 0))
            {
                if (Fault(each, ++place) is { } fault)
                {
                    found.Add(fault);
                }
            }
        }
        foreach (var (line, column, value, expected) in found.OrderBy(fault => fault.Line))
        {
            faults.Add(line, column, value, expected);
        }
        faults.ThrowIfAny();
    }

    /// <summary>Dependants that stay as the hub holds them.</summary>
    private IEnumerable<Dependant> Held() => _whole ? [] : FeedStore.Dependants(_session, _region).Where(each => !_file.ContainsKey(each.Person));

    /// <summary>The first that is wrong with one dependant: at its own line, or at the owner's when only that one is in the file.</summary>
    private (int Line, string Column, string Value, string Expected)? Fault(Dependant each, int place)
    {
        var owner = Owner(each.Owner);
        var line = each.Row?.Line ?? _file.GetValueOrDefault(each.Owner)?.Line ?? 0;
        if (each.Owner == each.Person)
        {
            return (line, "account_owner", each.Owner, "another person; blank where the own account pays");
        }
        if (owner is null)
        {
            return (line, "account_owner", each.Owner, "a person of this list, or one that the hub holds");
        }
        if (owner.AccountOwner.Length > 0)
        {
            return (line, "account_owner", each.Row is null ? owner.AccountOwner : each.Owner,
                each.Row is null ? $"blank: the account pays for {each.Person}" : $"a person whose own account pays; for this one {owner.AccountOwner} pays");
        }
        if (owner.PoolingArea != each.PoolingArea)
        {
            return (line, each.Row is null ? "pooling_area" : "account_owner", each.Row is null ? owner.PoolingArea : each.Owner,
                $"one pooling area for the owner and all for whom the account pays; {each.Person} has {each.PoolingArea}");
        }
        if (place > MostDependants)
        {
            return (line, "account_owner", each.Owner, string.Create(CultureInfo.InvariantCulture, $"an owner who pays for at most {MostDependants} others"));
        }
        return each.Row is { } row && row.AccountMinor != 0 && row.AccountMinor != owner.Account
            ? (line, "account", row.AccountMinor.ToString(CultureInfo.InvariantCulture), "blank, 0.00, or the balance of account_owner")
            : null;
    }

    /// <summary>Null: nobody, or one who will be gone.</summary>
    private OwnerRow? Owner(string person)
    {
        if (_file.TryGetValue(person, out var row))
        {
            return new OwnerRow(row.AccountOwner, row.PoolingArea, row.AccountMinor);
        }
        if (_whole)
        {
            return null;
        }
        if (!_owners.TryGetValue(person, out var held))
        {
            held = FeedStore.OwnerHeld(_session, _region, person);
            _owners.Add(person, held);
        }
        return held;
    }
}

/// <param name="Row">Null: not in the file.</param>
internal sealed record Dependant(string Person, string Owner, string PoolingArea, MemberRow? Row);

internal sealed record OwnerRow(string AccountOwner, string PoolingArea, long Account);
