namespace EdgeHub.Agent.Store;

/// <summary>Tells a full disk from other failures of plain files.</summary>
public static class StoreFull
{
    private const int NoSpaceLinux = 28;
    private const int QuotaLinux = 122;
    private const int DiskFullWindows = unchecked((int)0x80070070);
    private const int HandleDiskFullWindows = unchecked((int)0x80070027);

    public static bool Is(IOException failure) =>
        failure.HResult is NoSpaceLinux or QuotaLinux or DiskFullWindows or HandleDiskFullWindows;
}
