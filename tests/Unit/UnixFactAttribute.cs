namespace EdgeHub.Tests.Unit;

/// <summary>A test of a file's modes for owner and others, which Windows has not: there it is reported as skipped. The test beside it is marked
/// as unsupported on Windows, for the compiler.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class UnixFactAttribute : FactAttribute
{
    public UnixFactAttribute()
    {
        if (OperatingSystem.IsWindows())
        {
            Skip = "Windows has no file modes; who may read is decided by access lists there";
        }
    }
}
