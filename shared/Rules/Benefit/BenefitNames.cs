namespace EdgeHub.Rules.Benefit;

/// <summary>Names of the steps of an explanation. They are stored with a settlement; pages translate them.</summary>
public static class StepNames
{
    public const string Total = "total";
    public const string FullSelfPay = "full self-pay";
    public const string OverPriceLimit = "over price limit";
    public const string PreSelfPay = "pre-self-pay";
    public const string Eligible = "eligible amount";
    public const string DeductibleLeft = "deductible left";
    public const string Deductible = "deductible";
    public const string AtRate = "at the reimbursement rate";
    public const string DailyCap = "after the daily cap";
    public const string AnnualCap = "fund pay, after the annual cap";
    public const string Account = "household account pay";
    public const string Cash = "cash";

    /// <summary>The step of one line of a bill, for example "pre-self-pay, line 3".</summary>
    public static string OfLine(string step, int lineNo) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{step}, line {lineNo}");
}

/// <summary>Names of the limits of which a result says what was left before and after.</summary>
public static class LimitNames
{
    public const string DeductiblePerVisit = "deductible/visit";
    public const string DeductiblePerYear = "deductible/year";
    public const string DailyCap = "cap/day";
    public const string AnnualCap = "cap/year";
    public const string Account = "account/year";
}
