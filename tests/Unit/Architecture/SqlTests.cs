namespace EdgeHub.Tests.Unit.Architecture;

/// <summary>SQL only in its rooms and only on its own tables; region first in every primary key of the hub.</summary>
public sealed class SqlTests
{
    /// <summary>Tables without a region: national ones, and the hub's own bookkeeping of its store.</summary>
    private static readonly string[] NationalTables = ["area", "article", "calendar", "schema_migration"];

    private static readonly RepositoryFile Migration = new("hub/Ledger/Migrations/001_ledger.sql",
        "create table account (region text not null, id bigint, primary key (region, id));\ncreate view public_account as select region, id from account;");

    [Fact]
    public void Statements_OfTheProduct_StandInTheRoomsOfSql() => Repository.AssertNone(Repository.ProductCode.SelectMany(SqlRooms.Misplaced));

    [Fact]
    public void Statements_OfTheProduct_NameOnlyTheirOwnTables()
    {
        var rooms = new SqlRooms(ProductSql, Repository.ProductCode);
        Assert.True(rooms.Statements.Count(each => SqlText.IsStatement(each.Text)) > 100, "No SQL was found: the test looks in the wrong place.");
        Repository.AssertNone([.. rooms.Twice, .. rooms.Foreign()]);
    }

    [Fact]
    public void PrimaryKeys_OfTheHub_BeginWithTheRegion() =>
        Repository.AssertNone(ProductSql.Where(file => file.Path.StartsWith("hub/", StringComparison.Ordinal)).SelectMany(WithoutRegion));

    [Theory]
    [InlineData("hub/Ingest/Ask.cs", "select id from account where id = @id", true)]
    [InlineData("hub/Ingest/AskStore.cs", "select id from account where id = @id", false)]
    [InlineData("hub/Store/Ask.cs", "update account set id = 1", false)]
    [InlineData("agent/Settlement/Ask.cs", "\n    insert into account (id)\n    values (1)", true)]
    [InlineData("agent/Settlement/Ask.cs", "Select a person from the list", true)]
    [InlineData("agent/Settlement/Ask.cs", "The visit was updated from the hub", false)]
    public void Breaks_StatementOutsideItsRoom_IsFound(string path, string sql, bool isFound) =>
        Assert.Equal(isFound, SqlRooms.Misplaced(new RepositoryFile(path, $"var a = \"\"\"{sql}\"\"\";")).Any());

    [Theory]
    [InlineData("hub/Ledger/AccountStore.cs", "select id from account a join account b on a.id = b.id", false)]
    [InlineData("hub/Ingest/AskStore.cs", "select id from public_account", false)]
    [InlineData("hub/Ingest/AskStore.cs", "select id from account", true)]
    [InlineData("hub/Ingest/AskStore.cs", "select x.id from public_account x join account y on y.id = x.id", true)]
    [InlineData("hub/Ingest/AskStore.cs", " join account y on y.id = x.id", true)]
    [InlineData("hub/Ingest/AskStore.cs", "an answer from nobody", false)]
    [InlineData("hub/Ingest/AskStore.cs", "update account set id = 1", true)]
    [InlineData("hub/Ingest/AskStore.cs", "delete from public_account where id = 1", true)]
    [InlineData("hub/Ingest/AskStore.cs", "insert into account (id) values (1) on conflict (id) do update set id = 2", true)]
    [InlineData("hub/Ledger/AccountStore.cs", "insert into account (id) values (1) on conflict (id) do update set id = 2", false)]
    [InlineData("hub/Ledger/AccountStore.cs", "with a as (select id from account), b as (select id from a) select id from b", false)]
    [InlineData("hub/Ledger/AccountStore.cs", "select id from nowhere", true)]
    [InlineData("agent/Store/AccountStore.cs", "select id from account", true)]
    public void Breaks_StatementOnAnotherRoomsTable_IsFound(string path, string sql, bool isFound)
    {
        var rooms = new SqlRooms([Migration], [new RepositoryFile(path, $"var a = \"{sql}\";")]);
        Assert.Equal(isFound, rooms.Foreign().Any());
    }

    [Fact]
    public void Breaks_TableMadeByTwoRooms_IsFound() =>
        Assert.NotEmpty(new SqlRooms([Migration, new RepositoryFile("hub/Ingest/Migrations/001_x.sql", "create table account (id bigint);")], []).Twice);

    [Theory]
    [InlineData("create table a (region text not null, b bigint check (b in (1, 2)), primary key (region, b));", false)]
    [InlineData("create table a (b bigint, region text not null, primary key (b, region));", true)]
    [InlineData("create table a (b bigint primary key, region text);", true)]
    [InlineData("create table a (region text primary key);", false)]
    [InlineData("create table a (region text, b bigint);", true)]
    [InlineData("create table calendar (day date primary key);", false)]
    public void Breaks_KeyWithoutRegionFirst_IsFound(string sql, bool isFound) =>
        Assert.Equal(isFound, WithoutRegion(new RepositoryFile("hub/A/Migrations/001_a.sql", sql)).Any());

    private static IReadOnlyList<RepositoryFile> ProductSql => [.. Repository.Sql.Where(file => !file.Path.StartsWith("tests/", StringComparison.Ordinal))];

    private static IEnumerable<Finding> WithoutRegion(RepositoryFile file) => SqlText.PrimaryKeys(file.Text)
        .Where(each => each.FirstKey != "region" && !NationalTables.Contains(each.Table, StringComparer.Ordinal))
        .Select(each => new Finding(file.Path, $"the primary key of {each.Table} begins with \"{each.FirstKey}\", not with region"));
}
