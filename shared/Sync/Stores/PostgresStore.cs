using System.Data;
using System.Data.Common;
using System.Globalization;
using EdgeHub.Rules;
using EdgeHub.Sync.Seams;
using Npgsql;

namespace EdgeHub.Sync.Stores;

/// <summary>What a connection to PostgreSQL is for.</summary>
public enum PostgresUse
{
    /// <summary>Writes alone: each of its transactions waits until no other writer, of whatever process, is in one. What holds on
    /// SQLite by its one writer holds here by this lock.</summary>
    Alone,

    /// <summary>Writes beside others; what it changes it locks by row.</summary>
    Beside,

    /// <summary>Reads.</summary>
    Reader,
}

/// <summary>A database on PostgreSQL, synchronous_commit on: a commit that returned survives a power cut. A connection that was
/// lost is opened again by the next transaction, with growing rests; nothing is told to be stored before its commit returned.</summary>
public sealed partial class PostgresStore : Store
{
    /// <summary>How long a transaction waits for another one's locks.</summary>
    public const int LockTimeoutMilliseconds = 30_000;

    /// <summary>Longest statement of a writer; a reader's may take <see cref="ReadTimeoutMilliseconds"/>.</summary>
    public const int WriteTimeoutMilliseconds = 120_000;

    public const int ReadTimeoutMilliseconds = 600_000;

    private const int MarginMilliseconds = 5_000;
    private const int ConnectTimeoutSeconds = 10;

    /// <summary>Of advisory locks, ours: one lock for all writers of a database.</summary>
    private const long WriteLock = 0x4564_6765_4875_6231;

    private static readonly TimeSpan ShortestRest = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestRest = TimeSpan.FromSeconds(5);

    private readonly TimeProvider _clock;
    private readonly PostgresUse _use;
    private long _failedAt;
    private TimeSpan _rest;

    private PostgresStore(NpgsqlConnection connection, string name, TimeProvider clock, PostgresUse use, IStoreWatch watch)
        : base(connection, name, watch) => (_clock, _use, _lookedAt) = (clock, use, clock.GetTimestamp());

    public const string EngineName = "postgres";

    public override string Engine => EngineName;

    private NpgsqlConnection Postgres => (NpgsqlConnection)Connection;

    private protected override bool IsLost => Connection.State != ConnectionState.Open;

    /// <summary>As committed only where no statement has failed: PostgreSQL answers a commit behind a failed statement with a
    /// rollback and no error.</summary>
    private protected override string CommitSql => "select 1; commit";

    /// <summary>Connects, sets what is per connection and asserts it.</summary>
    /// <param name="clock">Counts the rests between two tries to connect again.</param>
    /// <exception cref="FaultException">The words of the connection cannot be read.</exception>
    /// <exception cref="StoreException">StoreUnreachable: no server, no such database or user; StoreDamaged: a database that does not
    /// sort as bytes or is not UTF-8.</exception>
    public static PostgresStore Open(string connection, TimeProvider clock, PostgresUse use = PostgresUse.Alone, IStoreWatch? watch = null)
    {
        var words = Words(connection, use);
        var name = $"{words.Database} at {(words.Host is { } host && host.StartsWith('/') ? "this machine" : words.Host)}";
        var store = new PostgresStore(new NpgsqlConnection(words.ToString()), name, clock, use, watch ?? IStoreWatch.None);
        try
        {
            store.Guarded(store.SetUp);
            return store;
        }
        catch (Exception)
        {
            store.Dispose();
            throw;
        }
    }

    internal override StoreException? Fault(Exception exception) => exception switch
    {
        StoreException own => own,
        PostgresException told => Fault(told),
        NpgsqlException lost => Unreachable(lost.Message, lost),
        InvalidOperationException closed when IsLost => Unreachable("the connection was lost", closed),
        _ => null,
    };

    internal override object ToColumn(object? value) => value switch
    {
        null => DBNull.Value,
        DateTimeOffset instant => instant.ToUniversalTime(),
        _ => value,
    };

    internal override string Lists(string sql) => sql.Contains(ListWord, StringComparison.Ordinal) ? ListOf().Replace(sql, "= any($$${place})") : sql;

    /// <summary>Values without a name are $1, $2 … in their order.</summary>
    internal override string ParameterName(int position) => "";

    internal override void Lock(string table, string column, string region, IReadOnlyList<long> numbers) =>
        Prepared($"select {column} from {table} where region = $1 and {column} = any($2) order by {column} for no key update").Execute(region, numbers.ToArray());

    internal override RowWriter Rows(string table, IReadOnlyList<string> columns) => new PostgresRowWriter(
        this, Postgres.BeginBinaryImport($"copy {table} ({string.Join(", ", columns)}) from stdin (format binary)"), columns.Count);

    private protected override string BeginSql(bool forWriting) => !forWriting
        ? "begin isolation level repeatable read, read only"
        : _use == PostgresUse.Alone
            ? string.Create(CultureInfo.InvariantCulture, $"begin; select pg_advisory_xact_lock({WriteLock})")
            : "begin";

    /// <summary>PostgreSQL warns and goes on where there is nothing to roll back.</summary>
    private protected override bool AlreadyRolledBack(DbException exception) => IsLost || exception is not PostgresException;

    private protected override void Ready()
    {
        if (!IsLost)
        {
            return;
        }
        if (_rest > TimeSpan.Zero && _clock.GetElapsedTime(_failedAt) < _rest)
        {
            throw Unreachable(string.Create(CultureInfo.InvariantCulture, $"the connection was lost; it is tried again after {_rest.TotalSeconds} s"), null);
        }
        Reopen();
    }

    private protected override bool Reopened()
    {
        Reopen();
        return true;
    }

    private void Reopen()
    {
        ForgetPrepared();
        Connection.Close();
        try
        {
            Guarded(SetUp);
            _rest = TimeSpan.Zero;
        }
        catch (StoreException)
        {
            _rest = _rest == TimeSpan.Zero ? ShortestRest : _rest * 2 < LongestRest ? _rest * 2 : LongestRest;
            _failedAt = _clock.GetTimestamp();
            Connection.Close();
            throw;
        }
    }

    private StoreException? Fault(PostgresException told)
    {
        var said = $"PostgreSQL {told.SqlState}: {told.MessageText}";
        return told.SqlState switch
        {
            PostgresErrorCodes.DiskFull => new StoreException(Codes.DiskFull, Name, said, told),
            PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected => new StoreException(Codes.Busy, Name, said, told) { MayRunAgain = true },
            PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.QueryCanceled or PostgresErrorCodes.OutOfMemory or PostgresErrorCodes.ConfigurationLimitExceeded
                => new StoreException(Codes.Busy, Name, said, told),
            PostgresErrorCodes.IoError or PostgresErrorCodes.DataCorrupted or PostgresErrorCodes.IndexCorrupted or PostgresErrorCodes.ReadOnlySqlTransaction
                => Damaged(said, told),
            PostgresErrorCodes.InvalidCatalogName or PostgresErrorCodes.TooManyConnections or "25P03" => Unreachable(said, told),
            // 08 connection, 28 who may connect, 57P the server ends or begins
            var state when state.StartsWith("08", StringComparison.Ordinal) || state.StartsWith("28", StringComparison.Ordinal) || state.StartsWith("57P", StringComparison.Ordinal)
                => Unreachable(said, told),
            _ => null,
        };
    }

    private StoreException Unreachable(string said, Exception? inner) => new(Codes.StoreUnreachable, Name, "not reachable: " + said, inner);

    private static NpgsqlConnectionStringBuilder Words(string connection, PostgresUse use)
    {
        try
        {
            var words = new NpgsqlConnectionStringBuilder(connection)
            {
                Pooling = false,
                Enlist = false,
                IncludeErrorDetail = false, // A detail shows the row, and with it a person.
                MaxAutoPrepare = MaxPrepared,
                AutoPrepareMinUsages = 2,
                Timeout = ConnectTimeoutSeconds,
                CommandTimeout = (Longest(use) + MarginMilliseconds) / 1000,
                TcpKeepAlive = true,
                ApplicationName = "EdgeHub " + use,
            };
            return words.Host is { Length: > 0 } && words.Database is { Length: > 0 }
                ? words
                : throw new ArgumentException("Host or Database is missing.");
        }
        catch (Exception unreadable) when (unreadable is ArgumentException or FormatException or KeyNotFoundException)
        {
            // Without the value: it may hold a password.
            throw new FaultException(new Fault(Codes.BadCharacter, "--store", "", "Host=…;Database=…;Username=…;Password=…, as Npgsql reads it"));
        }
    }

    private static int Longest(PostgresUse use) => use == PostgresUse.Reader ? ReadTimeoutMilliseconds : WriteTimeoutMilliseconds;

    private void SetUp()
    {
        Watch.At(StorePoint.Open, "");
        Postgres.Open();
        using var command = Postgres.CreateCommand();
        var longest = Longest(_use);
        command.CommandText = string.Create(CultureInfo.InvariantCulture, $"""
            set statement_timeout = {longest}; set lock_timeout = {LockTimeoutMilliseconds}; set idle_in_transaction_session_timeout = {longest};
            set default_transaction_read_only = {(_use == PostgresUse.Reader ? "on" : "off")};
            set timezone = 'UTC'; set datestyle = 'ISO, YMD'; set default_transaction_isolation = 'read committed'; set standard_conforming_strings = on;
            select set_config('synchronous_commit', case current_setting('synchronous_commit') when 'off' then 'on' else current_setting('synchronous_commit') end, false);
            {Questions}
            """);
        using var answers = command.ExecuteReader();
        while (answers.FieldCount != Expected.Length)
        {
            answers.NextResult();
        }
        answers.Read();
        for (var i = 0; i < Expected.Length; i++)
        {
            Assert(answers.GetName(i), answers.GetString(i), Expected[i]);
        }
    }

    /// <summary>What must hold of a connection. Texts sort by their bytes, as on SQLite: a cursor over codes and every ordered report
    /// rests on it.</summary>
    private const string Questions = """
        select current_setting('server_encoding') as encoding,
            case current_setting('synchronous_commit') when 'off' then 'off' else 'on' end as synchronous_commit,
            case when 'B' < 'a' and '_' < 'a' and 'a b' < 'aa' and 'z' < 'é' and 'é' < '中' then 'bytes' else 'language' end as sorts_by,
            case when pg_is_in_recovery() then 'standby' else 'primary' end as server
        """;

    private static readonly string[] Expected = ["UTF8", "on", "bytes", "primary"];

    private void Assert(string what, string found, string expected)
    {
        if (found == expected || (what == "server" && _use == PostgresUse.Reader))
        {
            return;
        }
        throw what == "server"
            ? Unreachable("the server is a standby, which takes no writes", null)
            : new StoreException(Codes.StoreDamaged, Name, $"{what} is \"{found}\"; expected \"{expected}\": create database … template template0 encoding 'UTF8' lc_collate 'C' lc_ctype 'C.UTF-8'");
    }
}
