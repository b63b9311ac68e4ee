using System.Data.Common;
using EdgeHub.Rules;
using EdgeHub.Rules.Benefit;
using EdgeHub.Sync.Stores;

namespace EdgeHub.Agent.Store;

/// <summary>The catalogue of drugs, services and materials: the feed's cells, read by the rules' own reader.</summary>
public sealed class CatalogueStore
{
    /// <summary>Items that are kept as read; more are read anew.</summary>
    private const int KeptItems = 4_096;

    private const string Columns =
        "select code, '0', name, pinyin, class, category, unit, price, limit0, limit1, limit2, limit3, pre_self_pay, valid_first, valid_end, remark, row_sum from catalogue_item ";

    private readonly Dictionary<string, CatalogueItem> _kept = new(StringComparer.Ordinal);

    /// <summary>An item by its code, read once until the feed changes. Used on the writer's thread.</summary>
    /// <exception cref="FaultException">The stored row cannot be read as an item: the hub fed it so.</exception>
    /// <exception cref="StoreException">StoreDamaged: the row is not what was fed.</exception>
    public CatalogueItem? Find(StoreSession session, string code)
    {
        if (_kept.TryGetValue(code, out var known))
        {
            return known;
        }
        using var row = session.Prepared(Columns + "where code = $1").Read(code);
        if (!row.Read())
        {
            return null;
        }
        if (_kept.Count >= KeptItems)
        {
            _kept.Clear();
        }
        return _kept[code] = Of(row);
    }

    /// <summary>Items were stored, or taken back: read again at the next use.</summary>
    public void Forget() => _kept.Clear();

    /// <summary>Items whose code or pinyin initials begin with the text, or whose name holds it; by code, at most so many.</summary>
    public static IReadOnlyList<CatalogueItem> Search(StoreSession session, string text, int most)
    {
        var items = new List<CatalogueItem>();
        var plain = text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal);
        using var rows = session.Prepared(Columns + """
            where code like $1 escape '\' or pinyin like $1 escape '\' or name like $2 escape '\' order by code limit $3
            """).Read(plain + "%", "%" + plain + "%", most);
        while (rows.Read())
        {
            items.Add(Of(rows));
        }
        return items;
    }

    /// <param name="cells">In the order of the feed's columns.</param>
    public static void Put(StoreSession session, IReadOnlyList<string> cells, long seen) =>
        session.Prepared("""
            insert into catalogue_item (code, name, pinyin, class, category, unit, price, limit0, limit1, limit2, limit3, pre_self_pay, valid_first, valid_end, remark, seen, row_sum)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
            on conflict (code) do update set name = excluded.name, pinyin = excluded.pinyin, class = excluded.class, category = excluded.category,
                unit = excluded.unit, price = excluded.price, limit0 = excluded.limit0, limit1 = excluded.limit1, limit2 = excluded.limit2, limit3 = excluded.limit3,
                pre_self_pay = excluded.pre_self_pay, valid_first = excluded.valid_first, valid_end = excluded.valid_end, remark = excluded.remark, seen = excluded.seen,
                row_sum = excluded.row_sum
            """).Execute(
            cells[0], cells[2], cells[3], cells[4], cells[5], cells[6], cells[7], cells[8], cells[9], cells[10], cells[11], cells[12], cells[13], cells[14], cells[15], seen, SumOf(cells));

    /// <summary>The second cell is the row's version, which is not kept.</summary>
    private static long SumOf(IReadOnlyList<string?> cells) => RowSum.Of("catalogue_item", [cells[0], .. cells.Skip(2)]);

    private static CatalogueItem Of(DbDataReader row)
    {
        var cells = new string?[CatalogueReader.Columns.Count];
        for (var i = 0; i < cells.Length; i++)
        {
            cells[i] = row.GetString(i);
        }
        RowSum.Check(row.GetValue(cells.Length), "catalogue_item", [cells[0], .. cells.Skip(2)]);
        return CatalogueReader.Read(cells) switch
        {
            CatalogueReading.Loaded loaded => loaded.Item,
            CatalogueReading.Refused refused => throw new FaultException(refused.Faults),
            var other => throw new InvalidOperationException($"Unknown reading {other.GetType().Name}."),
        };
    }
}
