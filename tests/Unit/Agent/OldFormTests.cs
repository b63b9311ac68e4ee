using EdgeHub.Agent.Settlement;
using EdgeHub.Agent.Store;
using EdgeHub.Sync.Journal;
using EdgeHub.Sync.Seams;
using EdgeHub.Tests.Unit.Agent.Kit;
using Microsoft.Data.Sqlite;

namespace EdgeHub.Tests.Unit.Agent;

/// <summary>Entries and answers that were sealed before this program packed them.</summary>
public sealed class OldFormTests
{
    [Fact]
    public async Task Store_WhoseEntriesAndAnswersWereNotPacked_IsSoundSentAndAnswered()
    {
        await using var station = await Station.Start();
        await station.Sync();
        station.Hub.Up = false;
        var visit = await station.CheckIn(1);
        var bill = station.Bill(160m);
        var settled = Assert.IsType<MoneyOutcome.Done>(await station.Settle(visit.Visit, bill));
        await station.Close();
        Assert.True(Unpack(station.Folder) >= 3, "entries and an answer were brought into the old form");

        await station.Open();
        Assert.Null(station.Store.Damage);
        var again = Assert.IsType<MoneyOutcome.Done>(await station.Settle(visit.Visit, bill));
        Assert.True(again.Again);
        Assert.Equal(settled.Json, again.Json);
        await station.Treat(2, 50m);
        await station.Restart();
        Assert.Null(station.Store.Damage);
        Assert.Equal(0L, await station.Store.Do(session => (long)session.Prepared("select count(*) from journal_head").Scalar()!));
        station.Hub.Up = true;
        Assert.Equal(0, (await station.Sync()).Unacknowledged);
        Assert.Equal(2, station.Hub.Entries().Count(entry => entry.Head.Kind == Kinds.VisitSettled));
    }

    /// <returns>Rows that were changed.</returns>
    private static int Unpack(string folder)
    {
        var keys = new FileKeyVault(Path.Combine(folder, "keys"));
        using var cipher = new FieldCipher(keys.Read("store")!, keys.Read("lookup")!, new SystemEntropy());
        using var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "agent.db")};Pooling=False");
        connection.Open();
        var changed = 0;
        foreach (var (place, epoch, seq, bytes) in Rows(connection, "select place, epoch, seq, sealed from journal", row => (row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), (byte[])row[3])))
        {
            var name = JournalStore.Place(epoch, seq);
            changed += Put(connection, "update journal set sealed = $sealed where place = $key", place, cipher.Seal(PackedText.Lines.Unpack(cipher.Open(bytes, name)), name));
        }
        foreach (var (key, bytes) in Rows(connection, "select request_key, answer from journal where request_key is not null", row => (row.GetString(0), (byte[])row[1])))
        {
            changed += Put(
                connection, """
                insert into request (request_key, operation, content_hash, sealed, at, packed) select request_key, operation, content_hash, $sealed, '', false from journal where request_key = $key
                """, key, cipher.Seal(PackedText.Answers.Unpack(cipher.Open(bytes, "request/" + key)), "request/" + key));
        }
        // Nor did a line carry its answer or the head's signature.
        using var apart = connection.CreateCommand();
        apart.CommandText = """
            insert into journal_head (one, epoch, seq, hash, signature) select 1, epoch, seq, hash, signature from journal where signature is not null;
            update journal set signature = null, request_key = null, operation = null, content_hash = null, answer = null
            """;
        apart.ExecuteNonQuery();
        return changed;
    }

    private static List<T> Rows<T>(SqliteConnection connection, string sql, Func<SqliteDataReader, T> of)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
        {
            rows.Add(of(reader));
        }
        return rows;
    }

    private static int Put(SqliteConnection connection, string sql, object key, byte[] bytes)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.Parameters.AddWithValue("$key", key);
        command.Parameters.AddWithValue("$sealed", bytes);
        return command.ExecuteNonQuery();
    }
}
