namespace EdgeHub.Tests.Checker;

/// <summary>What sites paid out to persons: each refund's money comes to the site that paid it, out of the payers that owe it.</summary>
public sealed class Refunds(Folder folder, IReadOnlyDictionary<string, string> settings, Journals journals)
{
    /// <summary>By payer: the kind of account of the site that its part comes to.</summary>
    private static readonly string[] Kinds = ["SettledPool", "SettledCatastrophic", "SettledAssistance"];

    private readonly Dictionary<string, long[]> _owed = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (string Part, string Person)> _partOf = new(StringComparer.Ordinal);

    /// <summary>Only a whole export has all lines, decisions and legs.</summary>
    /// <returns>How many refunds.</returns>
    public long Check()
    {
        if (settings["from"].Length + settings["through"].Length > 0)
        {
            return 0;
        }
        Decisions();
        var sets = folder.Rows("ledger_sets.csv").Where(row => row["cause"].StartsWith("refund/", StringComparison.Ordinal)).ToLookup(row => row["cause"], StringComparer.Ordinal);
        var legs = folder.Rows("ledger_legs.csv").ToLookup(row => row["set_id"], StringComparer.Ordinal);
        var paid = new SortedDictionary<string, List<(PaidOut Refund, long[] Borne, long Suspended)>>(StringComparer.Ordinal);
        var known = new HashSet<string>(StringComparer.Ordinal);
        var aside = folder.Rows("aside.csv").Where(row => row["released_ms"].Length == 0).Select(row => row.Entry).ToHashSet();
        foreach (var refund in journals.PaidOut.Where(line => !aside.Contains(line.Key)).OrderBy(line => line.Key).Select(line => line.Value).DistinctBy(refund => refund.Refund))
        {
            var cause = $"refund/{refund.Refund}";
            if (!sets.Contains(cause) || !known.Add(cause))
            {
                continue; // Not judged yet.
            }
            var moved = sets[cause].SelectMany(set => legs[set["set_id"]]).ToList();
            long Moved(string kind, string owner) => moved.Where(leg => leg["kind"] == kind && leg["owner"] == owner).Sum(leg => leg.Number("fen"));
            long[] borne = [.. Kinds.Select(kind => Moved(kind, refund.Site))];
            var suspended = Moved("Suspense", refund.Site);
            Manifest.Expect($"ledger_legs.csv: {cause} takes from the person", -refund.Amount, Moved("PayableTo", refund.Person));
            Manifest.Expect($"ledger_legs.csv: {cause} gives the site", refund.Amount, borne.Sum() + suspended);
            var part = _partOf.TryGetValue(refund.Settlement, out var found) && found.Person == refund.Person
                ? found.Part
                : throw new DifferenceException($"ledger_sets.csv: {cause}: expected a settlement {refund.Settlement} of its person; there is none");
            if (!paid.TryGetValue(part, out var together))
            {
                paid.Add(part, together = []);
            }
            together.Add((refund, borne, suspended));
        }
        foreach (var (part, refunds) in paid)
        {
            Part(part, refunds);
        }
        foreach (var loose in sets.Select(set => set.Key).Where(cause => !known.Contains(cause)))
        {
            throw new DifferenceException($"ledger_sets.csv: {loose}: expected a line that paid it out; there is none");
        }
        return known.Count;
    }

    /// <summary>What the decisions that hold owe, by business key and person.</summary>
    private void Decisions()
    {
        var rows = folder.Rows("settlements.csv").ToDictionary(row => row.Entry);
        foreach (var row in rows.Values.Where(row => row["standing"] is not ("Repeated" or "Waits")).OrderBy(row => row["standing"] == "Duplicate"))
        {
            var part = string.Join('/', row["key_site"], row["visit"], row["ordinal"], row["person"], row["currency"]);
            _partOf.TryAdd(row["settlement"], (part, row["person"]));
            _owed.TryAdd(part, [0, 0, 0]);
        }
        foreach (var row in folder.Rows("decisions.csv").Where(row => row["holds"] == "true" && row["status"] != "Refused" && row["cause"] != "Reversed"))
        {
            var left = Math.Max(0, row.Number("difference"));
            var owed = _owed[_partOf[row["settlement"]].Part];
            foreach (var (payer, i) in ((string[])["fund", "catastrophic"]).Select((payer, i) => (payer, i)))
            {
                var owes = Math.Min(left, Math.Max(0, row.Number(payer) - row.Number("claimed_" + payer)));
                owed[i] = checked(owed[i] + owes);
                left -= owes;
            }
            owed[2] = checked(owed[2] + left);
        }
    }

    private void Part(string part, List<(PaidOut Refund, long[] Borne, long Suspended)> refunds)
    {
        var (owed, paid) = (_owed[part], refunds.Sum(each => each.Refund.Amount));
        var name = $"ledger_legs.csv: refunds for {refunds[0].Refund.Settlement}";
        var isWithin = paid <= owed.Sum();
        var left = paid;
        for (var i = 0; i < Kinds.Length; i++)
        {
            var borne = refunds.Sum(each => each.Borne[i]);
            if (isWithin)
            {
                Manifest.Expect($"{name} on {Kinds[i]}", Math.Min(left, owed[i]), borne);
                left -= borne;
            }
            else if (borne < owed[i])
            {
                throw new DifferenceException($"{name} on {Kinds[i]}: expected {owed[i]} at least; found {borne}");
            }
        }
        if (isWithin)
        {
            Manifest.Expect($"{name} on Suspense", 0, refunds.Sum(each => each.Suspended));
        }
    }
}
