using System.IO.Compression;
using System.Reflection;
using EdgeHub.Rules;
using EdgeHub.Sync.Stores;

namespace EdgeHub.Agent.Store;

/// <summary>A code of a public list.</summary>
public sealed record ListedCode(string Code, string Title);

/// <summary>Public lists of codes in a file of their own beside the store: made from the program's own list when it is missing, of another
/// version, or damaged. Searches disturb no settlement, and nothing of it lies in memory.</summary>
public sealed class ListStore(string file) : IDisposable
{
    private const string ListName = "diagnoses";
    private const string Resource = "Desk/Lists/diagnoses.tsv.gz";
    private const int ChunkRows = 4_000;

    /// <summary>Another list in the program is loaded anew.</summary>
    private const string Version = "nhsa-icd10 33304 1";

    private readonly Lock _gate = new();
    private SqliteStore? _store;
    private volatile bool _isReady;

    /// <summary>False: still being made, or it could not be: then codes are typed and not looked up.</summary>
    public bool IsReady => _isReady;

    /// <summary>Opens the lists, makes them where they are missing. Another call while they stand does nothing.</summary>
    /// <exception cref="StoreException">DiskFull; StoreDamaged: they could not be made anew either.</exception>
    public void Prepare()
    {
        lock (_gate)
        {
            if (_isReady)
            {
                return;
            }
            try
            {
                Make();
            }
            catch (StoreException damaged) when (damaged.Code == Codes.StoreDamaged)
            {
                _store?.Dispose();
                _store = null;
                foreach (var part in (string[])["", "-wal", "-shm"])
                {
                    File.Delete(file + part);
                }
                Make();
            }
            _isReady = true;
        }
    }

    /// <summary>Codes by their own beginning, then by the beginning of title or pinyin initials, then by what they hold; shorter titles first.</summary>
    public IReadOnlyList<ListedCode> Search(string text, int most)
    {
        if (!_isReady || text.Length == 0)
        {
            return [];
        }
        lock (_gate)
        {
            return _store!.Read(session =>
            {
                var found = new Dictionary<string, ListedCode>(StringComparer.Ordinal);
                if (char.IsAscii(text[0]))
                {
                    var code = text[..1].ToUpperInvariant() + text[1..].ToLowerInvariant();
                    Take(session, "select code, title from diagnosis where code >= $1 and code < $2 order by code limit $3", found, most, code, After(code), (long)most);
                    var initials = text.ToLowerInvariant();
                    Take(session, "select code, title from diagnosis where pinyin >= $1 and pinyin < $2 order by rank limit $3", found, most, initials, After(initials), (long)most);
                    if (initials.Length > 1)
                    {
                        Take(session, "select code, title from diagnosis where instr(pinyin, $1) > 0 order by rank limit $2", found, most, initials, (long)most);
                    }
                }
                else
                {
                    Take(session, "select code, title from diagnosis where title >= $1 and title < $2 order by rank limit $3", found, most, text, After(text), (long)most);
                }
                Take(session, "select code, title from diagnosis where instr(title, $1) > 0 order by rank limit $2", found, most, text, (long)most);
                return (IReadOnlyList<ListedCode>)[.. found.Values];
            });
        }
    }

    /// <summary>A code of the list; null: it has no such code.</summary>
    public ListedCode? Find(string code)
    {
        if (!_isReady)
        {
            return null;
        }
        lock (_gate)
        {
            return _store!.Read(session => (string?)session.Prepared("select title from diagnosis where code = $1").Scalar(code)) is { } title ? new ListedCode(code, title) : null;
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _isReady = false;
            _store?.Dispose();
            _store = null;
        }
    }

    private static void Take(StoreSession session, string sql, Dictionary<string, ListedCode> found, int most, params ReadOnlySpan<object?> values)
    {
        if (found.Count >= most)
        {
            return;
        }
        using var rows = session.Prepared(sql).Read(values);
        while (found.Count < most && rows.Read())
        {
            found.TryAdd(rows.GetString(0), new ListedCode(rows.GetString(0), rows.GetString(1)));
        }
    }

    /// <summary>The first text behind everything that begins with this one.</summary>
    private static string After(string text) => text[..^1] + (char)(text[^1] + 1);

    private void Make()
    {
        _store = SqliteStore.Open(file);
        Migrations.Apply(_store, typeof(ListStore).Assembly, "Store/Lists");
        if (_store.Read(session => (string?)session.Prepared("select version from list where name = $1").Scalar(ListName)) == Version)
        {
            return;
        }
        _store.Write(session => session.Execute("delete from diagnosis"));
        Load(_store);
        _store.Write(session => session.Prepared("insert into list (name, version) values ($1, $2) on conflict (name) do update set version = excluded.version").Execute(ListName, Version));
        _store.Checkpoint(truncate: true);
    }

    private static void Load(SqliteStore store)
    {
        using var packed = Assembly.GetExecutingAssembly().GetManifestResourceStream(Resource) ?? throw new InvalidOperationException($"The program lacks {Resource}.");
        using var lines = new StreamReader(new GZipStream(packed, CompressionMode.Decompress));
        var rank = 0L;
        var chunk = new List<string>(ChunkRows);
        while (true)
        {
            var line = lines.ReadLine();
            if (line is not null)
            {
                chunk.Add(line);
            }
            if (line is null || chunk.Count == ChunkRows)
            {
                store.Write(session =>
                {
                    foreach (var each in chunk)
                    {
                        var tab = each.IndexOf('\t', StringComparison.Ordinal);
                        var title = each[(tab + 1)..];
                        session.Prepared("insert into diagnosis (rank, code, title, pinyin) values ($1, $2, $3, $4)").Execute(++rank, each[..tab], title, PinyinInitials.Of(title));
                    }
                });
                chunk.Clear();
            }
            if (line is null)
            {
                return;
            }
        }
    }
}
