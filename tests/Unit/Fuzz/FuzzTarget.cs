using EdgeHub.Hub.Jobs;
using EdgeHub.Rules;
using EdgeHub.Sync.Journal;

namespace EdgeHub.Tests.Unit.Fuzz;

/// <summary>A parser and good input for it.</summary>
/// <param name="Seeds">Good inputs; what is tried is made of them.</param>
/// <param name="Run">Reads the input and throws what the product may throw; where it is taken, it says what is wrong with what was made of it, or null.</param>
/// <param name="MostAllocated">Bytes that one reading may allocate, whatever the input is.</param>
internal sealed record FuzzTarget(string Name, IReadOnlyList<byte[]> Seeds, Func<byte[], string?> Run, long MostAllocated)
{
    public const long Usual = 48L << 20;

    /// <returns>What is wrong; null: taken with its very meaning, or refused by name.</returns>
    public string? Try(byte[] input, out bool taken)
    {
        taken = false;
        var before = GC.GetAllocatedBytesForCurrentThread();
        string? wrong;
        try
        {
            wrong = Run(input);
            taken = true;
        }
        catch (JournalFormatException refused)
        {
            wrong = Texts.All.ContainsKey(refused.Code) && refused.Detail.Length > 0 ? null : $"a refusal without a known code or detail: {refused.Message}";
        }
        catch (FaultException refused)
        {
            wrong = refused.Faults.All(fault => Texts.All.ContainsKey(fault.Code) && fault.Field.Length > 0 && fault.Expected.Length > 0) ? null : $"a fault without code, field or expectation: {refused.Message}";
        }
        catch (InputException refused)
        {
            wrong = refused is FileFaultException { Faults: var faults } && !faults.All(fault => fault.Column.Length > 0 && fault.Expected.Length > 0) ? $"a fault without column or expectation: {refused.Message}" : null;
        }
        catch (Exception unnamed)
        {
            wrong = $"{unnamed.GetType().Name}: {unnamed.Message} {unnamed.StackTrace?.Split('\n').FirstOrDefault(line => line.Contains("EdgeHub.", StringComparison.Ordinal) && !line.Contains("Tests", StringComparison.Ordinal))?.Trim()}";
        }
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        return wrong ?? (allocated > MostAllocated ? $"{allocated >> 20} MiB for {input.Length} bytes" : null);
    }
}
