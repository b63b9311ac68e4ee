namespace EdgeHub.Rules.Schemes.CountyPackage;

/// <summary>The clauses of 镇政发〔2020〕9号 that are computed here, by their number in the requirements.</summary>
public static class CountyPackageArticles
{
    public const string Document = "镇政发〔2020〕9号";

    public static readonly Article Z01 = new("Z1", Document, "三(一)");
    public static readonly Article Z02 = new("Z2", Document, "三(二)1");
    public static readonly Article Z03 = new("Z3", Document, "三(二)2");
    public static readonly Article Z04 = new("Z4", Document, "三(二)3");
    public static readonly Article Z05 = new("Z5", Document, "四(一)1");
    public static readonly Article Z06 = new("Z6", Document, "四(一)1");
    public static readonly Article Z07 = new("Z7", Document, "四(一)2(1)");
    public static readonly Article Z08 = new("Z8", Document, "四(一)2(2)-(4)");
    public static readonly Article Z09 = new("Z9", Document, "四(二)");
    public static readonly Article Z10 = new("Z10", Document, "四(二)1");
    public static readonly Article Z11 = new("Z11", Document, "四(二)1");
    public static readonly Article Z12 = new("Z12", Document, "四(二)2");
    public static readonly Article Z13 = new("Z13", Document, "四(二)");
    public static readonly Article Z14 = new("Z14", Document, "四(三)1");
    public static readonly Article Z15 = new("Z15", Document, "四(三)1");
    public static readonly Article Z16 = new("Z16", Document, "四(三)1");
    public static readonly Article Z17 = new("Z17", Document, "四(三)2");
    public static readonly Article Z18 = new("Z18", Document, "四(三)3(1)");
    public static readonly Article Z19 = new("Z19", Document, "四(三)3(2)");
    public static readonly Article Z20 = new("Z20", Document, "四(三)3(3)");
    public static readonly Article Z21 = new("Z21", Document, "四(三)4");
    public static readonly Article Z22 = new("Z22", Document, "四(三)4(1)");
    public static readonly Article Z23 = new("Z23", Document, "四(三)4(2)");
    public static readonly Article Z24 = new("Z24", Document, "四(三)5");
    public static readonly Article Z25 = new("Z25", Document, "四(三)1-5");
    public static readonly Article Z26 = new("Z26", Document, "五(一)");
    public static readonly Article Z27 = new("Z27", Document, "五(二)");
    public static readonly Article Z28 = new("Z28", Document, "五(三)");
    public static readonly Article Z29 = new("Z29", Document, "五(四)");
    public static readonly Article Z30 = new("Z30", Document, "五(五)");
    public static readonly Article Z31 = new("Z31", Document, "五(六)");
    public static readonly Article Z32 = new("Z32", Document, "五(七)");
    public static readonly Article Z33 = new("Z33", Document, "五(八)");
    public static readonly Article Z34 = new("Z34", Document, "五(九)1");
    public static readonly Article Z35 = new("Z35", Document, "五(九)2");
    public static readonly Article Z36 = new("Z36", Document, "五(九)3");
    public static readonly Article Z37 = new("Z37", Document, "六(五)");

    public static readonly IReadOnlyList<Article> All =
    [
        Z01, Z02, Z03, Z04, Z05, Z06, Z07, Z08, Z09, Z10, Z11, Z12, Z13, Z14,
        Z15, Z16, Z17, Z18, Z19, Z20, Z21, Z22, Z23, Z24, Z25, Z26, Z27, Z28,
        Z29, Z30, Z31, Z32, Z33, Z34, Z35, Z36, Z37,
    ];
}
