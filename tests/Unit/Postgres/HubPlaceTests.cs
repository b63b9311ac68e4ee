using EdgeHub.Hub.Jobs;
using EdgeHub.Hub.Operations;
using EdgeHub.Hub.Store;
using EdgeHub.Rules;
using EdgeHub.Sync.Feeds;
using EdgeHub.Sync.Seams;
using EdgeHub.Sync.Stores;

namespace EdgeHub.Tests.Unit.Postgres;

/// <summary>A hub whose rows are in PostgreSQL: what its folder keeps, and what a second process's folder needs.</summary>
[Trait("Engine", "Postgres")]
public sealed class HubPlaceTests : IDisposable
{
    private static readonly HubSettings Settings = new("530924", "Asia/Shanghai", 0);
    private readonly string _root = Directory.CreateTempSubdirectory("hubplace-").FullName;
    private readonly TestDatabase _database = TestServer.IsThere ? TestServer.Empty() : null!;

    private string First => Path.Combine(_root, "first");

    private string Second => Path.Combine(_root, "second");

    public void Dispose()
    {
        _database?.Dispose();
        Directory.Delete(_root, recursive: true);
    }

    private HubStore Open(string folder, bool restored = false) => HubStore.OpenOrMake(
        folder, Settings, TimeProvider.System, new SystemEntropy(), serving: true, restored: restored, place: _database.Words);

    private void CopyKeys(params string[] names)
    {
        Directory.CreateDirectory(Path.Combine(Second, "keys"));
        foreach (var name in names)
        {
            File.Copy(Path.Combine(First, "keys", name), Path.Combine(Second, "keys", name), overwrite: true);
        }
    }

    [PostgresFact]
    public async Task Init_WithAStore_KeepsItForItsOwnerAloneAndLaterCommandsNeedTheFolder()
    {
        var words = _database.Words + ";Password=hunter2";
        var (made, output, errors) = await Run("init", "--region", "530924", "--store", words, "--data", First);

        Assert.Equal((0, ""), (made, errors));
        Assert.DoesNotContain("hunter2", output, StringComparison.Ordinal);
        var kept = Path.Combine(First, StorePlace.FileName);
        Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(kept) == (UnixFileMode.UserRead | UnixFileMode.UserWrite));
        Assert.False(File.Exists(Path.Combine(First, HubStore.FileName)));
        Assert.Equal(0, (await Run("status", "--data", First)).Code);
        Assert.Equal(0, (await Run("init", "--data", First)).Code);
    }

    [PostgresFact]
    public async Task Init_InAFolderWithAHubInAFile_IsRefusedByName()
    {
        Assert.Equal(0, (await Run("init", "--region", "530924", "--data", First)).Code);
        var (code, _, errors) = await Run("init", "--store", _database.Words, "--data", First);
        Assert.Equal(2, code);
        Assert.Contains("--store", errors, StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task Words_ThatLeadNowhere_AreNotKept()
    {
        var (code, _, errors) = await Run("init", "--region", "530924", "--store", TestServer.WordsFor("nowhere"), "--data", First);
        Assert.Equal(3, code);
        Assert.Contains(Codes.StoreUnreachable, errors, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(First, StorePlace.FileName)));
    }

    [PostgresFact]
    public void SecondFolder_WithTheKeys_ServesBesideTheFirstInTheSameIncarnation()
    {
        using var first = Open(First);
        first.Feeds.Telling(first.Write(session => FeedVersions.Next(session, first.Region, FeedNames.Members)));
        CopyKeys("hub.p8", "ticket.key");

        using var second = Open(Second);

        Assert.Equal(first.Feeds.Id, second.Feeds.Id);
        Assert.Equal(2, second.Write(session => FeedVersions.Next(session, second.Region, FeedNames.Members)));
        Assert.Equal(3, first.Write(session => FeedVersions.Next(session, first.Region, FeedNames.Members)));
    }

    [PostgresFact]
    public void SecondFolder_WithoutTheKeysOrWithOthers_IsRefusedByName()
    {
        Open(First).Dispose();
        Assert.Contains("hub.p8", Assert.Throws<StoreException>(() => Open(Second).Dispose()).Message, StringComparison.Ordinal);
        CopyKeys("hub.p8");
        Assert.Contains("ticket.key", Assert.Throws<StoreException>(() => Open(Second).Dispose()).Message, StringComparison.Ordinal);
        CopyKeys("ticket.key");
        Open(Second).Dispose();
    }

    [PostgresFact]
    public void Database_PutBackBehindWhatWasTold_BeginsAnIncarnationThatTheOthersTakeOver()
    {
        string before;
        using (var first = Open(First))
        {
            before = first.Feeds.Id;
            first.Feeds.Telling(100);
        }
        CopyKeys("hub.p8", "ticket.key");
        Open(Second).Dispose();

        using var again = Open(First);
        using var other = Open(Second);

        Assert.NotEqual(before, again.Feeds.Id);
        Assert.Equal(again.Feeds.Id, other.Feeds.Id);
        Assert.Equal(101, again.Write(session => FeedVersions.Next(session, again.Region, FeedNames.Members)));
    }

    [PostgresFact]
    public void Incarnation_ThatAnotherBegins_IsTakenOverByWhoRuns()
    {
        using var first = Open(First);
        CopyKeys("hub.p8", "ticket.key");
        // What this machine told belongs to a life of the counter that a backup did not know.
        File.WriteAllText(Path.Combine(Second, "keys", "feed.mark"), "0123456789abcdef 40\n");
        var before = first.Feeds.Id;

        using var second = Open(Second);

        Assert.NotEqual(before, second.Feeds.Id);
        Assert.Equal(second.Feeds.Id, first.Read(session => first.Feeds.Telling(session, first.Region, 41)));
        Assert.Equal(second.Feeds.Id, first.Feeds.Id);
        Assert.StartsWith(second.Feeds.Id, File.ReadAllText(Path.Combine(First, "keys", "feed.mark")), StringComparison.Ordinal);
    }

    [PostgresFact]
    public void Database_PutBackUnderWhoRuns_IsRefusedByName()
    {
        using var hub = Open(First);
        TestServer.Execute("update meta set value = 'fedcba9876543210' where name = 'feed_incarnation'", _database.Words);

        Assert.Equal(Codes.StoreDamaged, Assert.Throws<StoreException>(() => hub.Read(session => hub.Feeds.Telling(session, hub.Region, 1))).Code);
    }

    [PostgresFact]
    public async Task ManyProcesses_ThatMakeTheHubAtOnce_MigrateItOnce()
    {
        var made = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Factory.StartNew(() =>
        {
            using var store = PostgresStore.Open(_database.Words, TimeProvider.System);
            HubMigrations.Apply(store);
            return store.Read(session => session.ExecuteScalar<long>("select count(*) from migration"));
        }, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)));
        Assert.Single(made.Distinct());
    }

    private static async Task<(int Code, string Output, string Errors)> Run(params string[] args)
    {
        var (output, errors) = (new StringWriter { NewLine = "\n" }, new StringWriter());
        var frame = new CommandFrame(TimeProvider.System, new SystemEntropy(), output, errors);
        InitCommand.Register(frame);
        StatusCommand.Register(frame);
        return (await frame.Run(args), output.ToString(), errors.ToString());
    }
}
