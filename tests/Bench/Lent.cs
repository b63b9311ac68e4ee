namespace EdgeHub.Tests.Bench;

/// <summary>Something that parts of the bench need and that is started when the first one asks; where it cannot be had, the part
/// that asked is named in the report and left out.</summary>
internal sealed class Lent<T>(Func<(T? Thing, string Why)> start) : IDisposable where T : class, IDisposable
{
    private (T? Thing, string Why)? _started;

    public T? For(string part, Report report)
    {
        var (thing, why) = _started ??= start();
        if (thing is null)
        {
            report.Missing(part, why);
        }
        return thing;
    }

    public void Dispose() => _started?.Thing?.Dispose();
}
