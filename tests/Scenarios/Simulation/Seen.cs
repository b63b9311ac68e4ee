using System.Text.Json;
using EdgeHub.Agent.Settlement;
using EdgeHub.Agent.CheckIn;

namespace EdgeHub.Tests.Scenarios.Simulation;

/// <summary>What somebody at a desk was told: it must be true for ever.</summary>
/// <param name="Id">Of what was done: a settlement, a reversal, a refund, a claim, a contact.</param>
/// <param name="Shares">Fund, catastrophic, assistance, account, cash; or the one amount.</param>
internal sealed record Seen(SimAgent Agent, string Kind, string Key, string Person, Guid Id, string Shares, DateTimeOffset At)
{
    public static Seen Of(SimAgent agent, KeyedRequest request, byte[] json, DateTimeOffset at)
    {
        var (id, shares) = request.Kind switch
        {
            "settle" => Read<SettledAnswer>(json) is var a ? (a.Settlement, Text(a.Shares)) : default,
            "reverse" => Read<ReversedAnswer>(json) is var a ? (a.Reversal, Text(a.Shares)) : default,
            "part refund" => Read<PartRefundAnswer>(json) is var a ? (a.Refund, Text(a.Now.Shares)) : default,
            "pay out" => Read<PaidAnswer>(json) is var a ? (a.Refund, a.Amount.ToString(System.Globalization.CultureInfo.InvariantCulture)) : default,
            "claim" => Read<ReimbursementAnswer>(json) is var a ? (a.Claim, a.Totals.Total.ToString(System.Globalization.CultureInfo.InvariantCulture)) : default,
            "contact" => (Read<ContactAnswer>(json).Contact, ""),
            _ => throw new InvalidOperationException(request.Kind),
        };
        return new Seen(agent, request.Kind, request.Key, request.Person, id, shares, at);
    }

    public static T Read<T>(byte[] json) => JsonSerializer.Deserialize<T>(json, RequestContent.Json)!;

    public static string Text(SharesShown s) => string.Join('/', s.Fund, s.Catastrophic, s.Assistance, s.Account, s.Cash);
}
