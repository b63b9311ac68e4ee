using System.Data.Common;
using System.Reflection;
using EdgeHub.Rules;
using EdgeHub.Sync.Stores;
using EdgeHub.Tests.Unit.Postgres;

namespace EdgeHub.Tests.Unit.Sync;

public sealed class MigrationsTests : IDisposable
{
    private const string Right = "Sync/Migrations/Right";
    private readonly TempStore _temp = new("create table other (id bigint)");

    private int Apply(string folder) => Migrations.Apply(_temp.Store, Assembly.GetExecutingAssembly(), folder);

    [Fact]
    public void Apply_OnAFreshStore_AppliesAllOnce()
    {
        Assert.Equal(2, Apply(Right));
        Assert.Equal(0, Apply(Right));
        Assert.Equal(1, _temp.Store.Read(session => session.ExecuteScalar<long>("select count(*) from one where day is null")));
        _temp.Reopen();
        Assert.Equal(0, Apply(Right));
    }

    [Fact]
    public void Apply_OnAHalfMigratedStore_AppliesTheRest()
    {
        Apply(Right);
        _temp.Store.Write(session => session.Execute("alter table one drop column day; delete from migration where number = 2"));
        Assert.Equal(1, Apply(Right));
    }

    [Fact]
    public void Apply_OnAStoreOfANewerProgram_RefusesByName()
    {
        Apply(Right);
        _temp.Store.Write(session => session.Execute("insert into migration (folder, number, name, sha256) values (@Right, 3, '003_new.sql', 'x')", new { Right }));
        var refused = Assert.Throws<StoreException>(() => Apply(Right));
        Assert.Equal(Codes.StoreDamaged, refused.Code);
        Assert.Contains("003_new.sql", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Apply_OfAChangedMigration_RefusesByName()
    {
        Apply(Right);
        _temp.Store.Write(session => session.Execute("update migration set sha256 = 'x' where number = 1"));
        Assert.Contains("001_one.sql", Assert.Throws<StoreException>(() => Apply(Right)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Apply_OfAMigrationThatFails_LeavesThoseBeforeItAlone()
    {
        Assert.ThrowsAny<DbException>(() => Apply("Sync/Migrations/Broken"));
        Assert.Equal(["migration", "other", "whole"], _temp.Store.Read(session => session.Query<string>(TestServer.IsThere
            ? "select tablename from pg_tables where schemaname = 'public' order by 1"
            : "select name from sqlite_master where type = 'table' order by 1")));
        Assert.Equal(1, _temp.Store.Read(session => session.ExecuteScalar<long>("select count(*) from migration")));
    }

    /// <summary>Several hub processes start at once over one store.</summary>
    [Fact]
    public async Task Apply_ByFourAtOnce_AppliesEachOnce()
    {
        var applied = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Factory.StartNew(() =>
        {
            using var store = _temp.Open();
            return Migrations.Apply(store, Assembly.GetExecutingAssembly(), Right);
        }, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)));
        Assert.Equal(2, applied.Sum());
        Assert.Equal(1, _temp.Store.Read(session => session.ExecuteScalar<long>("select count(*) from one where day is null")));
    }

    [Theory]
    [InlineData("Sync/Migrations/Gap", "expected number 002")]
    [InlineData("Sync/Migrations/Absent", "no migrations")]
    public void Apply_OfAFolderThatIsNone_IsAProgrammersError(string folder, string detail) =>
        Assert.Contains(detail, Assert.Throws<InvalidOperationException>(() => Apply(folder)).Message, StringComparison.Ordinal);

    public void Dispose() => _temp.Dispose();
}
