using System.Data.Common;
using EdgeHub.Hub.Jobs;
using EdgeHub.Sync.Stores;

namespace EdgeHub.Hub.Ledger;

/// <summary>One reading of all legs, set by set: what follows from them for sets, envelopes and months. Memory goes with the number of
/// envelopes, not of postings.</summary>
internal sealed class LedgerPass : IDisposable
{
    private readonly Dictionary<string, MonthHash> _hashes = new(StringComparer.Ordinal);
    private readonly Dictionary<long, long> _byAccount = [];
    private readonly Dictionary<string, long> _setsOfMonth = new(StringComparer.Ordinal);
    private readonly SortedDictionary<(string Month, string Currency, string Kind), long> _byMonth =
        new(Comparer<(string Month, string Currency, string Kind)>.Create((a, b) => Compare(a, b)));

    private LedgerPass(IEnumerable<Closing> closings)
    {
        foreach (var closing in closings.Where(each => each.Hash.Length > 0))
        {
            _hashes.Add(closing.Month, new MonthHash(closing.Region, closing.Month, closing.ClosedMs, closing.ClosedBy, closing.Previous));
        }
    }

    /// <summary>Legs of a set, as many as there are.</summary>
    public long Legs { get; private set; }

    /// <summary>The different ways in which legs were written: event, side, kind of envelope, rule, article.</summary>
    public HashSet<(string Event, long Side, string Kind, string Rule, string Article)> Kinds { get; } = [];

    public IReadOnlyDictionary<string, long> SetsOfMonth => _setsOfMonth;

    public long OfAccount(long account) => _byAccount.GetValueOrDefault(account);

    public static LedgerPass Read(StoreSession session, string region, IEnumerable<Closing> closings, AuditNotes notes)
    {
        var pass = new LedgerPass(closings);
        using var row = LedgerAuditStore.Legs(session, region);
        var set = new OneSet();
        var more = row.Read();
        while (more)
        {
            set.Begin(row);
            pass._setsOfMonth[set.Month] = pass._setsOfMonth.GetValueOrDefault(set.Month) + 1;
            var hash = pass._hashes.GetValueOrDefault(set.Month);
            hash?.Set(set.Id, set.Cause, row.GetString(LegColumn.ValueDate), row.GetString(LegColumn.PostingDate), row.GetString(LegColumn.Corrects), set.Sealed);
            do
            {
                if (!row.IsDBNull(LegColumn.LegNo))
                {
                    pass.Leg(row, set, hash);
                }
                more = row.Read();
            }
            while (more && row.GetString(LegColumn.SetId) == set.Id);
            set.Judge(notes);
        }
        return pass;
    }

    /// <summary>The closing with the number of its sets and its hash, as they follow from what is posted.</summary>
    public Closing Sealed(Closing head) => head with { Sets = _hashes[head.Month].Sets, Hash = _hashes[head.Month].Done() };

    /// <summary>The totals of a month by kind of envelope.</summary>
    public IReadOnlyList<ClosingTotal> TotalsOf(string month) =>
    [
        .. _byMonth.Where(each => string.CompareOrdinal(each.Key.Month, month) <= 0).GroupBy(each => (each.Key.Currency, each.Key.Kind)).Select(kind => new ClosingTotal(
            kind.Key.Currency, kind.Key.Kind, kind.Where(each => each.Key.Month != month).Sum(each => each.Value),
            kind.Where(each => each.Key.Month == month).Sum(each => each.Value), kind.Sum(each => each.Value))),
    ];

    public void Dispose()
    {
        foreach (var hash in _hashes.Values)
        {
            hash.Dispose();
        }
    }

    private void Leg(DbDataReader row, OneSet set, MonthHash? hash)
    {
        var (number, happened, fen) = (row.GetInt64(LegColumn.LegNo), row.GetString(LegColumn.Event), row.GetInt64(LegColumn.Fen));
        var (rule, article) = (row.GetString(LegColumn.Rule), row.GetString(LegColumn.Article));
        Legs++;
        set.Legs++;
        if (row.IsDBNull(LegColumn.Kind))
        {
            // Without its envelope it belongs to nothing that could be added up: the set then has a leg too few.
            set.Legs--;
            return;
        }
        var (account, currency, kind) = (row.GetInt64(LegColumn.AccountNo), row.GetString(LegColumn.Currency), row.GetString(LegColumn.Kind));
        Kinds.Add((happened, number % 2, kind, rule, article));
        _byAccount[account] = checked(_byAccount.GetValueOrDefault(account) + fen);
        _byMonth[(set.Month, currency, kind)] = checked(_byMonth.GetValueOrDefault((set.Month, currency, kind)) + fen);
        set.Add(currency, fen);
        hash?.Leg(
            number, happened, currency, kind, row.GetString(LegColumn.Owner), row.GetString(LegColumn.Scheme), row.GetString(LegColumn.Period), fen, rule, article);
    }

    private static int Compare((string Month, string Currency, string Kind) a, (string Month, string Currency, string Kind) b) =>
        string.CompareOrdinal(a.Month, b.Month) is not 0 and var month ? month
        : string.CompareOrdinal(a.Currency, b.Currency) is not 0 and var currency ? currency
        : string.CompareOrdinal(a.Kind, b.Kind);

    /// <summary>The set that is being read.</summary>
    private sealed class OneSet
    {
        private readonly SortedDictionary<string, long> _sums = new(StringComparer.Ordinal);

        public string Id { get; private set; } = "";
        public string Cause { get; private set; } = "";
        public string Month { get; private set; } = "";
        public long Sealed { get; private set; }
        public long Legs { get; set; }

        public void Begin(DbDataReader row)
        {
            (Id, Cause, Month) = (row.GetString(LegColumn.SetId), row.GetString(LegColumn.Cause), row.GetString(LegColumn.Month));
            (Sealed, Legs) = (row.GetInt64(LegColumn.Sealed), 0);
            _sums.Clear();
        }

        public void Add(string currency, long fen) => _sums[currency] = checked(_sums.GetValueOrDefault(currency) + fen);

        public void Judge(AuditNotes notes)
        {
            notes.Same("ledger_set legs", Cause, Sealed, Legs);
            foreach (var sum in _sums.Values)
            {
                notes.Same("ledger_set sum", Cause, 0L, sum);
            }
        }
    }
}
