using EdgeHub.Hub.Jobs;
using EdgeHub.Rules;
using EdgeHub.Sync.Journal;

namespace EdgeHub.Tests.Unit.Fuzz;

/// <summary>A parser and good input for it.</summary>
/// <param name="Seeds">Good inputs, each of which is taken; what is tried is made of them.</param>
/// <param name="Run">Reads the input and throws what the product may throw; where it is taken, it says what is wrong with what was made of it, or null.</param>
/// <param name="MostAllocated">Bytes that one reading may allocate, whatever the input is.</param>
internal sealed record FuzzTarget(string Name, IReadOnlyList<byte[]> Seeds, Func<byte[], string?> Run, long MostAllocated, Shape Shape = Shape.Bytes)
{
    public const long Usual = 48L << 20;

    /// <summary>Of the reading thread's own; a reading that takes longer is read again, and the least of three counts: the first one compiles.</summary>
    public static readonly TimeSpan MostTime = TimeSpan.FromSeconds(2);

    private const int Readings = 3;

    /// <summary>Inputs that must be refused.</summary>
    public IReadOnlyList<byte[]> Bad { get; init; } = [];

    /// <summary>Makes of an altered inside what the parser gets: sealed, signed or packed anew, so that it is not the seal that refuses it.</summary>
    public Func<byte[], byte[]> Wrap { get; init; } = inside => inside;

    /// <summary>Whether what is thrown is a refusal by name, besides those of every reader of files and messages.</summary>
    public Func<Exception, bool> Refuses { get; init; } = _ => false;

    /// <summary>The input of a case; it depends on the target's name and the number alone.</summary>
    public byte[] Input(int number)
    {
        if (number < Seeds.Count + Bad.Count)
        {
            return number < Seeds.Count ? Wrap(Seeds[number]) : Bad[number - Seeds.Count];
        }
        var mutation = new Mutation(unchecked((int)Chain(Name) + (number * 7_919)));
        var at = mutation.Next(Seeds.Count + Bad.Count);
        if (at >= Seeds.Count)
        {
            return mutation.Of(Bad[at - Seeds.Count], Bad);
        }
        var altered = Shape != Shape.Bytes && mutation.Next(3) > 0 ? new Hostile(mutation).Of(Shape, Seeds[at]) : mutation.Of(Seeds[at], Seeds);
        return Wrap(altered);
    }

    /// <returns>What is wrong; null: taken with its very meaning, or refused by name, in time and within its memory.</returns>
    public string? Try(byte[] input, out bool taken)
    {
        var (wrong, least) = ("", TimeSpan.MaxValue);
        taken = false;
        for (var reading = 0; reading < Readings && least > MostTime; reading++)
        {
            var since = OwnTime.Now;
            wrong = Once(input, out taken);
            least = OwnTime.Now - since is var took && took < least ? took : least;
        }
        return wrong ?? (least > MostTime ? $"{least.TotalSeconds:N1} s for {input.Length} bytes" : null);
    }

    private string? Once(byte[] input, out bool taken)
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
        catch (Exception refused) when (Refuses(refused))
        {
            wrong = null;
        }
        catch (Exception unnamed)
        {
            wrong = $"{unnamed.GetType().Name}: {unnamed.Message} {unnamed.StackTrace?.Split('\n').FirstOrDefault(line => line.Contains("EdgeHub.", StringComparison.Ordinal) && !line.Contains("Tests", StringComparison.Ordinal))?.Trim()}";
        }
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        return wrong ?? (allocated > MostAllocated ? $"{allocated >> 20} MiB allocated for {input.Length} bytes" : null);
    }

    /// <summary>FNV-1a: the same on every machine.</summary>
    private static uint Chain(string name) => name.Aggregate(2_166_136_261u, (hash, letter) => unchecked((hash ^ letter) * 16_777_619u));
}
