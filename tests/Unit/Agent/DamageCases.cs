using EdgeHub.Sync.Seams;

namespace EdgeHub.Tests.Unit.Agent;

/// <summary>One way in which files of an agent break.</summary>
/// <param name="MayLose">Lines may be lost for good: then they must be named.</param>
public sealed record DamageCase(string Place, string Kind, bool MayLose, Action<string> Do);

/// <summary>Damage kinds x places, the same in every run.</summary>
internal static class DamageCases
{
    private const int PageBytes = 4_096;
    private const int FrameBytes = PageBytes + 24;

    /// <param name="sound">A folder to measure the files by.</param>
    /// <param name="other">The folder of another device.</param>
    public static IEnumerable<DamageCase> All(string sound, string other)
    {
        var (db, log) = (new FileInfo(Path.Combine(sound, "agent.db")).Length, LogEnd(Path.Combine(sound, "agent.db-wal")));
        yield return new("agent.db", "missing", true, folder => File.Delete(Path.Combine(folder, "agent.db")));
        yield return new("agent.db", "missing with its log", true, folder => Each(folder, "agent.db*", file =>
        {
            if (!file.EndsWith("-mark", StringComparison.Ordinal))
            {
                File.Delete(file);
            }
        }));
        yield return new("agent.db", "missing with everything beside it", true, folder => Each(folder, "agent.db*", File.Delete));
        yield return new("agent.db", "empty", true, folder => Cut(Db(folder), 0));
        yield return new("agent.db", "overwritten", true, folder => File.WriteAllBytes(Db(folder), new byte[3 * PageBytes]));
        yield return new("agent.db", "another device's, with its log", true, folder =>
        {
            Each(folder, "agent.db*", File.Delete);
            Each(other, "agent.db*", file => File.Copy(file, Path.Combine(folder, Path.GetFileName(file))));
        });
        yield return new("agent.db", "another device's", true, folder => File.Copy(Path.Combine(other, "agent.db"), Db(folder), overwrite: true));
        for (var page = 0L; page < db / PageBytes; page += Math.Max(1, db / PageBytes / 20))
        {
            var at = page * PageBytes;
            yield return new("agent.db", $"page {page + 1} zeroed", true, folder => Write(Db(folder), at, new byte[PageBytes]));
            yield return new("agent.db", $"cut before page {page + 1}", true, folder => Cut(Db(folder), at));
        }
        yield return new("agent.db-wal", "missing", true, folder => File.Delete(Wal(folder)));
        yield return new("agent.db-wal", "empty", true, folder => Cut(Wal(folder), 0));
        yield return new("agent.db-wal", "another device's", true, folder => File.Copy(Path.Combine(other, "agent.db-wal"), Wal(folder), overwrite: true));
        for (var frame = 0L; frame * FrameBytes < log; frame += Math.Max(1, log / FrameBytes / 12))
        {
            var at = 32 + (frame * FrameBytes);
            yield return new("agent.db-wal", $"frame {frame + 1} zeroed", true, folder => Write(Wal(folder), at, new byte[FrameBytes]));
            yield return new("agent.db-wal", $"cut in frame {frame + 1}", true, folder => Cut(Wal(folder), at + 100));
            yield return new("agent.db-wal", $"a bit in frame {frame + 1}", true, folder => Flip(Wal(folder), at + 24 + (PageBytes / 2)));
        }
        foreach (var key in (string[])["store", "lookup", "device"])
        {
            var losesStore = key == "store";
            yield return new($"keys/{key}", "missing", losesStore, folder => File.Delete(Key(folder, key)));
            yield return new($"keys/{key}", "cut", losesStore, folder => Cut(Key(folder, key), 7));
            yield return new($"keys/{key}", "a bit", losesStore, folder => Flip(Key(folder, key), new FileInfo(Key(folder, key)).Length - 5));
            yield return new($"keys/{key}", "another device's", losesStore, folder => File.Copy(Key(other, key), Key(folder, key), overwrite: true));
        }
        yield return new("agent.db-mark", "missing", false, folder => File.Delete(Db(folder) + "-mark"));
        yield return new("agent.db-mark", "a bit", false, folder => Flip(Db(folder) + "-mark", 9));
        yield return new("agent.db-mark", "another device's", false, folder => File.Copy(Path.Combine(other, "agent.db-mark"), Db(folder) + "-mark", overwrite: true));
        var entropy = new SeededEntropy(20_261_121);
        var random = new byte[8];
        for (var bit = 0; bit < 100; bit++)
        {
            entropy.Fill(random);
            var at = (long)(BitConverter.ToUInt64(random) % (ulong)db);
            yield return new("agent.db", $"a bit at {at}", true, folder => Flip(Db(folder), at));
        }
    }

    /// <summary>The log is laid out longer than what stands in it.</summary>
    public static void CutTail(string log) => Cut(log, 32 + ((LogEnd(log) + FrameBytes) / FrameBytes * FrameBytes));

    private static string Db(string folder) => Path.Combine(folder, "agent.db");

    private static string Wal(string folder) => Db(folder) + "-wal";

    private static string Key(string folder, string name) => Path.Combine(folder, "keys", name + ".key");

    private static void Each(string folder, string pattern, Action<string> act)
    {
        foreach (var file in Directory.GetFiles(folder, pattern))
        {
            act(file);
        }
    }

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

    /// <summary>Behind the last frame that was written: the log is laid out longer.</summary>
    private static long LogEnd(string file)
    {
        var bytes = File.ReadAllBytes(file);
        var end = bytes.AsSpan().LastIndexOfAnyExcept((byte)0);
        return Math.Max(0, end - 32);
    }
}
