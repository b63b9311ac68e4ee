using EdgeHub.Agent.Settlement;
using EdgeHub.Pages.Speech;
using EdgeHub.Rules;
using EdgeHub.Rules.Benefit;

namespace EdgeHub.Agent.Desk.Visits;

/// <summary>Codes and computed values in the reader's words. A code that nobody translated is shown as it is.</summary>
public static class Terms
{
    private static readonly string[] Covers = ["310", "390", "392", "510"];
    private static readonly string[] Steps =
    [
        StepNames.Total, StepNames.FullSelfPay, StepNames.OverPriceLimit, StepNames.PreSelfPay, StepNames.Eligible, StepNames.DeductibleLeft, StepNames.Deductible,
        StepNames.AtRate, StepNames.Referral, StepNames.VisitCap, StepNames.DailyCap, StepNames.MonthCap, StepNames.QuarterCap, StepNames.DiseaseCap,
        StepNames.InstitutionYearCap, StepNames.AnnualCap, StepNames.OwnPay, StepNames.Catastrophic, StepNames.OwnPayLeft, StepNames.Assistance, StepNames.Account, StepNames.Cash,
    ];

    private static readonly string[] Inputs =
    [
        "eligible amount", "deductible", "deductible left", "mode", "reimbursement rate", "tiers", "percentage points off", "share", "left of the daily cap",
        "left of the annual cap", "left of the cap", "left of the disease cap", "span", "patient's share", "left of the account", "use account", "account of",
        "total", "fund", "account", "catastrophic", "assistance", "taken this year", "taken this year at the institution", "taken this quarter", "taken this month",
        "class", "amount", "price", "price limit", "quantity", "over price limit", "in-scope own pay", "own pay of the year before", "threshold", "cap", "paid this year",
        "own pay left", "own pay left of the year before", "rate", "lines", "full self-pay", "pre-self-pay",
    ];

    private static readonly Lazy<IReadOnlyDictionary<string, CsvRow>> Rules = new(() =>
        CsvText.Embedded(typeof(Terms).Assembly, "Desk/Visits/rules.csv", ["rule", .. Languages.All]).Rows.ToDictionary(row => row["rule"], StringComparer.Ordinal));

    public static string VisitType(Words W, string code) => VisitTypes.National.Contains(code, StringComparer.Ordinal) ? W.Of("visittype", code) : code;

    public static string Insurance(Words W, string code) => Covers.Contains(code, StringComparer.Ordinal) ? W.Of("insurance", code) : code;

    /// <summary>What a rule says in one sentence; blank: the table has no words for it.</summary>
    public static string Rule(Words W, string number) => Rules.Value.TryGetValue(number, out var row) ? row[W.Language] : "";

    /// <summary>A step of an explanation; that of one line keeps its number.</summary>
    public static string Step(Words W, string name)
    {
        var comma = name.LastIndexOf(", line ", StringComparison.Ordinal);
        var plain = comma < 0 ? name : name[..comma];
        var said = Steps.Contains(plain, StringComparer.Ordinal) ? W.Of("step", plain) : plain;
        return comma < 0 ? said : W["step.ofline", said, name[(comma + ", line ".Length)..]];
    }

    public static string Input(Words W, string name) => Inputs.Contains(name, StringComparer.Ordinal) ? W.Of("input", name) : name;

    /// <summary>A value as it was written: sums with their currency, shares as per cent.</summary>
    public static string Value(Words W, string name, string written)
    {
        if (written.Length == 0)
        {
            return W["value.none"];
        }
        if (written is "True" or "False")
        {
            return W.Of("value", written);
        }
        if (name is "mode" && Enum.TryParse<DeductibleMode>(written, out var mode))
        {
            return W.Of("mode", mode.ToString());
        }
        var parts = written.Split(' ');
        if (parts.Length == 2 && parts[1] is ("CNY" or "SEK" or "GBP") && decimal.TryParse(parts[0], System.Globalization.CultureInfo.InvariantCulture, out var major))
        {
            return W.Formats.Sum((long)(major * 100m), Currency.Parse(parts[1]));
        }
        return name is "reimbursement rate" or "rate" or "share" && decimal.TryParse(written, System.Globalization.CultureInfo.InvariantCulture, out var share)
            ? W.Formats.Percent(share)
            : written;
    }

    /// <summary>A price of a unit: two decimals, or as many as it has.</summary>
    public static string Price(Formats F, decimal price) => price * 100m == decimal.Truncate(price * 100m) ? F.Amount((long)(price * 100m)) : F.Quantity(price);

    /// <summary>All but the last four characters hidden: a screen at a counter has onlookers.</summary>
    public static string Masked(string number) => number.Length <= 4 ? number : new string('•', 6) + number[^4..];

    /// <summary>The part of a line that is the patient's whatever the policy says.</summary>
    public static long OwnPart(LineShown line) => line.FullSelfPay + line.OverPriceLimit + line.PreSelfPay;
}
