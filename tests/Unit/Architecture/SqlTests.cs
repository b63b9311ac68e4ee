namespace EdgeHub.Tests.Unit.Architecture;

/// <summary>SQL only in its rooms and only on its own tables; region first in every primary key of the hub.</summary>
public sealed class SqlTests
{
    /// <summary>Tables without a region: national ones, and the hub's own bookkeeping of its store.</summary>
    private static readonly string[] NationalTables = [.. EdgeHub.Hub.Store.CitusPlacing.National];

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
    [InlineData("create table migration (number bigint primary key);", false)]
    public void Breaks_KeyWithoutRegionFirst_IsFound(string sql, bool isFound) =>
        Assert.Equal(isFound, WithoutRegion(new RepositoryFile("hub/A/Migrations/001_a.sql", sql)).Any());

    /// <summary>The statements of the hub as they are sent, and its views.</summary>
    [Fact]
    public void Joins_OfTheHub_AreBoundByRegion()
    {
        var statements = ProductSql.Where(InHub).SelectMany(file => file.Text.Split(';').Select(text => (file, Line: 1, Text: text)))
            .Concat(Repository.ProductCode.Where(file => InHub(file) && SqlRooms.IsSqlRoom(file)).SelectMany(file => RegionJoins.Whole(file).Select(each => (file, each.Line, each.Text)))).ToList();
        var tables = statements.SelectMany(each => SqlText.Tables(each.Text)).Where(each => each.How is "Makes" or "MakesView").Select(each => each.Name).ToHashSet(StringComparer.Ordinal);
        var joins = statements.Where(each => (each.Text.Contains("join ", StringComparison.OrdinalIgnoreCase) || RegionJoins.HasInner(each.Text)) && (SqlText.IsStatement(each.Text) || each.Text.TrimStart().StartsWith("join", StringComparison.Ordinal))).ToList();
        Assert.True(joins.Count > 20, "No joins were found: the test looks in the wrong place.");
        Repository.AssertNone(joins.SelectMany(each => RegionJoins.Unbound(each.Text, [.. SqlText.Tables(each.Text).Select(t => t.Name).Where(name => !tables.Contains(name)), .. NationalTables])
            .Select(unbound => new Finding($"{each.file.Path}:{each.Line}", $"{unbound} is joined without its region"))));
    }

    [Theory]
    [InlineData("select 1 from a x join b y on y.region = x.region and y.id = x.id where x.region = $1", false)]
    [InlineData("select 1 from a x join b y on y.id = x.id where x.region = $1", true)]
    [InlineData("select 1 from a x cross join b y where x.region = $1 and y.region = $1", false)]
    [InlineData("select 1 from a x cross join b y where x.region = $1 and y.version > 1", true)]
    [InlineData("select 1 from a x join b y on y.region = x.region where exists (select 1 from c z where z.id = x.id)", true)]
    [InlineData("select 1 from a where id = 1", false)]
    [InlineData("select 1 from a where a.region = $1 and exists (select 1 from c where c.region = a.region and c.id = a.id)", false)]
    [InlineData("select 1 from a where a.region = $1 and exists (select 1 from c where c.id = a.id)", true)]
    [InlineData("select 1 from a where region = $1 and id in (select id from c)", true)]
    [InlineData("select 1 from a where id in (select id from c where region = $1)", true)] // bound inside alone
    [InlineData("select 1 from (select id from a where region = $1 union all select id from b) as x", true)]
    [InlineData("select 1 from (select id from a where region = $1 union all select id from b where region = $1) as x", false)]
    [InlineData("select 1 from (select id, region from a union all select id, region from b) as x where region = $1", false)] // bound outside
    [InlineData(" join b y on y.id = d.id where d.region = @region", true)]
    public void Breaks_JoinWithoutRegion_IsFound(string sql, bool isFound) => Assert.Equal(isFound, RegionJoins.Unbound(sql, []).Any());

    private static bool InHub(RepositoryFile file) => file.Path.StartsWith("hub/", StringComparison.Ordinal);

    private static IReadOnlyList<RepositoryFile> ProductSql => [.. Repository.Sql.Where(file => !file.Path.StartsWith("tests/", StringComparison.Ordinal))];

    private static IEnumerable<Finding> WithoutRegion(RepositoryFile file) => SqlText.PrimaryKeys(file.Text)
        .Where(each => each.FirstKey != "region" && !NationalTables.Contains(each.Table, StringComparer.Ordinal))
        .Select(each => new Finding(file.Path, $"the primary key of {each.Table} begins with \"{each.FirstKey}\", not with region"));
}
