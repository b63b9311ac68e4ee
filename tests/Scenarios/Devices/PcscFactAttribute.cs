using EdgeHub.Tests.VirtualCard;

namespace EdgeHub.Tests.Scenarios.Devices;

/// <summary>A test of a real card daemon: skipped with the reason where this machine cannot have one of its own.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PcscFactAttribute : FactAttribute
{
    internal static readonly string? WhyNot = PrivatePcscd.WhyNot();

    public PcscFactAttribute() => Skip = WhyNot!;
}

[AttributeUsage(AttributeTargets.Method)]
public sealed class PcscTheoryAttribute : TheoryAttribute
{
    public PcscTheoryAttribute() => Skip = PcscFactAttribute.WhyNot!;
}
