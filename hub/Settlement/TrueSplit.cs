using System.Globalization;
using EdgeHub.Rules;
using EdgeHub.Rules.Benefit;
using EdgeHub.Sync.Journal;
using EdgeHub.Sync.Stores;

namespace EdgeHub.Hub.Settlement;

/// <summary>A bill's totals by the hub's own catalogue, and why they differ from the site's.</summary>
/// <param name="Cause">Blank, CatalogueStale, or CatalogueIgnored where the site had been told of the item.</param>
internal sealed record SplitByHub(BillTotals Totals, string Cause);

/// <summary>Divides the lines of a bill once more by the hub's catalogue. Source: B8, B10, B11, B16 to B19.</summary>
internal static class TrueSplit
{
    /// <exception cref="FaultException">The lines cannot be divided: amounts that do not fit price and quantity.</exception>
    public static SplitByHub Of(StoreSession session, string region, VisitSettled body, long level)
    {
        var currency = Currency.Parse(body.Currency);
        var lines = new List<BillLine>(body.Lines.Count);
        var newest = new Dictionary<int, long>();
        foreach (var line in body.Lines)
        {
            var item = ReferenceStore.Item(session, region, line.Item);
            newest[line.No] = item?.Version ?? 0;
            lines.Add(LineOf(line, item, level, currency));
        }
        var outcome = BenefitRules.SplitLines(new Bill(null!, null!, lines));
        if (outcome is SplitOutcome.Refused refused)
        {
            throw new FaultException(refused.Faults);
        }
        var split = ((SplitOutcome.Divided)outcome).Bill;
        return new SplitByHub(split.Totals, Cause(body, split, newest));
    }

    /// <summary>Lines that the hub divides otherwise: one whose item the site had been told of is the site's own fault.</summary>
    private static string Cause(VisitSettled body, BillSplit split, Dictionary<int, long> versions)
    {
        var known = FeedVersion(body, Sync.Feeds.FeedNames.Catalogue);
        var differs = body.Lines.Zip(split.Lines)
            .Where(pair => (pair.First.FullSelfPay, pair.First.OverPriceLimit, pair.First.PreSelfPay, pair.First.Eligible)
                != (pair.Second.FullSelfPay.MinorUnits, pair.Second.OverPriceLimit.MinorUnits, pair.Second.PreSelfPay.MinorUnits, pair.Second.Eligible.MinorUnits))
            .Select(pair => versions[pair.First.No]).ToList();
        if (differs.Count > 0)
        {
            return differs.Exists(version => version <= known) ? Codes.CatalogueIgnored : Codes.CatalogueStale;
        }
        var (totals, stated) = (split.Totals, body.Totals);
        return (totals.FullSelfPay.MinorUnits, totals.OverPriceLimit.MinorUnits, totals.PreSelfPay.MinorUnits, totals.Eligible.MinorUnits)
            == (stated.FullSelfPay, stated.OverPriceLimit, stated.PreSelfPay, stated.Eligible) ? "" : Codes.CatalogueIgnored;
    }

    public static long FeedVersion(VisitSettled body, string feed) => body.Offline.Feeds.TryGetValue(feed, out var version) ? version : 0;

    /// <summary>The line with the hub's own class, limit and share. An item that the hub never had is class C: full self-pay.</summary>
    private static BillLine LineOf(SettledLine line, KnownItem? item, long level, Currency currency)
    {
        var amount = new Money(line.Amount, currency);
        if (item is null)
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
