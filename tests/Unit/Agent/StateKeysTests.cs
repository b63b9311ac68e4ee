using EdgeHub.Agent.Store;
using EdgeHub.Rules;
using EdgeHub.Sync.Seams;
using EdgeHub.Sync.Stores;
using EdgeHub.Tests.Unit.Agent.Kit;
using Microsoft.Data.Sqlite;

namespace EdgeHub.Tests.Unit.Agent;

/// <summary>Keys and folders that are not as they were left, and a disk without room at the start.</summary>
public sealed class StateKeysTests
{
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.OtherRead | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    [Theory]
    [InlineData("device.key", 0)]
    [InlineData("device.key", 40)]
    [InlineData("store.key", 7)]
    [InlineData("lookup.key", 0)]
    public async Task Open_WithAKeyCutShort_RefusesInWordsAndStillAnswers(string file, int length)
    {
        await using var station = await Station.Start();
        await station.Close();
        var path = Path.Combine(station.Folder, "keys", file);
        await File.WriteAllBytesAsync(path, (await File.ReadAllBytesAsync(path))[..length]);
        await station.Open();
        Assert.Contains("cannot be used", station.Store.Damage, StringComparison.Ordinal);
        Assert.Equal(Codes.StoreDamaged, (await Assert.ThrowsAsync<StoreException>(() => station.Store.Do(_ => true))).Code);
    }

    [Fact]
    public async Task Open_WithoutRoom_HealsWithoutARestart()
    {
        var full = new FullAtOpen();
        await using var station = await Station.Bare(watch: full);
        Assert.Contains(Codes.DiskFull, station.Store.Damage, StringComparison.Ordinal);
        Assert.Equal(Codes.DiskFull, (await Assert.ThrowsAsync<StoreException>(() => station.Store.Do(_ => true))).Code);
        full.HasRoom = true;
        Assert.Equal(Codes.DiskFull, (await Assert.ThrowsAsync<StoreException>(() => station.Store.Do(_ => true))).Code);
        station.Clock.Advance(TimeSpan.FromSeconds(11));
        Assert.True(await station.Store.Do(_ => true));
        Assert.Null(station.Store.Damage);
        // Once as usual, once without what processes share, and again when there is room.
        Assert.Equal(3, full.Opened);
    }

    [Fact]
    public async Task Open_OfAFolderThatOthersCouldRead_NarrowsItAndSaysSo()
    {
        await using var station = await Station.Start();
        await station.Close();
        if (!OperatingSystem.IsWindows())
        {
            foreach (var path in (string[])[station.Folder, Path.Combine(station.Folder, "keys"), Path.Combine(station.Folder, "agent.db"), Path.Combine(station.Folder, "keys", "store.key")])
            {
                File.SetUnixFileMode(path, File.GetUnixFileMode(path) | Others);
            }
            using (var folder = StateFolder.Take(station.Folder))
            {
                Assert.True(folder.WasOpenToOthers);
            }
        }
        await station.Open();
        foreach (var path in (string[])[station.Folder, .. Directory.GetFiles(station.Folder, "agent.db*"), Path.Combine(station.Folder, "keys", "store.key")])
        {
            Assert.True(OperatingSystem.IsWindows() || (File.GetUnixFileMode(path) & Others) == UnixFileMode.None, path);
        }
    }

    private sealed class FullAtOpen : IStoreWatch
    {
        public bool HasRoom { get; set; }

        public int Opened { get; private set; }

        public void At(StorePoint point, string sql)
        {
            if (point == StorePoint.Open)
            {
                Opened++;
                if (!HasRoom)
                {
                    throw new SqliteException("database or disk is full", 13);
                }
            }
        }
    }
}
