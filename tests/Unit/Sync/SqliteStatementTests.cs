using Microsoft.Data.Sqlite;

namespace EdgeHub.Tests.Unit.Sync;

/// <summary>Our own statements and rows over SQLite's C interface; on PostgreSQL the driver's stand in their place.</summary>
[Trait("Engine", "Sqlite")]
public sealed class SqliteStatementTests : IDisposable
{
    private readonly TempStore _temp = new("create table fact (id bigint primary key, body text)");

    [Fact]
    public void Values_OfEveryKind_ComeBackOrAreRefused() => _temp.Store.Read(session =>
    {
        Assert.Equal(3L, session.Prepared("select $1 + $2").Scalar(1L, 2L));
        Assert.Throws<ArgumentException>(() => session.Prepared("select $1 + $2").Scalar(1L));
        Assert.Null(session.Prepared("select $1").Scalar([null]));
        Assert.Equal("2|1|2", session.Prepared("select $2 || '|' || $1 || '|' || $2").Scalar(1L, 2L));
        Assert.Equal("", session.Prepared("select $1").Scalar(""));
        Assert.Equal("值", session.Prepared("select $1").Scalar("值"));
        Assert.Equal(new string('长', 5_000), session.Prepared("select $1").Scalar(new string('长', 5_000)));
        Assert.Equal(Array.Empty<byte>(), session.Prepared("select $1").Scalar([Array.Empty<byte>()]));
        Assert.Equal(new byte[] { 0, 1 }, session.Prepared("select $1").Scalar([new byte[] { 0, 1 }]));
        Assert.Throws<ArgumentException>(() => session.Prepared("select $2 + $3").Scalar(1L, 2L));
        Assert.Throws<ArgumentException>(() => session.Prepared("select 1; select 2"));
        Assert.Throws<ArgumentException>(() => session.Prepared("select $1").Scalar([new object()]));
        Assert.Throws<SqliteException>(() => session.Prepared("select absent from absent"));
        Assert.Same(session.Prepared("select $1"), session.Prepared("select $1"));
        return true;
    });

    [Fact]
    public void Rows_AreReadByPlaceAndEndWithTheirReader() => _temp.Store.Read(session =>
    {
        const string Sql = "select 7, 'seven', x'07', null, 0.5, '0.25', 0 union all select $1, '', x'', null, 1.5, 3, 1";
        using (var rows = session.Prepared(Sql).Read(8L))
        {
            Assert.Throws<InvalidOperationException>(() => rows.GetInt64(0));
            Assert.True(rows.Read());
            Assert.Equal((7, 7L, "seven", 0.5, 0.25m, false, true), (rows.GetInt32(0), rows.GetInt64(0), rows.GetString(1), rows.GetDouble(4), rows.GetDecimal(5), rows.GetBoolean(6), rows.IsDBNull(3)));
            Assert.Equal((7L, "seven", DBNull.Value, 0.5), (rows[0], rows[1], rows[3], rows.GetValue(4)));
            Assert.Equal(new byte[] { 7 }, (byte[])rows[2]);
            Assert.Throws<InvalidOperationException>(() => rows.GetInt64(3));
            Assert.Throws<InvalidOperationException>(() => rows.GetString(3));
            Assert.Throws<InvalidOperationException>(() => rows.GetDouble(3));
            Assert.Throws<InvalidOperationException>(() => rows.GetInt64(7));
            Assert.Throws<InvalidOperationException>(() => session.Prepared(Sql).Read(1L));
            Assert.True(rows.Read());
            Assert.Equal((8L, "", 3m), (rows.GetInt64(0), rows.GetString(1), rows.GetDecimal(5)));
            Assert.Empty((byte[])rows[2]);
            var all = new object[7];
            Assert.Equal((7, "", 1L), (rows.GetValues(all), all[1], all[6]));
            Assert.False(rows.Read());
        }
        using (var again = session.Prepared(Sql).Read(9L))
        {
            Assert.True(again.Read());
        }
        using var third = session.Prepared(Sql).Read(9L);
        Assert.True(third.Read() && third.Read());
        Assert.Equal(9L, third.GetInt64(0));
        return true;
    });

    public void Dispose() => _temp.Dispose();
}
