using System.Globalization;
using EdgeHub.Rules.Calendars;

namespace EdgeHub.Rules.Netting;

/// <summary>Clearing between parties: records of who owes whom, by cycle. Amounts are summed, never rounded.</summary>
public static class NettingTable
{
    /// <summary>The sheet of one cycle. Of a record's versions the last one counts, whatever the order in which they came; the same
    /// version again with the same content counts once.</summary>
    /// <exception cref="FaultException">A record that names one party twice, another currency, a version below 1, or a version with two contents.</exception>
    public static NettingSheet Sheet(YearMonth cycle, Currency currency, IEnumerable<NettingRecord> records)
    {
        var current = LastVersions(records, currency).Where(record => record.Cycle == cycle).ToList();
        var pairs = current.GroupBy(record => (record.Payer, record.Payee))
            .Select(pair => new PairAmount(pair.Key.Payer, pair.Key.Payee, Sum(pair.Select(record => record.Amount), currency), pair.Count()))
            .OrderBy(pair => pair.Payer, StringComparer.Ordinal).ThenBy(pair => pair.Payee, StringComparer.Ordinal).ToList();
        var positions = pairs.SelectMany(pair => new[] { pair.Payer, pair.Payee }).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
            .Select(party => new PartyPosition(
                party,
                Sum(pairs.Where(pair => pair.Payer == party).Select(pair => pair.Amount), currency),
                Sum(pairs.Where(pair => pair.Payee == party).Select(pair => pair.Amount), currency))).ToList();
        var sheet = new NettingSheet(cycle, pairs, Nets(pairs, currency), positions, Sum(pairs.Select(pair => pair.Amount), currency));
        var (payable, receivable) = (Sum(positions.Select(each => each.Payable), currency), Sum(positions.Select(each => each.Receivable), currency));
        return payable == receivable && payable == sheet.Total
            ? sheet
            : throw new InvalidOperationException($"Cycle {cycle}: payables {payable}, receivables {receivable}, records {sheet.Total} are not equal.");
    }

    /// <summary>A record as it must be written to become another amount. Before its cycle is cleared it is edited: the next
    /// version, in the same cycle. After that it stays, and a new record carries the difference into the cycle of the day of upload.</summary>
    /// <param name="original">The last version of the record.</param>
    /// <param name="right">What the amount should have been.</param>
    /// <param name="newKey">Key of the new record where one is needed.</param>
    /// <param name="uploadDay">Last day of upload of a month.</param>
    /// <param name="clearedThrough">The last cycle that is cleared; null: none.</param>
    public static NettingRecord Corrected(
        NettingRecord original, Money right, string newKey, DateOnly uploaded, int uploadDay, YearMonth? clearedThrough) =>
        clearedThrough is { } cleared && original.Cycle <= cleared
            ? new NettingRecord(newKey, 1, original.Payer, original.Payee, right - original.Amount, ClearingMonth.CycleOf(uploaded, uploadDay, cleared))
            : original with { Version = original.Version + 1, Amount = right };

    /// <summary>The last version of each record.</summary>
    /// <exception cref="FaultException">As <see cref="Sheet"/> says.</exception>
    public static IReadOnlyList<NettingRecord> LastVersions(IEnumerable<NettingRecord> records, Currency currency)
    {
        var last = new Dictionary<(string Key, int Version), NettingRecord>();
        foreach (var record in records)
        {
            Refuse(record, currency);
            if (!last.TryAdd((record.Key, record.Version), record) && last[(record.Key, record.Version)] != record)
            {
                throw Wrong(Codes.Duplicated, "record", $"{record.Key} {Article.Written(record.Version)}", "each version of a record once");
            }
        }
        return [.. last.Values.GroupBy(record => record.Key, StringComparer.Ordinal).Select(versions => versions.MaxBy(record => record.Version)!)];
    }

    private static List<PairNet> Nets(IReadOnlyList<PairAmount> pairs, Currency currency)
    {
        var nets = new Dictionary<(string First, string Second), Money>();
        foreach (var pair in pairs)
        {
            var isFirst = string.CompareOrdinal(pair.Payer, pair.Payee) < 0;
            var key = isFirst ? (pair.Payer, pair.Payee) : (pair.Payee, pair.Payer);
            nets[key] = nets.GetValueOrDefault(key, Money.Zero(currency)) + (isFirst ? pair.Amount : -pair.Amount);
        }
        var ordered = nets.OrderBy(net => net.Key.First, StringComparer.Ordinal).ThenBy(net => net.Key.Second, StringComparer.Ordinal);
        return [.. ordered.Select(net => net.Value.IsNegative
            ? new PairNet(net.Key.Second, net.Key.First, -net.Value)
            : new PairNet(net.Key.First, net.Key.Second, net.Value))];
    }

    private static void Refuse(NettingRecord record, Currency currency)
    {
        if (record.Payer == record.Payee)
        {
            throw Wrong(Codes.Duplicated, "payee", record.Payee, "a payee other than the payer");
        }
        if (record.Amount.Currency != currency)
        {
            throw Wrong(Codes.UnknownCurrency, "currency", record.Amount.Currency.Code, currency.Code);
        }
        if (record.Version < 1)
        {
            throw Wrong(Codes.BadNumber, "version", record.Version.ToString(CultureInfo.InvariantCulture), "a whole number from 1");
        }
    }

    private static Money Sum(IEnumerable<Money> amounts, Currency currency) => amounts.Aggregate(Money.Zero(currency), (sum, amount) => sum + amount);

    private static FaultException Wrong(string code, string field, string value, string expected) => new(new Fault(code, field, value, expected));
}
