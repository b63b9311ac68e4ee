namespace EdgeHub.Tests.Mutation;

/// <summary>The file in which the mutation tool names the mutant that is active: four bytes, -1 for none.</summary>
public static class MutantFile
{
    private const string PathVariable = "STRYKER_MUTANT_FILE";

    public static bool IsMutantActive()
    {
        var path = Environment.GetEnvironmentVariable(PathVariable);
        if (string.IsNullOrEmpty(path) || !File.Exists(path))
        {
            return false;
        }
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        Span<byte> id = stackalloc byte[sizeof(int)];
        file.ReadExactly(id);
        return BitConverter.ToInt32(id) >= 0;
    }
}
