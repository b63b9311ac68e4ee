using EdgeHub.Rules.Ids;

namespace EdgeHub.Tests.Unit.Rules.Ids;

/// <summary>What the readers of numbers say at their ends.</summary>
public sealed class IdEndsTests
{
    /// <summary>An old number of fifteen digits is told that there is a new form; another length is told the form.</summary>
    [Fact]
    public void ChineseId_OldForm_IsToldOfTheNewOne()
    {
        Assert.False(ChineseId.TryParse("340524198001010", "id", out _, out var old));
        Assert.False(ChineseId.TryParse("34052419800101", "id", out _, out var wrong));
        Assert.NotEqual(old!.Expected, wrong!.Expected);
    }
}
