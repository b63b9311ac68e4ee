using System.Buffers;
using System.Text;
using System.Text.Json;

namespace EdgeHub.Sync.Stores;

// Lists of values, and statements that go together.
public sealed partial class SqliteStore
{
    internal override string Lists(string sql) =>
        sql.Contains(ListWord, StringComparison.Ordinal) ? ListOf().Replace(sql, "in (select value from json_each($$${place}))") : sql;

    /// <summary>SQLite asks nobody over a line: each runs by itself.</summary>
    private protected override void Send(IReadOnlyList<WaitingStatement> statements)
    {
        foreach (var statement in statements)
        {
            Prepared(statement.Sql).Execute(statement.Values);
        }
    }

    /// <summary>A list as one text, which SQLite reads row by row; each value as its column keeps it.</summary>
    private string ListText(Array values)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartArray();
            foreach (var value in values)
            {
                if (value is long number)
                {
                    json.WriteNumberValue(number);
                }
                else
                {
                    json.WriteStringValue((string)ToColumn(value));
                }
            }
            json.WriteEndArray();
        }
        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }
}
