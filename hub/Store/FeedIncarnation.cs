using System.Globalization;
using System.Text;
using EdgeHub.Rules;
using EdgeHub.Sync.Seams;
using EdgeHub.Sync.Stores;

namespace EdgeHub.Hub.Store;

/// <summary>Which life of the feeds' counter this is. A hub that was restored from a backup would hand out versions a second time,
/// for other changes, and a clinic that holds the first ones would never see the second. So the highest version that was ever told
/// stands beside the database too, in keys/feed.mark: a database that is behind it (or does not know its id) was restored, and begins
/// a new incarnation, upon which every agent asks for a snapshot. Whoever restores both from one backup says so: hub serve --restored.
/// Where several processes serve one database, each keeps a mark of what it told, and takes over an incarnation that another began, as it
/// starts or while it runs: two that told two incarnations in turn would keep every clinic from its feeds for good.</summary>
public sealed class FeedIncarnation
{
    private const string Name = "feed_incarnation";

    /// <summary>Ids that the database had before, each behind a blank.</summary>
    private const string PastName = "feed_incarnation_past";

    private const int MostPast = 64;
    private const int IdBytes = 8;

    private readonly Lock _gate = new();
    private readonly string _file;
    private readonly bool _shared;

    /// <summary>Ids that this process had before: a snapshot that was begun then still reads them.</summary>
    private readonly HashSet<string> _former = [];
    private string _id;
    private long _told;

    private FeedIncarnation(string file, string id, long told, bool shared) => (_file, _id, _told, _shared) = (file, id, told, shared);

    /// <summary>16 hexadecimal digits.</summary>
    public string Id
    {
        get
        {
            lock (_gate)
            {
                return _id;
            }
        }
    }

    /// <summary>Inside the transaction that opens the hub.</summary>
    /// <param name="restored">The operator says that everything was restored.</param>
    /// <param name="shared">Other processes may serve the same database.</param>
    internal static FeedIncarnation Open(StoreSession session, string region, string keysFolder, IEntropy entropy, bool restored, bool shared)
    {
        var file = Path.Combine(keysFolder, "feed.mark");
        var mark = ReadMark(file);
        var counter = Counters.Peek(session, region, FeedVersions.Counter);
        var current = Meta.Find(session, region, Name);
        if (!restored && mark is { } sound && current == sound.Id && counter >= sound.Told)
        {
            return new FeedIncarnation(file, sound.Id, sound.Told, shared);
        }
        var past = Meta.Find(session, region, PastName) ?? "";
        if (shared && !restored && current is not null && (mark is not { } own || (own.Id != current && past.Contains(own.Id, StringComparison.Ordinal))))
        {
            // This process is new here, or another one began the incarnation.
            WriteMark(file, current, counter);
            return new FeedIncarnation(file, current, counter, shared);
        }
        var bytes = new byte[IdBytes];
        entropy.Fill(bytes);
        var id = Convert.ToHexStringLower(bytes);
        // An agent of an older version knows no incarnations: what changes from here on has versions that it has not seen.
        var told = Math.Max(counter, mark?.Told ?? 0);
        Counters.Raise(session, region, FeedVersions.Counter, told);
        Meta.Put(session, region, Name, id);
        if (current is not null)
        {
            Meta.Put(session, region, PastName, string.Join(' ', past.Split(' ').Append(current).TakeLast(MostPast)));
        }
        // Before the commit: when that fails, file and database differ, and the next start begins another incarnation.
        WriteMark(file, id, told);
        return new FeedIncarnation(file, id, told, shared);
    }

    /// <summary>The same where the incarnation is told with it, as the session finds it in the database.</summary>
    /// <returns>The incarnation's id.</returns>
    /// <exception cref="StoreException">As the other; StoreDamaged too where the database was put back while this process ran.</exception>
    public string Telling(StoreSession session, string region, long version)
    {
        var current = _shared ? Meta.Find(session, region, Name) : null;
        if (current is not null && current != Id)
        {
            TakeOver(session, region, current, version);
        }
        Telling(version);
        return current ?? Id;
    }

    private void TakeOver(StoreSession session, string region, string current, long version)
    {
        var past = Meta.Find(session, region, PastName) ?? "";
        lock (_gate)
        {
            if (current == _id || _former.Contains(current))
            {
                return;
            }
            if (!past.Contains(_id, StringComparison.Ordinal))
            {
                throw new StoreException(Codes.StoreDamaged, _file, $"the database does not know the incarnation {_id} of the feeds that was told last: it was put back while this process ran; start the process again");
            }
            WriteMark(_file, current, version);
            _former.Add(_id);
            (_id, _told) = (current, version);
        }
    }

    /// <summary>Before an agent is told a version: the mark beside the database is durable first.</summary>
    /// <exception cref="StoreException">DiskFull or StoreDamaged: the mark cannot be written.</exception>
    public void Telling(long version)
    {
        lock (_gate)
        {
            if (version > _told)
            {
                WriteMark(_file, _id, version);
                _told = version;
            }
        }
    }

    private static (string Id, long Told)? ReadMark(string file)
    {
        if (!File.Exists(file))
        {
            return null;
        }
        var words = File.ReadAllText(file).Split(' ', '\n');
        return words.Length >= 2 && words[0].Length == 2 * IdBytes && long.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out var told)
            ? (words[0], told)
            : null;
    }

    private static void WriteMark(string file, string id, long told)
    {
        try
        {
            OwnerFiles.Write(file, Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id} {told}\n")));
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new StoreException(refused is IOException ? Codes.DiskFull : Codes.StoreDamaged, file, "the mark of the feeds cannot be written: " + refused.Message, refused);
        }
    }
}
