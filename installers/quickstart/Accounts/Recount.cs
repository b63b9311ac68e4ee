using System.Globalization;
using System.Text.Json.Nodes;
using EdgeHub.Quickstart.Parts;

namespace EdgeHub.Quickstart.Accounts;

/// <summary>Visits and fen of one institution and kind of visit.</summary>
public sealed record GroupSum(long Visits, long Total, long Fund)
{
    public static readonly GroupSum None = new(0, 0, 0);

    public GroupSum Plus(GroupSum other) => new(Visits + other.Visits, Total + other.Total, Fund + other.Fund);
}

/// <summary>What the hub said of one settlement, as the clinic heard it.</summary>
public sealed record Decided(string Status, string Code, long FundDifference);

/// <summary>Sums the agents' files up again, by itself, and holds the hub's month against them.</summary>
public sealed class Recount
{
    private readonly List<JournalFile> _journals = [];
    private readonly Dictionary<string, Decided> _decisions = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, GroupSum> _recounted = new(StringComparer.Ordinal);

    /// <exception cref="MorningFault">A file is missing or does not hold together.</exception>
    public Recount(Files files)
    {
        foreach (var file in Directory.EnumerateFiles(files.Journals, "*.ndjson").Order(StringComparer.Ordinal))
        {
            var journal = new JournalFile(file);
            _journals.Add(journal);
            foreach (var (settlement, decision) in JsonNode.Parse(File.ReadAllText(files.Decided(journal.Name)))!.AsObject())
            {
                _decisions.Add(settlement, new Decided(
                    decision!["status"]!.ToString(), decision["code"]!.ToString(), decision["fundDifference"]!.GetValue<long>()));
            }
        }
        MorningFault.Unless(_journals.Count > 0, $"{files.Journals} holds no journal.");
        foreach (var settled in _journals.SelectMany(journal => journal.Standing))
        {
            Add(settled);
        }
    }

    public IReadOnlyList<JournalFile> Journals => _journals;
    public IReadOnlyDictionary<string, Decided> Decisions => _decisions;
    public IReadOnlyDictionary<string, GroupSum> Groups => _recounted;

    /// <summary>What is wrong between the recount and the hub's month; empty: nothing.</summary>
    public IReadOnlyList<string> Differences(HubMonth hub)
    {
        var wrong = new List<string>();
        foreach (var key in _recounted.Keys.Union(hub.Groups.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            var (own, theirs) = (_recounted.GetValueOrDefault(key, GroupSum.None), hub.Groups.GetValueOrDefault(key, GroupSum.None));
            if (own != theirs)
            {
                wrong.Add(string.Create(CultureInfo.InvariantCulture,
                    $"{key}: the agents' files give {own.Visits} visits, {Screen.Yuan(own.Total)} total, {Screen.Yuan(own.Fund)} fund; the hub reports {theirs.Visits}, {Screen.Yuan(theirs.Total)}, {Screen.Yuan(theirs.Fund)}"));
            }
        }
        foreach (var (institution, own) in Owed())
        {
            var theirs = hub.Due.GetValueOrDefault(institution);
            if (own != theirs)
            {
                wrong.Add($"{institution}: by its own files the pool owes {Screen.Yuan(own)}; the hub reports {Screen.Yuan(theirs)} as due");
            }
        }
        foreach (var journal in _journals.Where(journal => journal.Acked != journal.Entries))
        {
            wrong.Add($"{journal.Name}: {journal.Entries} entries, {journal.Acked} of them acknowledged");
        }
        return wrong;
    }

    /// <summary>What the pool owes an institution, whatever the hub decided since: what the fund was said to bear when the
    /// patient paid, and what was paid out on the fund's behalf.</summary>
    private Dictionary<string, long> Owed()
    {
        var owed = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var journal in _journals)
        {
            owed[journal.Name] = owed.GetValueOrDefault(journal.Name) + journal.RefundsFen;
            foreach (var settled in journal.Standing)
            {
                owed[settled.Institution] = owed.GetValueOrDefault(settled.Institution) + settled.Fund;
            }
        }
        return owed;
    }

    /// <summary>Recounts the files of a morning that is over and prints what comes out.</summary>
    public static bool PrintAgain(Options options)
    {
        try
        {
            var files = new Files(options.State);
            var recount = new Recount(files);
            var wrong = recount.Differences(HubMonth.Read(files.Settlement));
            foreach (var line in wrong)
            {
                Console.WriteLine("  " + line);
            }
            Console.WriteLine(wrong.Count == 0 ? $"OK: {recount.Groups.Count} sums of {recount.Journals.Count} clinics agree with the hub's month." : "NOT OK");
            return wrong.Count == 0;
        }
        catch (Exception fault) when (fault is MorningFault or IOException or System.Text.Json.JsonException)
        {
            Console.WriteLine($"NOT OK: {fault.Message}");
            return false;
        }
    }

    private void Add(Settled settled)
    {
        MorningFault.Unless(_decisions.TryGetValue(settled.Id, out var decided), $"The hub has not decided on settlement {settled.Id}.");
        if (decided!.Status == "Refused")
        {
            return;
        }
        var key = $"{settled.Institution} {settled.VisitType}";
        _recounted[key] = _recounted.GetValueOrDefault(key, GroupSum.None).Plus(new GroupSum(1, settled.Total, settled.Fund + decided.FundDifference));
    }
}
