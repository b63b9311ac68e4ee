using EdgeHub.Sync.Seams;
using Microsoft.Data.Sqlite;

namespace EdgeHub.Tests.Unit.Agent.Kit;

/// <summary>A disk that is full, or does not answer, at one point of each transaction; null: all is well.</summary>
public sealed class FullDisk : IStoreWatch
{
    private const int Full = 13;

    /// <summary>Another has the file: it passes by itself.</summary>
    public const int Busy = 5;

    public StorePoint? At { get; set; }

    public int Code { get; set; } = Full;

    void IStoreWatch.At(StorePoint point, string sql)
    {
        if (point == At && (point != StorePoint.Statement || sql.StartsWith("insert into journal", StringComparison.Ordinal)))
        {
            throw new SqliteException("as the test wants", Code);
        }
    }
}
