using System.Text.Json;
using EdgeHub.Agent.Store;
using EdgeHub.Sync.Stores;

namespace EdgeHub.Agent.Recovery;

/// <summary>How far a recovery is, so that one that is cut off goes on where it was.</summary>
/// <param name="Epoch">What the hub had before it gave a new epoch: afterwards it no longer says.</param>
/// <param name="Aside">Set when the new store is whole: where the damaged files go.</param>
public sealed record RecoveryPlan(long Epoch, long Seq, string Hash, string? Aside);

/// <summary>The folder in which a store is built anew, beside the damaged one, and how it takes its place.</summary>
public sealed class RecoveryFolder(StateFolder folder)
{
    private static readonly string[] Suffixes = ["", "-wal", "-shm", "-mark"];

    private string Root => Path.Combine(folder.Root, "recovering");

    private string PlanFile => Path.Combine(Root, "plan.json");

    public string Database => Path.Combine(Root, "agent.db");

    /// <summary>Null: none was begun.</summary>
    public RecoveryPlan? Plan() => File.Exists(PlanFile) ? JsonSerializer.Deserialize<RecoveryPlan>(File.ReadAllBytes(PlanFile)) : null;

    public void Keep(RecoveryPlan plan) => OwnerFiles.Write(PlanFile, JsonSerializer.SerializeToUtf8Bytes(plan));

    /// <summary>An empty place for the new store.</summary>
    public void Begin()
    {
        OwnerFiles.Folder(Root);
        foreach (var suffix in Suffixes)
        {
            File.Delete(Database + suffix);
        }
    }

    /// <summary>Sets the damaged files aside and puts the new store in their place. It may be called again when it was cut off.</summary>
    public void Swap(string aside)
    {
        OwnerFiles.Folder(aside);
        if (File.Exists(Database))
        {
            foreach (var suffix in Suffixes)
            {
                if (File.Exists(folder.Database + suffix))
                {
                    File.Move(folder.Database + suffix, Path.Combine(aside, "agent.db" + suffix), overwrite: true);
                }
            }
            File.Move(Database, folder.Database);
        }
        Directory.Delete(Root, recursive: true);
    }

    public void Drop()
    {
        if (Directory.Exists(Root) && Plan() is null)
        {
            Directory.Delete(Root, recursive: true);
        }
    }
}
