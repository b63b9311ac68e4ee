using System.Buffers;
using System.Data.Common;
using System.Globalization;
using System.Text;
using EdgeHub.Sync.Journal;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace EdgeHub.Sync.Stores;

/// <summary>A statement on SQLite itself, without the driver's reader and parameter objects between: what a settlement or an ingested
/// entry costs is mostly this.</summary>
internal sealed class SqliteStatement : PreparedStatement
{
    private const int ShortTextBytes = 512;

    private readonly SqliteStore _store;
    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;
    private readonly string _sql;
    private readonly bool _changes;
    private readonly SqliteRows _rows;

    /// <summary>Where SQLite keeps $1, $2 …: it numbers names in the order in which it meets them.</summary>
    private readonly int[] _places;

    public SqliteStatement(SqliteStore store, sqlite3 database, string sql) : base(store, sql)
    {
        (_store, _database, _sql) = (store, database, sql);
        Check(raw.sqlite3_prepare_v3(database, store.Lists(sql), raw.SQLITE_PREPARE_PERSISTENT, out _statement, out var rest));
        if (!string.IsNullOrWhiteSpace(rest))
        {
            _statement.Dispose();
            throw new ArgumentException("One statement is prepared at a time: " + sql, nameof(sql));
        }
        _rows = new SqliteRows(database, _statement);
        _changes = raw.sqlite3_stmt_readonly(_statement) == 0;
        _places = new int[raw.sqlite3_bind_parameter_count(_statement)];
        for (var i = 0; i < _places.Length; i++)
        {
            _places[i] = raw.sqlite3_bind_parameter_index(_statement, "$" + (i + 1).ToString(CultureInfo.InvariantCulture));
            if (_places[i] == 0)
            {
                _statement.Dispose();
                throw new ArgumentException($"Parameters are $1 to ${_places.Length}, without gaps: {sql}", nameof(sql));
            }
        }
    }

    public override int Execute(params ReadOnlySpan<object?> values)
    {
        _store.At(_sql);
        Bind(values);
        try
        {
            int code;
            do
            {
                Check(code = raw.sqlite3_step(_statement));
            }
            while (code == raw.SQLITE_ROW);
            return _changes ? raw.sqlite3_changes(_database) : -1;
        }
        finally
        {
            raw.sqlite3_reset(_statement);
        }
    }

    public override object? Scalar(params ReadOnlySpan<object?> values)
    {
        _store.At(_sql);
        Bind(values);
        try
        {
            var code = raw.sqlite3_step(_statement);
            Check(code);
            return code == raw.SQLITE_ROW ? First() : null;
        }
        finally
        {
            raw.sqlite3_reset(_statement);
        }
    }

    /// <summary>Cell by cell, for a <see cref="SqliteRowWriter"/>; places count from 1.</summary>
    internal void BindAt(int place, long value) => Check(raw.sqlite3_bind_int64(_statement, _places[place - 1], value));

    internal void BindAt(int place, string value) => Check(BindText(_places[place - 1], value));

    internal void BindAt(int place, ReadOnlySpan<byte> value) => Check(BindBytes(_places[place - 1], value));

    internal void BindAt(int place, DateOnly value)
    {
        Span<byte> utf8 = stackalloc byte[10];
        value.TryFormat(utf8, out var length, "yyyy-MM-dd", CultureInfo.InvariantCulture);
        Check(raw.sqlite3_bind_text(_statement, _places[place - 1], utf8[..length]));
    }

    internal void BindAt(int place, Guid value) => Check(BindWritten(_places[place - 1], value));

    internal void BindNullAt(int place) => Check(raw.sqlite3_bind_null(_statement, _places[place - 1]));

    internal void StepBound()
    {
        Check(raw.sqlite3_step(_statement));
        raw.sqlite3_reset(_statement);
    }

    internal void Release() => raw.sqlite3_reset(_statement);

    public override DbDataReader Read(params ReadOnlySpan<object?> values)
    {
        _store.At(_sql);
        var rows = _rows.Begin();
        try
        {
            Bind(values);
            return rows;
        }
        catch (Exception)
        {
            rows.Close();
            throw;
        }
    }

    internal override void Run()
    {
        try
        {
            Check(raw.sqlite3_step(_statement));
        }
        finally
        {
            raw.sqlite3_reset(_statement);
        }
    }

    public override void Dispose()
    {
        _statement.Dispose();
        base.Dispose();
    }

    private object? First() => raw.sqlite3_column_type(_statement, 0) switch
    {
        raw.SQLITE_NULL => null,
        raw.SQLITE_INTEGER => raw.sqlite3_column_int64(_statement, 0),
        raw.SQLITE_FLOAT => raw.sqlite3_column_double(_statement, 0),
        raw.SQLITE_BLOB => raw.sqlite3_column_blob(_statement, 0).ToArray(),
        _ => raw.sqlite3_column_text(_statement, 0).utf8_to_string(),
    };

    private void Bind(ReadOnlySpan<object?> values)
    {
        if (values.Length != _places.Length)
        {
            throw new ArgumentException($"The statement has {_places.Length} values, not {values.Length}: {_sql}", nameof(values));
        }
        for (var i = 0; i < values.Length; i++)
        {
            Check(Bind(_places[i], values[i]));
        }
    }

    private int Bind(int place, object? value) => value switch
    {
        null => raw.sqlite3_bind_null(_statement, place),
        long number => raw.sqlite3_bind_int64(_statement, place, number),
        int number => raw.sqlite3_bind_int64(_statement, place, number),
        bool yes => raw.sqlite3_bind_int64(_statement, place, yes ? 1 : 0),
        string text => BindText(place, text),
        byte[] bytes => BindBytes(place, bytes),
        ReadOnlyMemory<byte> bytes => BindBytes(place, bytes.Span),
        double number => raw.sqlite3_bind_double(_statement, place, number),
        Guid or DateOnly or DateTimeOffset => BindWritten(place, value),
        _ => _store.ToColumn(value) is string text
            ? BindText(place, text)
            : throw new ArgumentException($"No column holds a {value.GetType().Name}: {_sql}", nameof(value)),
    };

    /// <summary>The same text as <see cref="SqliteStore.ToColumn"/> gives, without a string between.</summary>
    private int BindWritten(int place, object value)
    {
        Span<byte> utf8 = stackalloc byte[36];
        var length = 0;
        switch (value)
        {
            case Guid id: id.TryFormat(utf8, out length, "D"); break;
            case DateOnly day: day.TryFormat(utf8, out length, "yyyy-MM-dd", CultureInfo.InvariantCulture); break;
            case DateTimeOffset instant: length = Instants.Write(instant, utf8); break;
            default: throw new ArgumentException($"Nothing is written for a {value.GetType().Name}.", nameof(value));
        }
        return raw.sqlite3_bind_text(_statement, place, utf8[..length]);
    }

    /// <summary>An empty span would be bound as null: it has no address.</summary>
    private int BindBytes(int place, ReadOnlySpan<byte> bytes) => bytes.IsEmpty
        ? raw.sqlite3_bind_zeroblob(_statement, place, 0)
        : raw.sqlite3_bind_blob(_statement, place, bytes);

    private int BindText(int place, string text)
    {
        if (text.Length == 0)
        {
            return raw.sqlite3_bind_text(_statement, place, text);
        }
        var most = Encoding.UTF8.GetMaxByteCount(text.Length);
        var rented = most > ShortTextBytes ? ArrayPool<byte>.Shared.Rent(most) : null;
        var utf8 = rented ?? stackalloc byte[ShortTextBytes];
        var code = raw.sqlite3_bind_text(_statement, place, utf8[..Encoding.UTF8.GetBytes(text, utf8)]);
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
        return code;
    }

    private void Check(int code)
    {
        if (code is not (raw.SQLITE_OK or raw.SQLITE_ROW or raw.SQLITE_DONE))
        {
            SqliteException.ThrowExceptionForRC(code, _database);
        }
    }
}
