using System.Security.Cryptography;
using System.Text;
using EdgeHub.Agent.Settlement;

namespace EdgeHub.Tests.Unit.Agent;

/// <summary>A request that was answered before an update is the same request after it: its hash is over the fields of then.</summary>
public sealed class RequestContentTests
{
    private static readonly SettleRequest Request = new("k", 1, ["J06.9"], null, null, false, [new LineGiven("A1", 160.00m, 1m, 160_00)], "op", null);

    [Fact]
    public void Hash_OfASettlementWithoutReferral_IsThatOfTheFirstVersion()
    {
        const string first = """
            {"operation":"settle","target":"v","request":{"requestKey":"k","ordinal":1,"diagnoses":["J06.9"],"disease":null,"serviceDay":null,"useAccount":false,"lines":[{"item":"A1","price":160,"quantity":1,"amount":16000}],"operator":"op","expectedCash":null}}
            """;
        Assert.Equal(SHA256.HashData(Encoding.UTF8.GetBytes(first)), RequestContent.Hash(SettleVisit.Operation, "v", Request));
    }

    [Fact]
    public void Hash_OfASettlementWithAReferral_IsAnother() => Assert.NotEqual(
        RequestContent.Hash(SettleVisit.Operation, "v", Request), RequestContent.Hash(SettleVisit.Operation, "v", Request with { Referral = "Irregular" }));
}
