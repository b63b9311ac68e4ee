using static EdgeHub.Rules.Schemes.CountyPackage.CountyPackageArticles;

namespace EdgeHub.Rules.Schemes.CountyPackage;

/// <summary>A form of the county package: its name, its columns in their order, and the clause that asks for it.</summary>
public sealed record CountyForm(string Name, Article Article, IReadOnlyList<string> Columns);

/// <summary>The tables that the county files and prints. The document asks for them and leaves the columns open: these are
/// defaults, one place for every report that prints them.</summary>
public static class CountyForms
{
    public static readonly CountyForm Allocation = new("allocation", Z09, ["institution", "level", "type", "indicator", "share", "out-of-county reserve"]);

    public static readonly CountyForm Prepayment = new("prepayment", Z15, ["quarter", "package", "out of county", "violations", "85 %", "amount", "paid on"]);

    public static readonly CountyForm MonthlySettlement = new(
        "monthly settlement", Z14, ["visit class", "visits", "total", "in scope", "pool", "catastrophic", "assistance", "safety net"]);

    public static readonly CountyForm Clearing = new(
        "clearing", Z24,
        [
            "indicator", "satisfaction", "refused or not instant", "out of catalogue", "not reimbursed", "split", "adjusted", "actual", "violations",
            "case", "pay", "surplus", "carry", "reserve", "deposit", "prepaid", "net",
        ]);

    public static readonly CountyForm ReserveLedger = new("reserve ledger", Z08, ["source", "amount", "balance", "cap"]);

    public static readonly CountyForm WarningBulletin = new("warning bulletin", Z31, ["month", "quota", "used", "rate", "level", "action"]);

    public static readonly IReadOnlyList<CountyForm> All = [Allocation, Prepayment, MonthlySettlement, Clearing, ReserveLedger, WarningBulletin];
}
