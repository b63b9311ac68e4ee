namespace EdgeHub.Tests.Unit;

/// <summary>A test of what Linux alone has (/proc): elsewhere it is reported as skipped.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class LinuxFactAttribute : FactAttribute
{
    public LinuxFactAttribute()
    {
        if (!OperatingSystem.IsLinux())
        {
            Skip = "this platform has no /proc/self/smaps";
        }
    }
}
