using EdgeHub.Sync.Seams;

namespace EdgeHub.Tests.Scenarios.Crashes;

/// <summary>One way in which files of a hub break.</summary>
internal sealed record HubDamageCase(string Place, string Kind, Action<string> Do);

/// <summary>Damage kinds x places, the same in every run.</summary>
internal static class HubDamageCases
{
    private const int PageBytes = 4_096;
    private const int FrameBytes = PageBytes + 24;
    private const int Bits = 150;

    /// <param name="sound">A folder to measure the files by.</param>
    /// <param name="other">The folder of another hub.</param>
    public static IEnumerable<HubDamageCase> All(string sound, string other)
    {
        var (db, log) = (new FileInfo(Path.Combine(sound, "hub.db")).Length, LogEnd(Path.Combine(sound, "hub.db-wal")));
        yield return new("hub.db", "missing", folder => File.Delete(Db(folder)));
        yield return new("hub.db", "missing with its log", folder => { File.Delete(Db(folder)); File.Delete(Wal(folder)); });
        yield return new("hub.db", "empty", folder => Cut(Db(folder), 0));
        yield return new("hub.db", "empty without its log", folder => { Cut(Db(folder), 0); File.Delete(Wal(folder)); });
        yield return new("hub.db", "overwritten", folder => File.WriteAllBytes(Db(folder), new byte[3 * PageBytes]));
        yield return new("hub.db", "another hub's", folder => File.Copy(Path.Combine(other, "hub.db"), Db(folder), overwrite: true));
        for (var page = 0L; page < db / PageBytes; page += Math.Max(1, db / PageBytes / 20))
        {
            var at = page * PageBytes;
            yield return new("hub.db", $"page {page + 1} zeroed", folder => Write(Db(folder), at, new byte[PageBytes]));
            yield return new("hub.db", $"cut before page {page + 1}", folder => Cut(Db(folder), at));
        }
        yield return new("hub.db-wal", "missing", folder => File.Delete(Wal(folder)));
        yield return new("hub.db-wal", "empty", folder => Cut(Wal(folder), 0));
        yield return new("hub.db-wal", "another hub's", folder => File.Copy(Path.Combine(other, "hub.db-wal"), Wal(folder), overwrite: true));
        for (var frame = 0L; frame * FrameBytes < log; frame += Math.Max(1, log / FrameBytes / 12))
        {
            var at = 32 + (frame * FrameBytes);
            yield return new("hub.db-wal", $"frame {frame + 1} zeroed", folder => Write(Wal(folder), at, new byte[FrameBytes]));
            yield return new("hub.db-wal", $"cut in frame {frame + 1}", folder => Cut(Wal(folder), at + 100));
            yield return new("hub.db-wal", $"a bit in frame {frame + 1}", folder => Flip(Wal(folder), at + 24 + (PageBytes / 2)));
        }
        foreach (var key in Directory.GetFiles(Path.Combine(sound, "keys")).Select(Path.GetFileName))
        {
            var name = Path.Combine("keys", key!);
            yield return new(name, "missing", folder => File.Delete(Path.Combine(folder, name)));
            yield return new(name, "cut", folder => Cut(Path.Combine(folder, name), 7));
            yield return new(name, "a bit", folder => Flip(Path.Combine(folder, name), new FileInfo(Path.Combine(folder, name)).Length - 5));
            yield return new(name, "another hub's", folder => File.Copy(Path.Combine(other, name), Path.Combine(folder, name), overwrite: true));
        }
        yield return new("hub.db-mark", "missing", folder => File.Delete(Db(folder) + "-mark"));
        yield return new("hub.db-mark", "a bit", folder => Flip(Db(folder) + "-mark", 7));
        var entropy = new SeededEntropy(20_261_122);
        var random = new byte[8];
        for (var bit = 0; bit < Bits; bit++)
        {
            entropy.Fill(random);
            var at = (long)(BitConverter.ToUInt64(random) % (ulong)db);
            yield return new("hub.db", $"a bit at {at}", folder => Flip(Db(folder), at));
        }
    }

    private static string Db(string folder) => Path.Combine(folder, "hub.db");

    private static string Wal(string folder) => Db(folder) + "-wal";

    private static void Cut(string file, long length)
    {
        using var open = File.OpenWrite(file);
        open.SetLength(Math.Min(open.Length, length));
    }

    private static void Write(string file, long at, byte[] bytes)
    {
        using var open = File.OpenWrite(file);
        open.Position = at;
        open.Write(bytes);
    }

    private static void Flip(string file, long at)
    {
        using var open = new FileStream(file, FileMode.Open, FileAccess.ReadWrite);
        open.Position = at;
        var one = open.ReadByte();
        open.Position = at;
        open.WriteByte((byte)(one ^ (1 << (int)(at % 8))));
    }

    /// <summary>Behind the last frame that was written: the log may be laid out longer.</summary>
    private static long LogEnd(string file)
    {
        var end = File.ReadAllBytes(file).AsSpan().LastIndexOfAnyExcept((byte)0);
        return Math.Max(0, end - 32);
    }
}
