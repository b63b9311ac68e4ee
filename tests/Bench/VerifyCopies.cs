using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using EdgeHub.Hub.Ingest;
using EdgeHub.Hub.Store;
using EdgeHub.Sync.Journal;
using EdgeHub.Sync.Keys;
using EdgeHub.Sync.Stores;
using EdgeHub.Sync.Wire;

namespace EdgeHub.Tests.Bench;

/// <summary>Makes further clinics out of a judged <see cref="VerifyTile"/>: other persons, sites, devices and ids, all else alike. Lines are
/// written anew, chained and signed anew; every row that ingest, settlement and ledger would write is copied in bulk under the new names. What
/// belongs to nobody (the package's envelope, the month's number of sets) is multiplied.</summary>
internal sealed class VerifyCopies(HubStore hub, EcdsaSigner key)
{
    /// <summary>Device numbers of a tile: 1ttt001 and so on.</summary>
    private const long DevicesApart = 1_000;

    /// <summary>In the order in which they can be written: the ledger's guards want the legs before their set.</summary>
    private static readonly string[] Tables =
    [
        "institution", "member", "device", "entry", "claimed_rollup", "settlement_cursor", "settlement_fact", "decision", "settlement_reversal", "settlement_refund",
        "payable", "recovery_case", "quarantine", "person_accumulator", "site_person", "decided_rollup", "entry_count", "ledger_account", "ledger_balance",
        "ledger_leg", "ledger_set",
    ];

    private readonly List<(string Table, string Sql)> _copies = [];
    private readonly List<SegmentRow> _segments = [];
    private long _accounts;

    private bool IsSqlite => !hub.IsShared;

    public void Make(int tiles, Action<int> done)
    {
        hub.Write(session =>
        {
            Prepare(session);
            return true;
        });
        for (var tile = 1; tile < tiles; tile++)
        {
            var number = tile;
            hub.Write(session =>
            {
                Copy(session, number);
                return true;
            });
            done(tile);
        }
        hub.Write(session =>
        {
            session.Execute(
                "update ledger_balance set fen = fen * @tiles where region = @Region and account_no in (select account_no from ledger_account where region = @Region and owner not like 'P%-%' and owner not like 'S%-%')",
                new { tiles = (long)tiles, VerifyTile.Region });
            return session.Execute("update ledger_month set sets = sets * @tiles where region = @Region", new { tiles = (long)tiles, VerifyTile.Region });
        });
    }

    private void Prepare(StoreSession session)
    {
        _segments.AddRange(session.Query<SegmentRow>(
            "select segment_id as SegmentId, device_no as DeviceNo, from_seq as FromSeq, received_ms as ReceivedMs, wire as Wire from segment where region = @Region order by device_no, from_seq",
            new { VerifyTile.Region }));
        _accounts = session.ExecuteScalar<long>("select max(account_no) from ledger_account where region = @Region", new { VerifyTile.Region });
        foreach (var table in Tables)
        {
            var columns = session.Query<Column>(IsSqlite
                ? "select name as Name, type as Type from pragma_table_info(@table)"
                : "select column_name as Name, data_type as Type from information_schema.columns where table_name = @table order by ordinal_position",
                new { table });
            var expressions = string.Join(", ", columns.Select(column => Expression(session, table, column)));
            _copies.Add((table, $"insert into {table} ({string.Join(", ", columns.Select(c => c.Name))}) select {expressions} from {table} t where t.region = @Region and {Only(table)}"));
        }
    }

    /// <summary>The rows of the first tile.</summary>
    private static string Only(string table) => table switch
    {
        "entry" or "device" or "settlement_fact" or "decision" or "settlement_reversal" or "settlement_refund" or "quarantine" or "settlement_cursor" => "t.device_no < 1001000",
        "institution" => "t.code like 'S000-%'",
        "member" or "person_accumulator" or "payable" or "recovery_case" => "t.person >= 'P000-' and t.person < 'P000.'",
        "claimed_rollup" or "site_person" or "entry_count" => "t.site >= 'S000-' and t.site < 'S000.'",
        "decided_rollup" => "t.institution >= 'S000-' and t.institution < 'S000.'",
        "ledger_account" => "t.owner like '_000-%' and t.account_no <= @accounts",
        "ledger_balance" => "t.account_no in (select account_no from ledger_account a where a.region = t.region and a.owner like '_000-%' and a.account_no <= @accounts)",
        _ => "t.set_id in (select set_id from tile_set)",
    };

    private string Expression(StoreSession session, string table, Column column)
    {
        var name = "t." + column.Name;
        switch (column.Name)
        {
            case "region":
                return name;
            case "device_no" or "place_device_no":
                return $"{name} + @device";
            case "segment_id":
                return $"{name} + @segment";
            case "account_no":
                return $"case when {name} in (select account_no from tile_account) then {name} + @account else {name} end";
            default:
                break;
        }
        if (column.Type.Equals("uuid", StringComparison.OrdinalIgnoreCase))
        {
            return IsSqlite ? $"@id || substr({name}, 9)" : $"cast(@id || substr(cast({name} as text), 9) as uuid)";
        }
        if (!column.Type.Equals("text", StringComparison.OrdinalIgnoreCase))
        {
            return name;
        }
        var marks = new List<(string From, string To)> { (VerifyTile.PersonMark, "@person"), (VerifyTile.SiteMark, "@site"), (VerifyTile.IdMark, "@idMark") };
        marks.AddRange(Enumerable.Range(0, VerifyTile.Sites).Select(i => ((VerifyTile.FirstDevice + i).ToString(CultureInfo.InvariantCulture) + "/", $"@device{i}")));
        return marks.Where(mark => session.ExecuteScalar<long>($"select count(*) from (select 1 as one from {table} where {column.Name} like '%{mark.From}%' limit 1) as each_one") > 0)
            .Aggregate(name, (text, mark) => $"replace({text}, '{mark.From}', {mark.To})");
    }

    private void Copy(StoreSession session, int tile)
    {
        if (tile == 1)
        {
            session.Execute("create temporary table tile_set as select set_id from ledger_set where region = @Region", new { VerifyTile.Region });
            session.Execute("create temporary table tile_account as select account_no from ledger_account where region = @Region and owner like '_000-%'", new { VerifyTile.Region });
            session.Execute("create unique index tile_account_no on tile_account (account_no)");
            session.Execute("create unique index tile_set_id on tile_set (set_id)");
        }
        var three = tile.ToString("000", CultureInfo.InvariantCulture);
        var eight = tile.ToString("00000000", CultureInfo.InvariantCulture);
        string DeviceMark(int i) => (VerifyTile.FirstDevice + i + (tile * DevicesApart)).ToString(CultureInfo.InvariantCulture) + "/";
        var values = new
        {
            VerifyTile.Region, device = tile * DevicesApart, segment = (long)tile * _segments.Count, account = tile * _accounts, accounts = _accounts, id = eight,
            person = $"P{three}-", site = $"S{three}-", idMark = eight + "-", device0 = DeviceMark(0), device1 = DeviceMark(1), device2 = DeviceMark(2),
        };
        var contents = Segments(session, tile, three, eight);
        foreach (var (_, sql) in _copies)
        {
            session.Execute(sql, values);
        }
        // The one column that no bulk statement can make: the hash of the renamed line.
        foreach (var (device, seq, content) in contents)
        {
            session.Later("update settlement_fact set content = $5 where region = $1 and device_no = $2 and epoch = $3 and seq = $4", VerifyTile.Region, device, 1L, seq, content);
        }
    }

    /// <returns>Of each line that is a claim, the hash of its body.</returns>
    private List<(long Device, long Seq, string Content)> Segments(StoreSession session, int tile, string three, string eight)
    {
        var contents = new List<(long, long, string)>();
        foreach (var journal in _segments.GroupBy(segment => segment.DeviceNo))
        {
            var site = $"S{three}-" + VerifyTile.Site((int)(journal.Key - VerifyTile.FirstDevice))[VerifyTile.SiteMark.Length..];
            var (hash, seq, received) = (Chain.Zero, 0L, 0L);
            foreach (var segment in journal)
            {
                var lines = BatchCodec.Lines(BatchCodec.Inflate(BatchCodec.Read(segment.Wire))).Select(line => Renamed(line, three, eight)).ToList();
                var batch = BatchCodec.Read(BatchCodec.Write(VerifyTile.Region, site, VerifyTile.Device(site), 1, segment.FromSeq, hash, lines, key));
                IngestStore.AddSegment(session, VerifyTile.Region, segment.SegmentId + ((long)tile * _segments.Count), journal.Key + (tile * DevicesApart), batch.Header, batch.Wire, segment.ReceivedMs);
                for (var i = 0; i < lines.Count; i++)
                {
                    if (JournalCodec.ReadHead(lines[i].Span, out var body).Kind is Kinds.VisitSettled or Kinds.VisitPartlyRefunded or Kinds.ReimbursementClaimed)
                    {
                        contents.Add((journal.Key + (tile * DevicesApart), segment.FromSeq + i, Convert.ToHexStringLower(SHA256.HashData(lines[i].Span[body]))));
                    }
                }
                (hash, seq, received) = (Chain.Through(hash, lines), batch.Header.LastSeq, segment.ReceivedMs);
            }
            var head = IngestStore.Head(session, VerifyTile.Region, journal.Key);
            IngestStore.SetHead(session, VerifyTile.Region, head with { DeviceNo = journal.Key + (tile * DevicesApart), Seq = seq, Hash = hash }, received);
        }
        return contents;
    }

    /// <summary>The marks have the length of what takes their place.</summary>
    private static ReadOnlyMemory<byte> Renamed(ReadOnlyMemory<byte> line, string three, string eight)
    {
        var bytes = line.ToArray();
        Replace(bytes, VerifyTile.PersonMark, $"P{three}-");
        Replace(bytes, VerifyTile.SiteMark, $"S{three}-");
        Replace(bytes, "\"" + VerifyTile.IdMark, "\"" + eight + "-");
        return bytes;
    }

    private static void Replace(byte[] bytes, string from, string to)
    {
        var (old, now) = (Encoding.ASCII.GetBytes(from), Encoding.ASCII.GetBytes(to));
        for (var at = bytes.AsSpan().IndexOf(old); at >= 0;)
        {
            now.CopyTo(bytes, at);
            var next = bytes.AsSpan(at + now.Length).IndexOf(old);
            at = next < 0 ? -1 : at + now.Length + next;
        }
    }

    private sealed class SegmentRow
    {
        public long SegmentId { get; init; }
        public long DeviceNo { get; init; }
        public long FromSeq { get; init; }
        public long ReceivedMs { get; init; }
        public byte[] Wire { get; init; } = [];
    }

    private sealed class Column
    {
        public string Name { get; set; } = "";
        public string Type { get; set; } = "";
    }
}
