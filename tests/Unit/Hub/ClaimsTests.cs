using EdgeHub.Hub.Ingest;

namespace EdgeHub.Tests.Unit.Hub;

public sealed class ClaimsTests
{
    [Theory]
    [InlineData("1000000000000", 1)]
    [InlineData("1000000000001", 0)]
    [InlineData("-9223372036854775808", 0)] // its absolute value is no long
    [InlineData("9223372036854775807", 0)]
    public void Add_AmountAtTheEdge_IsNoClaimBeyondIt(string total, int cells)
    {
        var claims = new Claims();
        var body = """{"visitType":"11","currency":"CNY","serviceDay":"2025-03-03","totals":{"total":TOTAL},"shares":{"fund":0,"account":0,"cash":0}}""";

        claims.Add("VisitSettled", System.Text.Encoding.UTF8.GetBytes(body.Replace("TOTAL", total, StringComparison.Ordinal)));

        Assert.Equal(cells, claims.Sums.Count);
    }
}
