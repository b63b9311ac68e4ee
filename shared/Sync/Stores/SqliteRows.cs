using System.Collections;
using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace EdgeHub.Sync.Stores;

/// <summary>The rows of a prepared statement, read from SQLite itself: the driver's reader costs a settlement more than SQLite does.
/// One for each statement, used again and again. Columns are read by place; values are what SQLite keeps (long, double, text, bytes).</summary>
internal sealed class SqliteRows(sqlite3 database, sqlite3_stmt statement) : DbDataReader
{
    private bool _open;
    private bool _onRow;

    public override int FieldCount => raw.sqlite3_column_count(statement);

    public override bool IsClosed => !_open;

    public override int RecordsAffected => -1;

    public override int Depth => 0;

    public override bool HasRows => throw Unknown(nameof(HasRows));

    public override object this[int ordinal] => GetValue(ordinal);

    public override object this[string name] => GetValue(GetOrdinal(name));

    /// <exception cref="InvalidOperationException">The rows of the last run are still being read.</exception>
    internal SqliteRows Begin()
    {
        if (_open)
        {
            throw new InvalidOperationException("The statement's rows are still being read.");
        }
        _open = true;
        return this;
    }

    public override bool Read()
    {
        if (!_open)
        {
            throw new InvalidOperationException("The rows were closed.");
        }
        var code = raw.sqlite3_step(statement);
        if (code is not (raw.SQLITE_ROW or raw.SQLITE_DONE))
        {
            SqliteException.ThrowExceptionForRC(code, database);
        }
        return _onRow = code == raw.SQLITE_ROW;
    }

    public override void Close()
    {
        if (_open)
        {
            (_open, _onRow) = (false, false);
            raw.sqlite3_reset(statement);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Close();
        }
    }

    public override bool NextResult() => false;

    public override bool IsDBNull(int ordinal) => TypeOf(ordinal) == raw.SQLITE_NULL;

    /// <exception cref="InvalidOperationException">The column is null, as for every value but <see cref="GetValue"/>.</exception>
    public override long GetInt64(int ordinal)
    {
        var value = raw.sqlite3_column_int64(statement, Given(ordinal));
        return value != 0 ? value : NotNull(ordinal, value);
    }

    public override int GetInt32(int ordinal) => checked((int)GetInt64(ordinal));

    public override short GetInt16(int ordinal) => checked((short)GetInt64(ordinal));

    public override byte GetByte(int ordinal) => checked((byte)GetInt64(ordinal));

    public override bool GetBoolean(int ordinal) => GetInt64(ordinal) != 0;

    public override double GetDouble(int ordinal) => NotNull(ordinal, raw.sqlite3_column_double(statement, Given(ordinal)));

    public override float GetFloat(int ordinal) => (float)GetDouble(ordinal);

    public override decimal GetDecimal(int ordinal) => TypeOf(ordinal) == raw.SQLITE_INTEGER
        ? GetInt64(ordinal)
        : decimal.Parse(GetString(ordinal), NumberStyles.Number | NumberStyles.AllowExponent, CultureInfo.InvariantCulture);

    public override string GetString(int ordinal) => raw.sqlite3_column_text(statement, Given(ordinal)).utf8_to_string() ?? NotNull(ordinal, "");

    public override Guid GetGuid(int ordinal) => Guid.ParseExact(GetString(ordinal), "D");

    public override object GetValue(int ordinal) => TypeOf(ordinal) switch
    {
        raw.SQLITE_NULL => DBNull.Value,
        raw.SQLITE_INTEGER => GetInt64(ordinal),
        raw.SQLITE_FLOAT => GetDouble(ordinal),
        raw.SQLITE_BLOB => raw.sqlite3_column_blob(statement, ordinal).ToArray(),
        _ => GetString(ordinal),
    };

    public override int GetValues(object[] values)
    {
        var count = Math.Min(values.Length, FieldCount);
        for (var i = 0; i < count; i++)
        {
            values[i] = GetValue(i);
        }
        return count;
    }

    public override string GetName(int ordinal) => raw.sqlite3_column_name(statement, ordinal).utf8_to_string();

    public override int GetOrdinal(string name)
    {
        for (var i = 0; i < FieldCount; i++)
        {
            if (string.Equals(GetName(i), name, StringComparison.OrdinalIgnoreCase))
            {
                return i;
            }
        }
        throw new ArgumentException("No such column: " + name, nameof(name));
    }

    public override string GetDataTypeName(int ordinal) => throw Unknown(nameof(GetDataTypeName));

    /// <summary>Of the value in this row; object where it is null. Whoever maps rows to properties asks for it.</summary>
    public override Type GetFieldType(int ordinal) => TypeOf(ordinal) switch
    {
        raw.SQLITE_NULL => typeof(object),
        raw.SQLITE_INTEGER => typeof(long),
        raw.SQLITE_FLOAT => typeof(double),
        raw.SQLITE_BLOB => typeof(byte[]),
        _ => typeof(string),
    };

    public override long GetBytes(int ordinal, long dataOffset, byte[]? buffer, int bufferOffset, int length) => throw Unknown(nameof(GetBytes));

    public override long GetChars(int ordinal, long dataOffset, char[]? buffer, int bufferOffset, int length) => throw Unknown(nameof(GetChars));

    public override char GetChar(int ordinal) => throw Unknown(nameof(GetChar));

    public override DateTime GetDateTime(int ordinal) => throw Unknown(nameof(GetDateTime));

    public override IEnumerator GetEnumerator() => throw Unknown(nameof(GetEnumerator));

    private T NotNull<T>(int ordinal, T value) => IsDBNull(ordinal) ? throw new InvalidOperationException($"The column {ordinal} is null.") : value;

    private int TypeOf(int ordinal) => raw.sqlite3_column_type(statement, Given(ordinal));

    private int Given(int ordinal) => _onRow && (uint)ordinal < (uint)FieldCount
        ? ordinal
        : throw new InvalidOperationException(_onRow ? $"There is no column {ordinal}." : "No row was read.");

    private static NotSupportedException Unknown(string what) => new(what + " is not kept by SQLite; rows are read by place.");
}
