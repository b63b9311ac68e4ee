using System.Security.Cryptography;
using System.Text;

namespace EdgeHub.Tests.Checker;

/// <summary>The ledger: sets sum to zero, balances are the sums of their legs, closed months have the hash they were closed with, and
/// every decision's money is posted.</summary>
public sealed class Books(Folder folder, IReadOnlyDictionary<string, string> settings)
{
    private static readonly string[] ReceivedOn = ["SettledPool", "SettledCatastrophic", "SettledAssistance", "PersonalAccount"];

    private readonly IReadOnlyList<Row> _sets = folder.Rows("ledger_sets.csv");
    private readonly ILookup<string, Row> _legs = folder.Rows("ledger_legs.csv").ToLookup(row => row["set_id"], StringComparer.Ordinal);
    private readonly bool _isPart = settings["from"].Length + settings["through"].Length > 0;

    public long Sets()
    {
        var known = _sets.ToDictionary(set => set["set_id"], StringComparer.Ordinal);
        foreach (var loose in _legs.Where(legs => !known.ContainsKey(legs.Key)))
        {
            throw new DifferenceException($"{loose.First().Place}: expected set {loose.Key} in ledger_sets.csv; there is none");
        }
        foreach (var set in _sets)
        {
            Manifest.Expect($"{set.Place}: month of posting", set["posting_date"][..7], set["posting_month"]);
            Manifest.Expect($"{set.Place}: legs of {set["cause"]}", set.Number("legs"), _legs[set["set_id"]].Count());
            foreach (var currency in _legs[set["set_id"]].GroupBy(leg => leg["currency"]))
            {
                Manifest.Expect($"{set.Place}: sum of the legs of {set["cause"]} in {currency.Key}", 0, currency.Sum(leg => leg.Number("fen")));
            }
            if (set["corrects"].Length > 0 && known.TryGetValue(set["corrects"], out var first))
            {
                Manifest.Expect($"{set.Place}: cause of the set that it corrects", set["cause"], first["cause"]);
            }
        }
        return _sets.Count;
    }

    public long Balances()
    {
        var moved = _legs.SelectMany(legs => legs).GroupBy(Account).ToDictionary(legs => legs.Key, legs => legs.Sum(leg => leg.Number("fen")), StringComparer.Ordinal);
        var rows = folder.Rows("ledger_balances.csv");
        foreach (var row in rows)
        {
            Manifest.Expect($"{row.Place}: movement of {Account(row)}", moved.GetValueOrDefault(Account(row)), row.Number("movement"));
            Manifest.Expect($"{row.Place}: closing of {Account(row)}", checked(row.Number("opening") + row.Number("movement")), row.Number("closing"));
            if (settings["from"].Length == 0)
            {
                Manifest.Expect($"{row.Place}: opening of {Account(row)} in an export from the beginning", 0, row.Number("opening"));
            }
        }
        foreach (var missing in moved.Keys.Except(rows.Select(Account)))
        {
            throw new DifferenceException($"ledger_balances.csv: expected a row of {missing}; there is none");
        }
        foreach (var currency in rows.GroupBy(row => row["currency"]))
        {
            Manifest.Expect($"ledger_balances.csv: opening in {currency.Key}", 0, currency.Sum(row => row.Number("opening")));
            Manifest.Expect($"ledger_balances.csv: closing in {currency.Key}", 0, currency.Sum(row => row.Number("closing")));
        }
        return rows.Count;
    }

    public long Closings()
    {
        var (previous, count) = (new string('0', 64), 0L);
        foreach (var closing in folder.Rows("closings.csv").Where(row => row["hash"].Length > 0))
        {
            Manifest.Expect($"{closing.Place}: hash before {closing["month"]}", previous, closing["previous"]);
            previous = closing["hash"];
            if (string.CompareOrdinal(closing["month"], settings["from"]) < 0
                || (settings["through"].Length > 0 && string.CompareOrdinal(closing["month"], settings["through"]) > 0))
            {
                continue;
            }
            Manifest.Expect($"{closing.Place}: hash of {closing["month"]}", HashOf(closing), closing["hash"]);
            Totals(closing);
            count++;
        }
        return count;
    }

    private string HashOf(Row closing)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Line("closing", settings["region"], closing["month"], closing["closed_ms"], closing["closed_by"], closing["previous"]);
        var sets = _sets.Where(set => set["posting_month"] == closing["month"]).OrderBy(set => set["set_id"], StringComparer.Ordinal).ToList();
        Manifest.Expect($"{closing.Place}: sets of {closing["month"]}", sets.Count, closing.Number("sets"));
        foreach (var set in sets)
        {
            Line("set", set["set_id"], set["cause"], set["value_date"], set["posting_date"], set["corrects"], set["legs"]);
            foreach (var leg in _legs[set["set_id"]].OrderBy(leg => leg.Number("leg_no")))
            {
                Line("leg", leg["leg_no"], leg["event"], leg["currency"], leg["kind"], leg["owner"], leg["scheme"], leg["period"], leg["fen"], leg["rule"], leg["article"]);
            }
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());

        void Line(params string[] cells) => hash.AppendData(Encoding.UTF8.GetBytes(string.Join('\t', cells) + "\n"));
    }

    private void Totals(Row closing)
    {
        var months = _sets.ToDictionary(set => set["set_id"], set => set["posting_month"], StringComparer.Ordinal);
        var moved = _legs.SelectMany(legs => legs).Where(leg => months[leg["set_id"]] == closing["month"])
            .GroupBy(leg => (leg["currency"], leg["kind"])).ToDictionary(legs => legs.Key, legs => legs.Sum(leg => leg.Number("fen")));
        var kept = folder.Rows("closing_totals.csv").Where(row => row["month"] == closing["month"]).ToList();
        foreach (var row in kept)
        {
            Manifest.Expect($"{row.Place}: movement of {row["kind"]}", moved.GetValueOrDefault((row["currency"], row["kind"])), row.Number("movement"));
            Manifest.Expect($"{row.Place}: closing of {row["kind"]}", checked(row.Number("opening") + row.Number("movement")), row.Number("closing"));
        }
        Manifest.Expect($"closing_totals.csv: opening of {closing["month"]}", 0, kept.Sum(row => row.Number("opening")));
        foreach (var (currency, kind) in moved.Keys.Except(kept.Select(row => (row["currency"], row["kind"]))))
        {
            throw new DifferenceException($"closing_totals.csv: expected a row of {kind} in {currency} for {closing["month"]}; there is none");
        }
    }

    /// <summary>The legs of every settlement's cause give each one what the decision that holds says. Only a whole export has them all.</summary>
    public long Decisions()
    {
        if (_isPart)
        {
            return 0;
        }
        var byCause = _sets.ToLookup(set => set["cause"], StringComparer.Ordinal);
        var persons = folder.Rows("settlements.csv").ToDictionary(row => row.Entry, row => row["person"]);
        var count = 0L;
        foreach (var row in folder.Rows("decisions.csv").Where(row => row["holds"] == "true"))
        {
            var cause = $"settlement/{Journals.Name(row.Entry)}";
            var legs = byCause[cause].SelectMany(set => _legs[set["set_id"]]).ToList();
            var counts = row["status"] != "Refused" && row["cause"] != "Reversed";
            var site = legs.Where(leg => leg["owner"] == row["site"] && ReceivedOn.Contains(leg["kind"])).Sum(leg => leg.Number("fen"));
            var person = legs.Where(leg => leg["kind"] == "PayableTo" && leg["owner"] == persons[row.Entry]).Sum(leg => leg.Number("fen"));
            Manifest.Expect($"{row.Place}: {cause} gives the site", counts && row["kind"] != "Reimbursement" ? Recount.SumsOf(row).OfOthers : 0, site);
            Manifest.Expect($"{row.Place}: {cause} owes the person", counts ? Math.Max(0, row.Number("difference")) : 0, person);
            if (!counts && legs.GroupBy(Account).FirstOrDefault(account => account.Sum(leg => leg.Number("fen")) != 0) is { } left)
            {
                throw new DifferenceException($"{row.Place}: {cause} counts no more; expected nothing on {left.Key}, found {left.Sum(leg => leg.Number("fen"))}");
            }
            count++;
        }
        return count;
    }

    private static string Account(Row row) => string.Join('/', row["kind"], row["owner"], row["scheme"], row["period"], row["currency"]);
}
