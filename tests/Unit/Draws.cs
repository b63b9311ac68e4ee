namespace EdgeHub.Tests.Unit;

/// <summary>How many cases a test draws: all of them, but a tenth where the same test is asked once for every mutant.</summary>
public static class Draws
{
#if MUTATION
    public const bool IsFew = true;
#else
    public const bool IsFew = false;
#endif

    public static int Of(int count) => IsFew ? count / 10 : count;
}
