namespace EdgeHub.Rules.Calendars;

/// <summary>What holds of days and deadlines in every scheme; README.md beside this gives the words.</summary>
public static class CalendarArticles
{
    private const string Document = "arithmetic-that-holds-everywhere";

    public static readonly Article D1 = new("D1", Document, "periods and days named");
    public static readonly Article D2 = new("D2", Document, "working days");

    public static readonly IReadOnlyList<Article> All = [D1, D2];
}
