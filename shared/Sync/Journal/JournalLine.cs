namespace EdgeHub.Sync.Journal;

/// <summary>What a clock said when a fact was captured; no decision rests on it alone.</summary>
/// <param name="TickMilliseconds">Monotonic milliseconds since the agent's process started.</param>
/// <param name="OffsetMilliseconds">Last known hub time minus own time; null: never heard the hub.</param>
/// <param name="DemoMilliseconds">Offset of a demonstration clock that the wall clock was moved by; 0 in service.</param>
public sealed record ClockReading(long TickMilliseconds, long? OffsetMilliseconds, long DemoMilliseconds);

/// <summary>The head of one journal line, without its body.</summary>
/// <param name="Seq">1, 2, 3 … without gaps in the device's epoch.</param>
/// <param name="Schema">Version of the body's shape for this kind.</param>
/// <param name="Captured">UTC, milliseconds.</param>
/// <param name="CivilDay">The clinic's day, fixed at capture.</param>
public sealed record JournalHead(long Seq, string Kind, int Schema, DateTimeOffset Captured, DateOnly CivilDay, ClockReading Clock);

/// <summary>Position in a device's chain: the last sequence and its hash. Epoch starts at 1, sequence 0 with 32 zero bytes.</summary>
public readonly record struct ChainHead(long Epoch, long Seq, ReadOnlyMemory<byte> Hash);
