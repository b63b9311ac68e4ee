namespace EdgeHub.Tests.Checker;

/// <summary>Counts the settlements once more from the lines: each claiming line has its row, what was taken back stands as such, and
/// the sums of what stands, by site and month of service, are those of the decisions.</summary>
public static class Recount
{
    /// <summary>Each claiming line that was judged has its settlement row, and each row its line.</summary>
    public static long Lines(Folder folder, IReadOnlyDictionary<string, string> settings, Journals journals)
    {
        var isPart = settings["from"].Length + settings["through"].Length > 0;
        var rows = folder.Rows("settlements.csv");
        var aside = folder.Rows("aside.csv").Where(row => row["released_ms"].Length == 0).Select(row => row.Entry).ToHashSet();
        var known = new HashSet<(long, long, long)>();
        foreach (var row in rows)
        {
            if (!known.Add(row.Entry))
            {
                throw new DifferenceException($"{row.Place}: expected one row of line {Journals.Name(row.Entry)}; found two");
            }
            if (!journals.Claims.TryGetValue(row.Entry, out var claim))
            {
                if (!isPart)
                {
                    throw new DifferenceException($"{row.Place}: expected a line {Journals.Name(row.Entry)} that claims it; there is none");
                }
                continue;
            }
            var found = new Claim(
                row["kind"], row["settlement"], row["person"], row["site"], row["key_site"], row["visit"], row.Number("ordinal"), row["service_day"], row["currency"], SumsOf(row));
            Manifest.Expect($"{row.Place}: the claim of line {Journals.Name(row.Entry)}", claim.ToString(), found.ToString());
        }
        foreach (var (entry, claim) in journals.Claims)
        {
            var isJudged = journals.Judged.TryGetValue(entry.Device, out var through) && (entry.Epoch, entry.Seq).CompareTo(through) <= 0;
            if (isJudged && !aside.Contains(entry) && !known.Contains(entry))
            {
                throw new DifferenceException($"settlements.csv: expected a row of line {Journals.Name(entry)}, which claims {claim.Sums}; there is none");
            }
        }
        Standings(rows, journals, aside, isPart);
        return rows.Count;
    }

    /// <summary>What a line takes back is Reversed; of the others of one business key exactly one Stands.</summary>
    private static void Standings(IReadOnlyList<Row> rows, Journals journals, HashSet<(long, long, long)> aside, bool isPart)
    {
        var back = journals.TakenBack.Where(line => !aside.Contains(line.Key) && IsJudged(journals, line.Key)).Select(line => line.Value).ToHashSet();
        foreach (var row in rows.Where(row => row["standing"] is "Stands" or "Reversed"))
        {
            var isBack = back.Contains(new TakenBack(row["settlement"], row["site"], SumsOf(row)));
            var expected = isBack ? "Reversed" : "Stands";
            if (expected != row["standing"] && !(isPart && row["standing"] == "Reversed"))
            {
                throw new DifferenceException($"{row.Place}: standing of settlement {row["settlement"]}: expected {expected} by the lines; found {row["standing"]}");
            }
        }
        foreach (var key in rows.Where(row => row["standing"] is "Stands" or "Duplicate").GroupBy(row => (row["key_site"], row["visit"], row["ordinal"])))
        {
            if (key.Count(row => row["standing"] == "Stands") > 1)
            {
                throw new DifferenceException($"{key.Last().Place}: expected one settlement of {key.Key} that Stands; found more");
            }
        }
    }

    /// <summary>Sums by site and month of service: from the lines that stand, and from the decisions that hold.</summary>
    /// <returns>How many sites and months.</returns>
    public static long Sums(Folder folder, IReadOnlyDictionary<string, string> settings, Journals journals)
    {
        var isPart = settings["from"].Length + settings["through"].Length > 0;
        var lines = new SortedDictionary<(string Site, string Month, string Currency), (long Count, Sums Sums)>();
        foreach (var row in folder.Rows("settlements.csv").Where(row => row["standing"] == "Stands"))
        {
            Add(lines, row, journals.Claims.TryGetValue(row.Entry, out var claim) ? claim.Sums : isPart ? SumsOf(row) : Checker.Sums.Zero);
        }
        var decided = new SortedDictionary<(string Site, string Month, string Currency), (long Count, Sums Sums)>();
        foreach (var row in folder.Rows("decisions.csv").Where(row => row["holds"] == "true"))
        {
            var counts = row["status"] != "Refused" && row["cause"] != "Reversed";
            var right = checked(row.Number("fund") + row.Number("catastrophic") + row.Number("assistance") + row.Number("account") + row.Number("cash"));
            if (counts)
            {
                Manifest.Expect($"{row.Place}: right shares together", row.Number("total"), right);
                Manifest.Expect($"{row.Place}: difference", checked(row.Number("claimed_cash") - row.Number("cash")), row.Number("difference"));
            }
            if (row["standing"] == "Stands")
            {
                Add(decided, row, SumsOf(row));
            }
        }
        foreach (var key in lines.Keys.Union(decided.Keys).Order())
        {
            var (expected, found) = (lines.GetValueOrDefault(key, (0, Checker.Sums.Zero)), decided.GetValueOrDefault(key, (0, Checker.Sums.Zero)));
            Manifest.Expect($"decisions.csv: claimed in {key.Month} at {key.Site}, recounted from the lines", expected.ToString(), found.ToString());
        }
        return lines.Count;
    }

    private static bool IsJudged(Journals journals, (long Device, long Epoch, long Seq) entry) =>
        journals.Judged.TryGetValue(entry.Device, out var through) && (entry.Epoch, entry.Seq).CompareTo(through) <= 0;

    private static void Add(SortedDictionary<(string, string, string), (long Count, Sums Sums)> to, Row row, Sums sums)
    {
        var key = (row["site"], row["service_day"][..7], row["currency"]);
        var (count, sum) = to.GetValueOrDefault(key, (0, Checker.Sums.Zero));
        to[key] = (count + 1, sum + sums);
    }

    public static Sums SumsOf(Row row) => new(
        row.Number("total"), row.Number("claimed_fund"), row.Number("claimed_catastrophic"), row.Number("claimed_assistance"), row.Number("claimed_account"), row.Number("claimed_cash"));
}
