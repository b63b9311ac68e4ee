namespace EdgeHub.Rules.Schemes.CrossRegion;

/// <summary>The clauses of 人社险中心函〔2017〕14号 that are computed here, by their number in the requirements.</summary>
public static class CrossRegionArticles
{
    public const string Document = "人社险中心函〔2017〕14号";

    public static readonly Article C01 = new("C1", Document, "一(一)-(二)");
    public static readonly Article C02 = new("C2", Document, "一(三)");
    public static readonly Article C03 = new("C3", Document, "一(四)");
    public static readonly Article C04 = new("C4", Document, "二(一)");
    public static readonly Article C05 = new("C5", Document, "三");
    public static readonly Article C06 = new("C6", Document, "三(一)-(三)");
    public static readonly Article C07 = new("C7", Document, "四(一)");
    public static readonly Article C08 = new("C8", Document, "四(二)");
    public static readonly Article C09 = new("C9", Document, "五(一), 七(一)");
    public static readonly Article C10 = new("C10", Document, "五(二)");
    public static readonly Article C11 = new("C11", Document, "七(二)");
    public static readonly Article C12 = new("C12", Document, "七(二)");
    public static readonly Article C13 = new("C13", Document, "七(三)");
    public static readonly Article C14 = new("C14", Document, "七(三)");
    public static readonly Article C15 = new("C15", Document, "七(三)");
    public static readonly Article C16 = new("C16", Document, "六(一)");
    public static readonly Article C17 = new("C17", Document, "六(二)1");
    public static readonly Article C18 = new("C18", Document, "六(二)2");
    public static readonly Article C19 = new("C19", Document, "六(三)-(四)");
    public static readonly Article C20 = new("C20", Document, "八(一)");
    public static readonly Article C21 = new("C21", Document, "八(二)");
    public static readonly Article C22 = new("C22", Document, "八(三)");
    public static readonly Article C23 = new("C23", Document, "八(四)");
    public static readonly Article C24 = new("C24", Document, "八(一)-(二), derived");
    public static readonly Article C25 = new("C25", Document, "九");
    public static readonly Article C26 = new("C26", Document, "十(一)1");
    public static readonly Article C27 = new("C27", Document, "十(一)2-3");
    public static readonly Article C28 = new("C28", Document, "十(一)4");
    public static readonly Article C29 = new("C29", Document, "十(一)4-5");

    public static readonly IReadOnlyList<Article> All =
    [
        C01, C02, C03, C04, C05, C06, C07, C08, C09, C10, C11, C12, C13, C14, C15, C16, C17, C18, C19, C20, C21, C22, C23, C24, C25, C26, C27, C28, C29,
    ];
}
