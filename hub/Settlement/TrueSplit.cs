using System.Globalization;
using EdgeHub.Rules;
using EdgeHub.Rules.Benefit;
using EdgeHub.Sync.Journal;

namespace EdgeHub.Hub.Settlement;

/// <summary>A bill's totals by the hub's own catalogue, and why they differ from the site's.</summary>
/// <param name="Told">By the items that the site had been told of, at its own level; its own figures where it had not.</param>
/// <param name="Cause">Blank, CatalogueStale, CatalogueIgnored where the site had been told of the item, SiteStale where only its level differs.</param>
internal sealed record SplitByHub(BillTotals Totals, BillTotals Told, string Cause);

/// <summary>Divides the lines of a bill once more by the hub's catalogue. Source: B8, B10, B11, B16 to B19.</summary>
internal static class TrueSplit
{
    /// <exception cref="FaultException">The lines cannot be divided: amounts that do not fit price and quantity.</exception>
    public static SplitByHub Of(ReferenceCache known, VisitSettled body, long level)
    {
        var currency = Currency.Parse(body.Currency);
        var items = body.Lines.Select(line => ItemOn.Day(known.Items(line.Item), body.ServiceDay)).ToList();
        var split = Divided(body, items, level, currency);
        var bySite = level == body.InstitutionLevel ? split : Divided(body, items, body.InstitutionLevel, currency);
        var cause = Cause(body, split, items);
        return new SplitByHub(
            split.Totals,
            Told(body, bySite, items, currency),
            cause.Length > 0 && level != body.InstitutionLevel && Cause(body, bySite, items).Length == 0 ? Codes.SiteStale : cause);
    }

    /// <summary>The sum of the lines, each by the hub's item where the site had been told of it or its own parts are not the line's amount, else as the site divided it.</summary>
    private static BillTotals Told(VisitSettled body, BillSplit split, IReadOnlyList<KnownItem?> items, Currency currency)
    {
        var known = FeedVersion(body, Sync.Feeds.FeedNames.Catalogue);
        var (full, over, pre, eligible) = (0L, 0L, 0L, 0L);
        foreach (var (line, byHub, item) in body.Lines.Zip(split.Lines, items))
        {
            var told = (item?.Version ?? 0) <= known || !IsWhole(line);
            checked
            {
                full += told ? byHub.FullSelfPay.MinorUnits : line.FullSelfPay;
                over += told ? byHub.OverPriceLimit.MinorUnits : line.OverPriceLimit;
                pre += told ? byHub.PreSelfPay.MinorUnits : line.PreSelfPay;
                eligible += told ? byHub.Eligible.MinorUnits : line.Eligible;
            }
        }
        Money Sum(long minorUnits) => new(minorUnits, currency);
        return new BillTotals(split.Totals.Total, Sum(full), Sum(over), Sum(pre), Sum(eligible));
    }

    private static bool IsWhole(SettledLine line) =>
        Math.Min(Math.Min(line.FullSelfPay, line.OverPriceLimit), Math.Min(line.PreSelfPay, line.Eligible)) >= 0
        && (Int128)line.FullSelfPay + line.OverPriceLimit + line.PreSelfPay + line.Eligible == line.Amount;

    private static BillSplit Divided(VisitSettled body, IReadOnlyList<KnownItem?> items, long level, Currency currency)
    {
        var lines = body.Lines.Zip(items, (line, item) => LineOf(line, item, level, currency)).ToList();
        var outcome = BenefitRules.SplitLines(new Bill(null!, null!, lines));
        if (outcome is SplitOutcome.Refused refused)
        {
            throw new FaultException(refused.Faults);
        }
        return ((SplitOutcome.Divided)outcome).Bill;
    }

    /// <summary>Lines that the hub divides otherwise: one whose item the site had been told of is the site's own fault.</summary>
    private static string Cause(VisitSettled body, BillSplit split, IReadOnlyList<KnownItem?> items)
    {
        var known = FeedVersion(body, Sync.Feeds.FeedNames.Catalogue);
        var differs = body.Lines.Zip(split.Lines, items)
            .Where(pair => (pair.First.FullSelfPay, pair.First.OverPriceLimit, pair.First.PreSelfPay, pair.First.Eligible)
                != (pair.Second.FullSelfPay.MinorUnits, pair.Second.OverPriceLimit.MinorUnits, pair.Second.PreSelfPay.MinorUnits, pair.Second.Eligible.MinorUnits))
            .Select(pair => pair.Third?.Version ?? 0).ToList();
        if (differs.Count > 0)
        {
            return differs.Exists(version => version <= known) ? Codes.CatalogueIgnored : Codes.CatalogueStale;
        }
        var (totals, stated) = (split.Totals, body.Totals);
        return (totals.FullSelfPay.MinorUnits, totals.OverPriceLimit.MinorUnits, totals.PreSelfPay.MinorUnits, totals.Eligible.MinorUnits)
            == (stated.FullSelfPay, stated.OverPriceLimit, stated.PreSelfPay, stated.Eligible) ? "" : Codes.CatalogueIgnored;
    }

    public static long FeedVersion(VisitSettled body, string feed) => body.Offline.Feeds.TryGetValue(feed, out var version) ? version : 0;

    /// <summary>The line with the hub's own class, limit and share. An item that the hub never
    /// had, or that did not hold on the service day, is class C: full self-pay.</summary>
    private static BillLine LineOf(SettledLine line, KnownItem? item, long level, Currency currency)
    {
        var amount = new Money(line.Amount, currency);
        if (item is not { Holds: true })
        {
            return new BillLine(line.No, line.Item, ExpenseCategory.Other, CatalogueClass.C, line.Price, line.Quantity, amount, null, Rate.One);
        }
        var limit = item.LimitAt(level);
        return new BillLine(
            line.No, line.Item, (ExpenseCategory)item.Category, Enum.Parse<CatalogueClass>(item.Class), line.Price, line.Quantity, amount,
            limit.Length == 0 ? null : decimal.Parse(limit, NumberStyles.Number, CultureInfo.InvariantCulture),
            new Rate(decimal.Parse(item.PreSelfPay.Length == 0 ? "0" : item.PreSelfPay, NumberStyles.Number, CultureInfo.InvariantCulture)));
    }
}
