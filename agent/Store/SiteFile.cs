using System.Text.Json;
using EdgeHub.Agent.Access;
using EdgeHub.Sync.Stores;

namespace EdgeHub.Agent.Store;

/// <summary>What enrolment told, once more beside the keys: a store that is lost whole is recovered with it. No personal value.</summary>
public static class SiteFile
{
    private const string Name = "site.json";

    public static void Keep(string keys, SiteFacts site)
    {
        try
        {
            if (Read(keys) is { } kept && JsonSerializer.Serialize(kept) == JsonSerializer.Serialize(site))
            {
                return;
            }
            OwnerFiles.Folder(keys);
            OwnerFiles.Write(Path.Combine(keys, Name), JsonSerializer.SerializeToUtf8Bytes(site));
        }
        catch (Exception full) when (full is IOException or UnauthorizedAccessException)
        {
            // It is written with the next start; the store itself has it.
        }
    }

    /// <summary>Null: none, or not readable.</summary>
    public static SiteFacts? Read(string keys)
    {
        try
        {
            return File.Exists(Path.Combine(keys, Name)) ? Parsed(File.ReadAllBytes(Path.Combine(keys, Name))) : null;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Null: not what is kept of a site.</summary>
    public static SiteFacts? Parsed(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize<SiteFacts>(json) is { Region: not null, Site: not null, Device: not null, HubKey: not null, Hub: not null, TimeZone: not null, Villages: not null } site ? site : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
