using System.Text.Json.Nodes;
using EdgeHub.Tests.Unit.Agent.Kit;

namespace EdgeHub.Tests.Scenarios.Joined;

/// <summary>A family's account at two clinics: P1's 12.00 pay for P2 too. Visit type 14 leaves 10 % to the patient.</summary>
public sealed class FamilyTests
{
    private const string Spent = "P1 AccountSpent/Year/2025/* 1200";
    private readonly SetClock _clock = new(Station.Morning);

    [Fact]
    public async Task Account_SpentByTheMemberHere_IsKnownForTheOwnerThere()
    {
        await using var hub = await JoinedHub.Start(_clock);
        hub.SharesAccount(member: 2, owner: 1);
        await using var one = await JoinedAgent.Enrol(hub, JoinedHub.Clinic, _clock);
        await using var other = await JoinedAgent.Enrol(hub, JoinedHub.OtherClinic, _clock);
        var first = await one.Treat(2, 50_00, "14", useAccount: true);
        Assert.Equal(5_00, Account(first));
        await Quiet.Reach(hub, one, other);
        Assert.Equal(7_00, Account(await other.Treat(1, 200_00, "14", useAccount: true)));
        await Quiet.Reach(hub, one, other);

        Assert.Contains(Spent, hub.Accumulators());
        Assert.Equal(0, Account(await one.Treat(2, 50_00, "14", useAccount: true)));
        Assert.Equal("Accepted", (await one.Get($"/api/v1/settlements/{first["settlement"]}"))["decision"]!["status"]!.GetValue<string>());
        await Quiet.Reach(hub, one, other);
    }

    /// <summary>Both clinics spend 12.00 of it without a line: it held 12.00 once. A part refund at one of them gives 8.00 back.</summary>
    [Fact]
    public async Task Account_SpentTwiceWithoutALine_IsWholeAgainAtTheHub()
    {
        await using var hub = await JoinedHub.Start(_clock);
        hub.SharesAccount(member: 2, owner: 1);
        await using var one = await JoinedAgent.Enrol(hub, JoinedHub.Clinic, _clock);
        await using var other = await JoinedAgent.Enrol(hub, JoinedHub.OtherClinic, _clock);
        (one.Line.Up, other.Line.Up) = (false, false);
        var first = await one.Treat(2, 120_00, "14", useAccount: true);
        Assert.Equal((12_00, 12_00), (Account(first), Account(await other.Treat(1, 120_00, "14", useAccount: true))));
        var refund = await one.Post($"/api/v1/settlements/{first["settlement"]}/partial-refund", new
        {
            requestKey = one.Key(), reason = "returned", @operator = "op", lines = new[] { new { no = 1, quantity = 0.3333m, amount = 40_00 } },
        });
        Assert.Equal((8_00, 4_00), (refund["difference"]!["account"]!.GetValue<long>(), Account(refund["now"]!)));
        (one.Line.Up, other.Line.Up) = (true, true);
        await Quiet.Reach(hub, one, other);

        Assert.Contains(Spent, hub.Accumulators());
        Assert.Equal(0, Account(await one.Treat(2, 50_00, "14", useAccount: true)));
        await Quiet.Reach(hub, one, other);
    }

    private static long Account(JsonNode settled) => settled["shares"]!["account"]!.GetValue<long>();
}
