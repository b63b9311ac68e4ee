using EdgeHub.Sync.Seams;

namespace EdgeHub.Tests.Unit.Hub.Lab;

/// <summary>Lets commits or statements of a store fail as the test says.</summary>
public sealed class BreakingWatch : IStoreWatch
{
    public bool FailsCommit { get; set; }

    /// <summary>A statement that contains this fails; blank: none does.</summary>
    public string FailsAt { get; set; } = "";

    /// <summary>How often each statement ran.</summary>
    public Dictionary<string, int> Counts { get; } = new(StringComparer.Ordinal);

    public void At(StorePoint point, string sql)
    {
        Counts[sql] = Counts.GetValueOrDefault(sql) + 1;
        if (FailsCommit && point == StorePoint.Commit)
        {
            throw new IOException("The commit fails, as the test wants it.");
        }
        if (FailsAt.Length > 0 && sql.Contains(FailsAt, StringComparison.Ordinal))
        {
            throw new InvalidOperationException("The statement fails, as the test wants it.");
        }
    }
}
