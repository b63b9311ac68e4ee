using EdgeHub.Rules;
using EdgeHub.Sync.Stores;
using EdgeHub.Tests.Unit.Postgres;

namespace EdgeHub.Tests.Unit.Sync;

/// <summary>Alone: while a tablespace is full, PostgreSQL's checkpoints fail, and with them every other test's new database.</summary>
[CollectionDefinition(nameof(FullDiskAlone), DisableParallelization = true)]
public sealed class FullDiskAlone;

/// <summary>A disk that is really full: SQLite's file on it, or PostgreSQL's tablespace.</summary>
[Collection(nameof(FullDiskAlone))]
public sealed class FullDiskTests
{
    private const int Left = 512 * 1024;
    private const int RowBytes = 4_000;

    [SmallDiskFact]
    public void Write_OnAFullDisk_IsDiskFullKeepsWhatWasAndGoesOnWithRoom()
    {
        using var disk = Disk();
        using var temp = new TempStore("create table fact (id bigint primary key, body bytea)", disk: disk);
        temp.Store.Write(session => Insert(session, 1, 10));
        disk.Fill(Left);

        var full = Assert.Throws<StoreException>(() => temp.Store.Write(session => Insert(session, 11, 400)));

        Assert.Equal((Codes.DiskFull, false), (full.Code, full.OutcomeUnknown));
        disk.MakeRoom();
        Assert.Equal(10, Count(temp));
        temp.Store.Write(session => Insert(session, 11, 400));
        Assert.Equal(410, Count(temp));
    }

    [SmallDiskFact]
    public async Task Writer_OnAFullDisk_TellsEachOfItsGroupAndStoresNoneOfThem()
    {
        using var disk = Disk();
        using var temp = new TempStore("create table fact (id bigint primary key, body bytea)", disk: disk);
        var writer = new GroupCommitWriter(temp.Store);
        disk.Fill(Left);
        var group = Enumerable.Range(0, 3).Select(i => writer.Submit(session => Insert(session, i * 200, 200))).ToList();

        writer.WriteOnce();

        foreach (var told in group)
        {
            Assert.Equal(Codes.DiskFull, (await Assert.ThrowsAsync<StoreException>(() => told)).Code);
        }
        Assert.Null(writer.Broken);
        disk.MakeRoom();
        Assert.Equal(0, Count(temp));
        var after = writer.Submit(session => Insert(session, 0, 600));
        writer.WriteOnce();
        Assert.Equal(600, await after);
        Assert.Equal(600, Count(temp));
    }

    private static SmallDisk Disk()
    {
        var disk = SmallDisk.TryMount() ?? throw new InvalidOperationException("It was mounted a moment ago.");
        if (TestServer.IsThere)
        {
            disk.MakeTablespace();
        }
        return disk;
    }

    private static int Insert(StoreSession session, int from, int rows)
    {
        var body = new byte[RowBytes];
        for (var i = from; i < from + rows; i++)
        {
            // Nothing that an engine could pack.
            new Random(i).NextBytes(body);
            session.Prepared("insert into fact (id, body) values ($1, $2)").Execute((long)i, body);
        }
        return rows;
    }

    /// <summary>With room again: on a full disk PostgreSQL may refuse a new connection for a page of its own catalogue that it cannot put away.</summary>
    private static long Count(TempStore temp) => temp.Beside(session => session.ExecuteScalar<long>("select count(*) from fact"));
}
