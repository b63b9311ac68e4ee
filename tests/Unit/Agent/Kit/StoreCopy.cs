namespace EdgeHub.Tests.Unit.Agent.Kit;

/// <summary>A backup of an agent's store, and putting it back.</summary>
internal static class StoreCopy
{
    public static string Of(string folder)
    {
        var copy = Station.NewFolder();
        foreach (var file in Directory.GetFiles(folder, "agent.db*"))
        {
            File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
        }
        return copy;
    }

    public static void PutBack(string backup, string folder)
    {
        foreach (var file in Directory.GetFiles(folder, "agent.db*"))
        {
            File.Delete(file);
        }
        foreach (var file in Directory.GetFiles(backup))
        {
            File.Move(file, Path.Combine(folder, Path.GetFileName(file)));
        }
        Directory.Delete(backup);
    }
}
