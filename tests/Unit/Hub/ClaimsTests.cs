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

    /// <summary>160.00 were claimed; of the 60.00 that remain the fund pays nothing: 100.00 go back, 60.00 of them to the fund.</summary>
    [Fact]
    public void Add_APartialRefund_TakesItsDifferenceBack()
    {
        var claims = new Claims();
        claims.Add("VisitSettled", """{"visitType":"11","currency":"CNY","serviceDay":"2025-03-03","totals":{"total":16000},"shares":{"fund":6000,"account":1200,"cash":8800}}"""u8);
        claims.Add("VisitPartlyRefunded", """
            {"refund":"r","now":{"visitType":"11","currency":"CNY","serviceDay":"2025-03-03","totals":{"total":6000},"shares":{"fund":0,"account":1200,"cash":4800},"lines":[{"no":1}]},
            "difference":{"fund":6000,"account":0,"cash":3800,"catastrophic":300,"assistance":-100},"operator":"op"}
            """u8);
        var (key, sum) = Assert.Single(claims.Sums);
        Assert.Equal(new ClaimKey("11", "2025-03", "CNY"), key);
        Assert.Equal((1, 0, 6_000, 0, 1_200, 5_000), (sum.Settled, sum.Reversed, sum.Total, sum.Fund, sum.Account, sum.Cash));
        Assert.Equal((-300, 100), (sum.Catastrophic, sum.Assistance));
    }

    /// <summary>Of 900.00 the package's fund pays 500.00, catastrophic insurance 150.00 and assistance 50.00; the same again is taken back whole.</summary>
    [Fact]
    public void Add_TheLayers_AreSumsOfTheirOwn()
    {
        var claims = new Claims();
        var shares = "\"shares\":{\"fund\":50000,\"account\":0,\"cash\":20000,\"catastrophic\":15000,\"assistance\":5000}}";
        var settled = System.Text.Encoding.UTF8.GetBytes("{\"visitType\":\"21\",\"currency\":\"CNY\",\"serviceDay\":\"2025-03-03\",\"totals\":{\"total\":90000}," + shares);
        claims.Add("VisitSettled", settled);
        claims.Add("VisitSettled", settled);
        claims.Add("VisitReversed", System.Text.Encoding.UTF8.GetBytes("{\"visitType\":\"21\",\"currency\":\"CNY\",\"serviceDay\":\"2025-03-03\",\"total\":90000," + shares));
        var (_, sum) = Assert.Single(claims.Sums);
        Assert.Equal((2, 1, 90_000, 50_000, 15_000, 5_000, 20_000), (sum.Settled, sum.Reversed, sum.Total, sum.Fund, sum.Catastrophic, sum.Assistance, sum.Cash));
    }

    /// <summary>An invoice that was paid in full is counted beside the settlements: no share of it is known before the hub decides.</summary>
    [Fact]
    public void Add_AnInvoiceForReimbursement_IsCountedApart()
    {
        var claims = new Claims();
        claims.Add("ReimbursementClaimed", """{"claim":"c","currency":"CNY","visitType":"21","serviceDay":"2025-02-28","totals":{"total":123456,"eligible":9},"lines":[{"total":9}]}"""u8);
        var (key, sum) = Assert.Single(claims.Sums);
        Assert.Equal(new ClaimKey("21", "2025-02", "CNY"), key);
        Assert.Equal((1, 123_456, 0, 0, 0), (sum.Invoices, sum.Invoiced, sum.Settled, sum.Total, sum.Cash));
    }

    [Theory]
    [InlineData("""{"now":{"visitType":"11"},"difference":{"fund":1}}""")]
    [InlineData("""{"now":[],"difference":{"fund":1}}""")]
    [InlineData("""{"difference":{"fund":1}}""")]
    [InlineData("""{"now":{"visitType":"11","currency":"CNY","serviceDay":"2025-03-03"},"difference":{"fund":"x"}}""")]
    public void Add_APartialRefundThatCannotBeRead_IsNoClaim(string body)
    {
        var claims = new Claims();
        claims.Add("VisitPartlyRefunded", System.Text.Encoding.UTF8.GetBytes(body));
        Assert.Empty(claims.Sums);
    }
}
