using EdgeHub.Rules;
using EdgeHub.Rules.Schemes.OutcomeContracts;
using EdgeHub.Rules.States;

namespace EdgeHub.Tests.Unit.Rules;

public sealed class StateTableTests
{
    private static readonly IStateTable Table = OutcomeContractsStates.Contract;

    [Fact]
    public void After_NameOfAState_GivesWhatMayFollow() => Assert.Equal(["Signed"], Table.After("Draft"));

    /// <summary>A number is no name of a state, though an enumeration would take it.</summary>
    [Theory]
    [InlineData("Nowhere")]
    [InlineData("99")]
    [InlineData("")]
    public void After_NoSuchState_IsRefusedWithTheNames(string state)
    {
        var fault = Assert.Throws<FaultException>(() => Table.After(state)).Fault;
        Assert.Equal((Codes.UnknownCode, "contract", state), (fault.Code, fault.Field, fault.Value));
        Assert.StartsWith("one of Draft, ", fault.Expected, StringComparison.Ordinal);
    }
}
