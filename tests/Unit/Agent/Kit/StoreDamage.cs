using EdgeHub.Sync.Seams;

namespace EdgeHub.Tests.Unit.Agent.Kit;

/// <summary>One way in which files of an agent or a hub break.</summary>
/// <param name="Do">Given the folder: breaks it.</param>
public sealed record DamageCase(string Place, string Kind, Action<string> Do);

/// <summary>Damage kinds x places of a folder with a database, its log, its mark and its keys, the same in every run.</summary>
/// <param name="Database">The database's name, for example hub.db.</param>
/// <param name="Sound">A folder to measure the files by.</param>
/// <param name="Other">The folder of another one.</param>
/// <param name="Others">Whose that is, for the cases' names: "another hub's".</param>
/// <param name="Keys">Files under keys.</param>
internal sealed record StoreDamage(string Database, string Sound, string Other, string Others, IReadOnlyList<string> Keys)
{
    private const int PageBytes = 4_096;
    private const int FrameBytes = PageBytes + 24;
    private const int LogHeaderBytes = 32;

    public string Log => Database + "-wal";

    public string Mark => Database + "-mark";

    /// <param name="bits">So many bits at random places of the database.</param>
    public IEnumerable<DamageCase> All(int bits, ulong seed) => [.. OfTheFile(), .. OfPages(), .. OfTheLog(), .. OfKeys(), .. OfTheMark(), .. OfBits(bits, seed)];

    /// <summary>A log is laid out longer than what stands in it.</summary>
    public static void CutTail(string log) => Cut(log, LogHeaderBytes + ((LogEnd(log) + FrameBytes) / FrameBytes * FrameBytes));

    private IEnumerable<DamageCase> OfTheFile() =>
    [
        new(Database, "missing", folder => File.Delete(Path.Combine(folder, Database))),
        new(Database, "missing with its log", folder => Each(folder, Database + "*", file => DeleteUnless(file, Mark))),
        new(Database, "missing with everything beside it", folder => Each(folder, Database + "*", File.Delete)),
        new(Database, "empty", folder => Cut(Path.Combine(folder, Database), 0)),
        new(Database, "empty without its log", folder =>
        {
            Each(folder, Database + "*", file => DeleteUnless(file, Mark, Database));
            Cut(Path.Combine(folder, Database), 0);
        }),
        new(Database, "overwritten", folder => File.WriteAllBytes(Path.Combine(folder, Database), new byte[3 * PageBytes])),
        new(Database, Others, folder => Foreign(folder, Database)),
        new(Database, Others + ", with its log", folder =>
        {
            Each(folder, Database + "*", File.Delete);
            Each(Other, Database + "*", file => File.Copy(file, Path.Combine(folder, Path.GetFileName(file))));
        }),
    ];

    private IEnumerable<DamageCase> OfPages()
    {
        var pages = new FileInfo(Path.Combine(Sound, Database)).Length / PageBytes;
        for (var page = 0L; page < pages; page += Math.Max(1, pages / 20))
        {
            var at = page * PageBytes;
            yield return new(Database, $"page {page + 1} zeroed", folder => Write(Path.Combine(folder, Database), at, new byte[PageBytes]));
            yield return new(Database, $"cut before page {page + 1}", folder => Cut(Path.Combine(folder, Database), at));
        }
    }

    private IEnumerable<DamageCase> OfTheLog()
    {
        yield return new(Log, "missing", folder => File.Delete(Path.Combine(folder, Log)));
        yield return new(Log, "empty", folder => Cut(Path.Combine(folder, Log), 0));
        yield return new(Log, Others, folder => Foreign(folder, Log));
        var end = LogEnd(Path.Combine(Sound, Log));
        for (var frame = 0L; frame * FrameBytes < end; frame += Math.Max(1, end / FrameBytes / 12))
        {
            var at = LogHeaderBytes + (frame * FrameBytes);
            yield return new(Log, $"frame {frame + 1} zeroed", folder => Write(Path.Combine(folder, Log), at, new byte[FrameBytes]));
            yield return new(Log, $"cut in frame {frame + 1}", folder => Cut(Path.Combine(folder, Log), at + 100));
            yield return new(Log, $"a bit in frame {frame + 1}", folder => Flip(Path.Combine(folder, Log), at + 24 + (PageBytes / 2)));
        }
    }

    private IEnumerable<DamageCase> OfKeys()
    {
        foreach (var name in Keys.Select(key => Path.Combine("keys", key)))
        {
            yield return new(name, "missing", folder => File.Delete(Path.Combine(folder, name)));
            yield return new(name, "cut", folder => Cut(Path.Combine(folder, name), 7));
            yield return new(name, "a bit", folder => Flip(Path.Combine(folder, name), new FileInfo(Path.Combine(folder, name)).Length - 5));
            yield return new(name, Others, folder => Foreign(folder, name));
        }
    }

    private IEnumerable<DamageCase> OfTheMark() =>
    [
        new(Mark, "missing", folder => File.Delete(Path.Combine(folder, Mark))),
        new(Mark, "a bit", folder => Flip(Path.Combine(folder, Mark), 7)),
        new(Mark, Others, folder => Foreign(folder, Mark)),
    ];

    private IEnumerable<DamageCase> OfBits(int bits, ulong seed)
    {
        var length = new FileInfo(Path.Combine(Sound, Database)).Length;
        var (entropy, random) = (new SeededEntropy(seed), new byte[8]);
        for (var bit = 0; bit < bits; bit++)
        {
            entropy.Fill(random);
            var at = (long)(BitConverter.ToUInt64(random) % (ulong)length);
            yield return new(Database, $"a bit at {at}", folder => Flip(Path.Combine(folder, Database), at));
        }
    }

    private void Foreign(string folder, string name) => File.Copy(Path.Combine(Other, name), Path.Combine(folder, name), overwrite: true);

    private static void DeleteUnless(string file, params string[] kept)
    {
        if (!kept.Contains(Path.GetFileName(file), StringComparer.Ordinal))
        {
            File.Delete(file);
        }
    }

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

    /// <summary>Behind the last frame that was written.</summary>
    private static long LogEnd(string file) => Math.Max(0, File.ReadAllBytes(file).AsSpan().LastIndexOfAnyExcept((byte)0) - LogHeaderBytes);
}
