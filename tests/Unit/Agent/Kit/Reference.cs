using EdgeHub.Sync.Feeds;

namespace EdgeHub.Tests.Unit.Agent.Kit;

/// <summary>A small set of reference data as a hub would feed it: persons with right check digits in an area of nobody, a book, a
/// catalogue. All made up.</summary>
public static class Reference
{
    public const string Region = "530924";
    public const string Site = "530924100001";

    /// <summary>Bills by visit type: 11 yearly deductible 60.00, 60 %, 2,000.00 a year; 13 no deductible, 60 %, 30.00 a day;
    /// 14 no limits, 90 %; 21 100.00 per stay, 80 %.</summary>
    public const string Book = """
        {
          "id": "test-2025", "version": 1, "region": "530924", "currency": "CNY", "first": "2025-01-01", "last": "2025-12-31",
          "knownFrom": "2024-12-20", "source": "sample",
          "rows": [
            "pooling_area,insurance_type,visit_type,out_of_area,level,institution_type,person_type,age_from,age_to,disease,first,last,deductible_mode,deductible,fund_rate,daily_cap,annual_cap,scope",
            "530924,390,11,no,,,,,,,,,year,60.00,0.6,,2000.00,",
            "530924,390,13,no,,,,,,,,,none,,0.6,30.00,2000.00,emergency",
            "530924,390,14,no,,,,,,,,,none,,0.9,,,chronic",
            "530924,390,21,no,,,,,,,,,visit,100.00,0.8,,100000.00,inpatient"
          ]
        }
        """;

    public static readonly IReadOnlyList<object?[]> Policies = [["test-2025/1", 0, "test-2025", 1, "", "2025-01-01", "2026-01-01", "2024-12-20", Book]];

    public static readonly IReadOnlyList<object?[]> Catalogue =
    [
        Item("A1", "甲类药", "jly", "A", 9, "", ""),
        Item("B1", "乙类药", "yly", "B", 9, "0.1", "5.00"),
        Item("C1", "自费项目", "zfxm", "C", 14, "", ""),
        Item("OLD", "旧项目", "jxm", "A", 9, "", "", end: "2025-01-15"),
    ];

    /// <summary>P1 to P40 normal; P41 stopped, P42 blacklisted, P43 no longer covered.</summary>
    public static readonly IReadOnlyList<object?[]> Members =
        [.. Enumerable.Range(1, 43).Select(i => Member(i, status: i == 41 ? "2" : "1", coverEnd: i == 43 ? "2025-02-01" : "2026-01-01"))];

    public static readonly IReadOnlyList<object?[]> Blacklist = [["b1", 0, "P42", "card reported lost", "2025-01-01", ""]];

    public static IReadOnlyDictionary<string, IReadOnlyList<object?[]>> Feeds(params IReadOnlyList<object?[]> parameters) => new Dictionary<string, IReadOnlyList<object?[]>>
    {
        [FeedNames.Policies] = Policies, [FeedNames.Catalogue] = Catalogue, [FeedNames.Members] = Members, [FeedNames.Blacklist] = Blacklist,
        [FeedNames.Parameters] = parameters, [FeedNames.Accumulators] = [], [FeedNames.Decisions] = [], [FeedNames.Payables] = [],
        [FeedNames.Bookings] = [], [FeedNames.Fees] = [], [FeedNames.Quarantine] = [],
    };

    public static string Person(int number) => $"P{number}";

    public static string Card(int number) => $"S{number:00000000}";

    public static string IdNumber(int number) =>
        EdgeHub.Rules.Ids.ChineseId.Of(EdgeHub.Rules.Ids.AreaCode.Sample, new DateOnly(1970, 5, 17), number).Format();

    public static object?[] Member(int number, string status = "1", string coverEnd = "2026-01-01", long account = 12_00) =>
    [
        Person(number), 0, IdNumber(number), Card(number), $"样本{number}", "1", "1970-05-17", "530924100", "390", "15", Region, "2025-01-01", coverEnd, status, account,
    ];

    private static object?[] Item(string code, string name, string pinyin, string @class, int category, string preSelfPay, string limit0, string end = "2026-01-01") =>
        [code, 0, name, pinyin, @class, category, "盒", "", limit0, "", "", "", preSelfPay, "2024-01-01", end, ""];
}
