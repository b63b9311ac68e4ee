using System.Globalization;
using EdgeHub.Sync.Journal;
using EdgeHub.Sync.Seams;
using EdgeHub.Tests.Unit.Hub.Lab;

namespace EdgeHub.Tests.Unit.Hub.Slow;

/// <summary>What honest sites write in some days, as a seed decides: visits, reversals, partial refunds, invoices, refunds paid out, one
/// account for a family, second settlements of a visit, lines sealed again in a new epoch, and a device that was replaced.</summary>
public sealed class SlowStory
{
    private const string Ana = "53092400000001";
    private const string Bo = "53092400000002";
    private const string Cleo = "53092400000003";
    private const string Dora = "53092400000004";

    /// <summary>A day behind all the others.</summary>
    private const string Last = "2025-03-10";
    private const string Unknown = "53092499999999";
    private static readonly string[] Persons = [Ana, Ana, Bo, Cleo, Dora];

    /// <summary>Cleo pays for Ana and Bo; Dora's cover ended, which no site was told.</summary>
    public static readonly IReadOnlyDictionary<string, SlowMember> Members = new Dictionary<string, SlowMember>
    {
        [Ana] = new(150_00, Cleo, new DateOnly(2026, 1, 1)), [Bo] = new(150_00, Cleo, new DateOnly(2026, 1, 1)),
        [Cleo] = new(150_00, "", new DateOnly(2026, 1, 1)), [Dora] = new(40_00, "", new DateOnly(2025, 3, 5)),
    };

    private readonly SeededEntropy _dice;
    private readonly Dictionary<(LabSite Site, string Person), List<VisitSettled>> _live = [];
    private readonly List<(Guid Id, string Person)> _payable = [];
    private readonly List<VisitSettled> _visits = [];
    private int _invoice;

    private SlowStory(SettlementLab lab, int seed)
    {
        _dice = new SeededEntropy((ulong)seed);
        lab.AddPolicy(LabPolicy.LayeredOf(2, "2025-03-06", "0.5"), version: 9);
        foreach (var (person, member) in Members)
        {
            lab.Person(person, account: member.Account, owner: member.Owner, coverEnd: Text(member.CoverEnd), version: 9);
        }
        var sites = Enumerable.Range(0, 3).Select(i => lab.Site($"53092410020{i}", i + 1, level: i == 2 ? 1 : 0)).ToList();
        // Takes the place of the first site's device, whose own journal may come later.
        Sites = [.. sites, lab.Site(sites[0].Code, 4)];
        foreach (var site in Sites)
        {
            foreach (var (person, member) in Members.Where(each => each.Value.Owner.Length == 0))
            {
                site.KnowsAccount(person, member.Account);
            }
        }
    }

    public IReadOnlyList<LabSite> Sites { get; }
    public IReadOnlyList<SlowEntry> Entries { get; private set; } = [];

    /// <summary>The second book is known from 6 March; the sites were not told.</summary>
    public static decimal RateKnownOn(DateOnly day) => day < new DateOnly(2025, 3, 6) ? 0.6m : 0.5m;

    public static SlowStory Play(SettlementLab lab, int seed)
    {
        var story = new SlowStory(lab, seed);
        for (var i = 0; i < 22; i++)
        {
            story.Step(story.Sites[story.Roll(3)], $"2025-03-{1 + story.Roll(9):00}");
        }
        story.Entries = [.. story.Sites.SelectMany(Filed)];
        return story;
    }

    /// <summary>Effective time: captured, but never before the device's entry before.</summary>
    private static IEnumerable<SlowEntry> Filed(LabSite site)
    {
        var effective = 0L;
        foreach (var written in site.Written)
        {
            effective = Math.Max(effective, written.Head.Captured.ToUnixTimeMilliseconds());
            yield return new SlowEntry(site.Code, site.DeviceNo, written.Epoch, written.Head.Seq, effective, written.Body);
        }
    }

    private void Step(LabSite site, string day)
    {
        switch (Roll(12))
        {
            case 0:
                TakeBack(site, (device, last) =>
                {
                    device.Reverse(last, NotBefore(last, day));
                    return null;
                });
                break;
            case 1 or 2:
                TakeBack(site, (device, last) => device.PartlyRefund(last, Fen(last.Totals.Total - 1), NotBefore(last, day)).Now);
                break;
            case 3:
                Invoice(site, Last);
                break;
            case 4 when _payable.Count > 0:
                var (id, person) = _payable[Roll(_payable.Count)];
                site.Write(Kinds.RefundPaid, day, new RefundPaid(_dice.NewId(DateTimeOffset.UnixEpoch), "k", id, Guid.Empty, person, site.Code, "CNY", 1 + Roll(60_00), "op"));
                break;
            case 5 when site.Written.Count > 0:
                SealAgain(site, Last);
                break;
            default:
                Visit(site, day);
                break;
        }
    }

    private void Visit(LabSite site, string day)
    {
        var person = Roll(15) == 0 ? Unknown : Persons[Roll(Persons.Length)];
        var owner = Members.GetValueOrDefault(person)?.Owner is { Length: > 0 } other ? other : null;
        var second = _visits.FindLast(visit => visit.Institution == site.Code);
        var visit = site.Settle(
            person, day, Fen(400_00), useAccount: Roll(2) == 0, item: Roll(5) switch { 0 => "B1", 1 => "C1", _ => "A1" }, owner: owner,
            visit: Roll(8) == 0 ? second?.Visit : null);
        Live(site, person).Add(visit);
        _visits.Add(visit);
        _payable.Add((visit.Settlement, person));
    }

    /// <summary>Like an agent, a site takes back only a person's last settlement; of the first site its newer device may do it too.</summary>
    private void TakeBack(LabSite site, Func<LabSite, VisitSettled, VisitSettled?> back)
    {
        var person = Persons[Roll(Persons.Length)];
        var live = Live(site, person);
        if (live.Count == 0 || live[^1].Totals.Total < 2)
        {
            return;
        }
        var device = site == Sites[0] && Roll(2) == 0 ? Sites[3] : site;
        var left = back(device, live[^1]);
        live.RemoveAt(live.Count - 1);
        if (left is not null && device == site)
        {
            live.Add(left);
        }
        if (left is not null)
        {
            _payable.Add((left.Settlement, person));
        }
    }

    private void Invoice(LabSite desk, string day)
    {
        var twice = _visits.Count > 0 && Roll(3) == 0 ? _visits[Roll(_visits.Count)] : null;
        var person = twice?.Person ?? Persons[Roll(Persons.Length)];
        var number = _invoice > 0 && Roll(4) == 0 ? $"INV-{_invoice}" : $"INV-{++_invoice}";
        var claim = twice is null
            ? desk.Claim(person, $"2025-03-{1 + Roll(9):00}", Fen(400_00), day, number)
            : desk.Claim(person, Text(twice.ServiceDay), twice.Totals.Total / 100m, day, number, institution: twice.Institution);
        _payable.Add((claim.Claim, person));
    }

    /// <summary>A device that was restored seals again, in a new epoch, what was not acknowledged.</summary>
    private void SealAgain(LabSite site, string day)
    {
        var tail = site.Written.TakeLast(1 + Roll(3)).ToList();
        site.NewEpoch(sendFirst: false);
        foreach (var written in tail)
        {
            switch (written.Body)
            {
                case VisitSettled body: site.Write(Kinds.VisitSettled, day, body, written.Head.Schema); break;
                case VisitReversed body: site.Write(Kinds.VisitReversed, day, body, written.Head.Schema); break;
                case VisitPartlyRefunded body: site.Write(Kinds.VisitPartlyRefunded, day, body, written.Head.Schema); break;
                case ReimbursementClaimed body: site.Write(Kinds.ReimbursementClaimed, day, body, written.Head.Schema); break;
                case RefundPaid body: site.Write(Kinds.RefundPaid, day, body, written.Head.Schema); break;
                default: throw new InvalidOperationException($"{written.Body.GetType().Name} is not written here.");
            }
        }
    }

    private static string NotBefore(VisitSettled visit, string day) => string.CompareOrdinal(Text(visit.ServiceDay), day) > 0 ? Text(visit.ServiceDay) : day;

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private List<VisitSettled> Live(LabSite site, string person)
    {
        if (!_live.TryGetValue((site, person), out var live))
        {
            _live.Add((site, person), live = []);
        }
        return live;
    }

    private decimal Fen(long most) => (1 + Roll((int)most)) / 100m;

    private int Roll(int sides)
    {
        Span<byte> four = stackalloc byte[4];
        _dice.Fill(four);
        return (int)(BitConverter.ToUInt32(four) % (uint)sides);
    }
}
