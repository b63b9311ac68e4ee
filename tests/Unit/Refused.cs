using EdgeHub.Rules;

namespace EdgeHub.Tests.Unit;

/// <summary>What a rule says when it refuses: the first field that is wrong.</summary>
public static class Refused
{
    public static string Field(Func<object> rule) => Assert.Throws<FaultException>(rule).Fault.Field;
}
