using System.Runtime.Versioning;
using EdgeHub.Hub;
using EdgeHub.Hub.Store;
using EdgeHub.Rules;
using EdgeHub.Sync.Feeds;
using EdgeHub.Sync.Seams;
using EdgeHub.Sync.Stores;

namespace EdgeHub.Tests.Unit.Hub;

/// <summary>The hub's folder: keys that are missing or damaged, a database that was restored, two processes, modes.</summary>
[Trait("Engine", "Sqlite")] // a hub in a file: its log, its modes, its copies
public sealed class HubFolderTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("hubfolder-").FullName;
    private readonly StandingClock _clock = new();

    private string Folder => Path.Combine(_root, "hub");

    private string Keys => Path.Combine(Folder, "keys");

    private string Database => Path.Combine(Folder, HubStore.FileName);

    private HubStore Open(bool serving = false, bool restored = false) =>
        HubStore.OpenOrMake(Folder, TempHub.Settings, _clock, new SystemEntropy(), serving: serving, restored: restored);

    private StoreException Refused() => Assert.Throws<StoreException>(() => Open().Dispose());

    private static long Versions(HubStore hub, int count) => hub.Write(session =>
    {
        var last = 0L;
        for (var i = 0; i < count; i++)
        {
            last = FeedVersions.Next(session, TempHub.Region, FeedNames.Members);
        }
        return last;
    });

    [Fact]
    public void KeyFile_Missing_IsRefusedByNameAndNotMadeAnew()
    {
        Open().Dispose();
        File.Delete(Path.Combine(Keys, "hub.p8"));
        var refused = Refused();
        Assert.Equal(Codes.StoreDamaged, refused.Code);
        Assert.Contains("hub.p8", refused.Message, StringComparison.Ordinal);
        Assert.Contains("backup", refused.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(Keys, "hub.p8")));
    }

    [Theory]
    [InlineData("hub.p8", 0)]
    [InlineData("hub.p8", 50)]
    [InlineData("ticket.key", 31)]
    public void KeyFile_CutShort_IsRefusedByName(string file, int length)
    {
        Open().Dispose();
        var path = Path.Combine(Keys, file);
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..length]);
        var refused = Refused();
        Assert.Equal(Codes.StoreDamaged, refused.Code);
        Assert.Contains(file, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void KeyFile_OfAnotherHub_IsRefusedByName()
    {
        Open().Dispose();
        using var other = EdgeHub.Sync.Keys.EcdsaKeys.Create();
        File.WriteAllBytes(Path.Combine(Keys, "hub.p8"), other.ExportPkcs8());
        Assert.Contains(other.KeyId, Refused().Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Hub_OpenedAgain_KeepsItsIncarnation()
    {
        string first;
        using (var hub = Open())
        {
            first = hub.Feeds.Id;
            hub.Feeds.Telling(Versions(hub, 5));
            Versions(hub, 5);
        }
        using var again = Open();
        Assert.Equal(first, again.Feeds.Id);
    }

    [Fact]
    public void Database_RestoredBehindWhatWasTold_BeginsAnIncarnationAndNeverTellsAVersionTwice()
    {
        var backup = Path.Combine(_root, "backup.db");
        Open().Dispose();
        using (var hub = Open())
        {
            hub.Feeds.Telling(Versions(hub, 900));
        }
        File.Copy(Database, backup);
        string before;
        using (var hub = Open())
        {
            before = hub.Feeds.Id;
            hub.Feeds.Telling(Versions(hub, 100));
        }
        File.Copy(backup, Database, overwrite: true);
        // The mark beside it knows more: nobody takes it for sound unasked.
        Assert.Equal(Codes.StoreDamaged, Assert.Throws<StoreException>(() => Open()).Code);
        File.Delete(Database + "-mark");

        string after;
        using (var hub = Open())
        {
            after = hub.Feeds.Id;
            Assert.NotEqual(before, after);
            Assert.Equal(1001, Versions(hub, 1));
        }
        using var later = Open();
        Assert.Equal(after, later.Feeds.Id);
    }

    [Fact]
    public void Database_RestoredFromBeforeALostMark_BeginsAnIncarnation()
    {
        string before;
        using (var hub = Open())
        {
            before = hub.Feeds.Id;
        }
        File.Delete(Path.Combine(Keys, "feed.mark"));
        using var again = Open();
        Assert.NotEqual(before, again.Feeds.Id);
    }

    [Fact]
    public void Everything_RestoredFromOneBackup_BeginsAnIncarnationWhenTheOperatorSaysSo()
    {
        string before;
        using (var hub = Open())
        {
            before = hub.Feeds.Id;
        }
        using var again = Open(serving: true, restored: true);
        Assert.NotEqual(before, again.Feeds.Id);
    }

    [Fact]
    public void Hub_ServedTwice_IsRefusedByName()
    {
        using var first = Open(serving: true);
        Assert.Equal(Codes.Busy, Assert.Throws<StoreException>(() => Open(serving: true)).Code);
    }

    [Fact]
    public void Checkpoint_IsTheServingHubsAlone_AndNotBesideACommand()
    {
        using var serving = Open(serving: true);
        var log = new FileInfo(Database + "-wal");
        using (var command = Open())
        {
            Fill(command);
            Fill(serving);
            log.Refresh();
            Assert.True(log.Length > 2 * SqliteStore.CheckpointPages * 4096L, $"the log was cut beside a command: {log.Length} bytes");
        }
        Fill(serving);
        Assert.True(SpinWait.SpinUntil(
            () =>
            {
                // The writer's thread looks after the log behind some commits.
                serving.Write(session => session.Execute("update wide set body = 'y' where rowid = 1"));
                log.Refresh();
                return !log.Exists || log.Length < 2 * SqliteStore.CheckpointPages * 4096L;
            },
            TimeSpan.FromSeconds(60)));
    }

    [UnixFact]
    [UnsupportedOSPlatform("windows")]
    public void FolderAndDatabase_ThatOthersCouldRead_AreNarrowedAtTheNextOpen()
    {
        Open().Dispose();
        const UnixFileMode wide = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
        foreach (var path in (string[])[Folder, Keys, Database, Path.Combine(Keys, "hub.p8")])
        {
            File.SetUnixFileMode(path, wide | UnixFileMode.OtherExecute);
        }
        using var hub = Open();
        Assert.True(hub.WasOpenToOthers);
        const UnixFileMode others = UnixFileMode.GroupRead | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;
        foreach (var path in (string[])[Folder, Keys, .. Directory.GetFiles(Keys), .. Directory.GetFiles(Folder)])
        {
            Assert.True((File.GetUnixFileMode(path) & others) == UnixFileMode.None, $"{path}: {File.GetUnixFileMode(path)}");
        }
    }

    [Theory]
    [InlineData("http://127.0.0.1:5200", false, 0)]
    [InlineData("http://localhost:5200;http://[::1]:5201", false, 0)]
    [InlineData("https://0.0.0.0:5200", false, 0)]
    [InlineData("http://0.0.0.0:5200", true, 1)]
    [InlineData("http://*:5200;http://hub.example:80", true, 2)]
    public void Urls_ThatAreRight_AreTakenAndThoseInClearNamed(string urls, bool allow, int clear) => Assert.Equal(clear, HubUrls.Checked(urls, allow).Clear.Count);

    [Theory]
    [InlineData("http://0.0.0.0:5200", false)]
    [InlineData("http://127.0.0.1:5200;http://*:5200", false)]
    [InlineData("http://10.0.0.7:5200", false)]
    [InlineData("5200", true)]
    public void Urls_InClearForOthersOrNone_AreRefusedByName(string urls, bool allow) =>
        Assert.Equal("--urls", Assert.Throws<FaultException>(() => HubUrls.Checked(urls, allow)).Fault.Field);

    public void Dispose() => Directory.Delete(_root, recursive: true);

    /// <summary>More than the log may hold before the writer cuts it.</summary>
    private static void Fill(HubStore hub)
    {
        hub.Write(session =>
        {
            session.Execute("create table if not exists wide (body text)");
            session.Execute("with recursive n(i) as (select 1 union all select i + 1 from n where i < 4500) insert into wide select printf('%.4000c', 'x') from n");
            return true;
        });
        // The writer's thread looks after the log behind some commits.
        for (var i = 0; i < 64; i++)
        {
            hub.Write(session => session.Execute("update wide set body = 'y' where rowid = 1"));
        }
    }
}
