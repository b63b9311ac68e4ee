using EdgeHub.Sync.Seams;

namespace EdgeHub.Tests.Scenarios.Simulation;

/// <summary>A process died here: nothing behind this moment happened.</summary>
internal sealed class SimulatedCrash(FaultyDisk disk) : Exception($"{disk.Owner} died")
{
    public FaultyDisk Disk { get; } = disk;
}

/// <summary>Stands before and behind every statement and commit of a process's store. Once armed, the process dies there: what lay in
/// its files at that moment is copied for the one that comes after it, and nothing more is written. A full disk refuses what writes. Where
/// the rows lie on a server, every connection may end instead, and the process lives on.</summary>
/// <param name="plan">May say of any point that the process dies there.</param>
internal sealed class FaultyDisk(string owner, Action<FaultyDisk> dies, IHubPlace place, CrashPlan? plan = null) : IStoreWatch
{
    private StorePoint _point;
    private int _left;
    private bool _onlyCut;
    private Action? _met;
    private bool _writes;

    public string Owner { get; } = owner;
    public bool IsDead { get; private set; }
    public bool IsFull { get; set; }

    /// <summary>Commits that wrote something.</summary>
    public long Commits { get; private set; }

    /// <summary>Times that a full disk refused.</summary>
    public long Refused { get; private set; }

    public bool IsArmed => _left > 0;

    /// <summary>Times that all connections ended.</summary>
    public long Cuts { get; private set; }

    /// <summary>Dies at the so many-th point of this kind, counted from now.</summary>
    /// <param name="onlyCut">It lives on, its connections end.</param>
    /// <param name="met">Told when it comes to that.</param>
    public void Arm(StorePoint point, int after, bool onlyCut = false, Action? met = null) => (_point, _left, _onlyCut, _met) = (point, after, onlyCut, met);

    public void Disarm() => _left = 0;

    public void At(StorePoint point, string sql)
    {
        if (IsDead)
        {
            throw new SimulatedCrash(this);
        }
        if (point == StorePoint.Begin)
        {
            _writes = false;
        }
        var isWrite = point == StorePoint.Statement && Writes(sql);
        var isFirst = isWrite && !_writes;
        _writes |= isWrite;
        var counts = point switch
        {
            StorePoint.Statement => isWrite,
            StorePoint.Commit or StorePoint.Committed => _writes,
            _ => true,
        };
        Commits += point == StorePoint.Committed && _writes ? 1 : 0;
        if (counts && _left > 0 && point == _point && --_left == 0)
        {
            _met?.Invoke();
            Break();
        }
        // Of a transaction that ends in the middle there is as much as of one that ends at its beginning: nothing.
        if (counts && (isFirst || point != StorePoint.Statement) && plan?.Strikes(Owner, point, sql) == true)
        {
            _onlyCut = false;
            Break();
        }
        if (IsFull && counts && point is StorePoint.Statement or StorePoint.Commit && IsFull && counts)
        {
            Refused++;
            throw place.Full();
        }
    }

    private void Break()
    {
        if (_onlyCut)
        {
            Cuts += place.Cut() ? 1 : 0;
            return;
        }
        dies(this);
        IsDead = true;
        throw new SimulatedCrash(this);
    }

    /// <summary>Killed from outside, between two of its steps.</summary>
    public void Kill()
    {
        if (!IsDead)
        {
            dies(this);
            IsDead = true;
        }
    }

    private static bool Writes(string sql) =>
        sql.StartsWith("insert", StringComparison.Ordinal) || sql.StartsWith("update", StringComparison.Ordinal) || sql.StartsWith("delete", StringComparison.Ordinal);
}
