using EdgeHub.Rules;

namespace EdgeHub.Tests.Unit.Rules;

public sealed class MoneyTests
{
    [Fact]
    public void Split_OfAThird_SumsToTheWhole() =>
        Assert.Equal([Money.Fen(33), Money.Fen(33), Money.Fen(34)], Money.Fen(100).Split([1m, 1m, 1m]));
}
