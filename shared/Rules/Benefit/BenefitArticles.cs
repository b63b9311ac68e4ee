namespace EdgeHub.Rules.Benefit;

/// <summary>The rules of benefit-and-his-interface.md in the file's order, and the clauses of the county's document that say what a
/// bill's shares are; README.md gives each one's words and our reading.</summary>
public static class BenefitArticles
{
    private const string Document = "benefit-and-his-interface";
    private const string Shape = "Outpatient and inpatient benefit";
    private const string Categories = "National expense categories";
    private const string CodeTable = "Codes";
    private const string Transactions = "Transactions a clinic's own system speaks";
    private const string Arithmetic = "Arithmetic of a bill";
    private const string Offline = "Offline limits";
    private const string CheckDigits = "Check digits";
    private const string County = "镇政发〔2020〕9号";

    public static readonly Article B01 = new("B1", Document, Shape + ": policy row");
    public static readonly Article B02 = new("B2", Document, Shape + ": deductible modes");
    public static readonly Article B03 = new("B3", Document, Shape + ": eligible - deductible");
    public static readonly Article B04 = new("B4", Document, Shape + ": rate");
    public static readonly Article B05 = new("B5", Document, Shape + ": daily cap");
    public static readonly Article B06 = new("B6", Document, Shape + ": annual cap");
    public static readonly Article B07 = new("B7", Document, Shape + ": household account");
    public static readonly Article B08 = new("B8", Document, Shape + ": identity of the bill");
    public static readonly Article B09 = new("B9", Document, Shape + ": identity of the payers");
    public static readonly Article B10 = new("B10", Document, Shape + ": catalogue classes");
    public static readonly Article B11 = new("B11", Document, Shape + ": price limit per item");
    public static readonly Article B12 = new("B12", Document, Shape + ": rates are data");
    public static readonly Article B13 = new("B13", Document, Categories);
    public static readonly Article B14 = new("B14", Document, CodeTable);
    public static readonly Article B15 = new("B15", Document, Transactions + ": request key and business key");
    public static readonly Article B16 = new("B16", Document, Arithmetic + ": a line's amount");
    public static readonly Article B17 = new("B17", Document, Arithmetic + ": over-limit");
    public static readonly Article B18 = new("B18", Document, Arithmetic + ": pre-self-pay");
    public static readonly Article B19 = new("B19", Document, Arithmetic + ": rounding per line");
    public static readonly Article B20 = new("B20", Document, Arithmetic + ": order of the steps");
    public static readonly Article B21 = new("B21", Document, Arithmetic + ": partial refund");
    public static readonly Article B22 = new("B22", Document, Arithmetic + ": double settlement");
    public static readonly Article B23 = new("B23", Document, Offline + ": limits");
    public static readonly Article B24 = new("B24", Document, Offline + ": what an offline settlement carries");
    public static readonly Article B25 = new("B25", Document, CheckDigits);

    // Further rules of the same file, numbered after the first reading, and those of the county's document that this engine computes.
    public static readonly Article B26 = new("B26", Document, Arithmetic + ": tiers");
    public static readonly Article B27 = new("B27", Document, Shape + ": caps by the spans of the deductible");
    public static readonly Article B28 = new("B28", Document, Arithmetic + ": disease cap");
    public static readonly Article B29 = new("B29", Document, Arithmetic + ": catastrophic");
    public static readonly Article B30 = new("B30", Document, Arithmetic + ": assistance");
    public static readonly Article B31 = new("B31", Document, Arithmetic + ": in-scope own pay");
    public static readonly Article B32 = new("B32", Document, Shape + ": a family member's account");
    public static readonly Article Z04 = new("Z4", County, "三(二)3, 四(三)6");
    public static readonly Article Z20 = new("Z20", County, "四(三)3(3)");
    public static readonly Article Z30 = new("Z30", County, "五(五)");
    public static readonly Article Z37 = new("Z37", County, "六(五)");

    public static readonly IReadOnlyList<Article> All =
        [B01, B02, B03, B04, B05, B06, B07, B08, B09, B10, B11, B12, B13, B14, B15, B16, B17, B18, B19, B20, B21, B22, B23, B24, B25,
         B26, B27, B28, B29, B30, B31, B32, Z04, Z20, Z30, Z37];
}
