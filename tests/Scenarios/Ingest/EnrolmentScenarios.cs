using System.Net.Http.Json;
using EdgeHub.Hub.Access;
using EdgeHub.Rules;
using EdgeHub.Sync.Journal;
using EdgeHub.Sync.Keys;
using EdgeHub.Sync.Wire;

namespace EdgeHub.Tests.Scenarios.Ingest;

public sealed class EnrolmentScenarios
{
    [Fact]
    public async Task Code_UsedOnce_MakesADeviceThatIsAnsweredAgainWithTheSameKeyOnly()
    {
        await using var hub = await TestHub.StartAsync();
        var code = new Enrolment(hub.Store).NewCode(TestHub.Clinic);
        using var key = EcdsaKeys.Create();
        using var other = EcdsaKeys.Create();
        var request = new EnrolRequest(code, Convert.ToBase64String(key.PublicKey), "test");

        var first = await hub.PostAsync("/sync/v1/enrol", request);
        var lostAnswer = await hub.PostAsync("/sync/v1/enrol", request with { Code = code.ToLowerInvariant().Replace('-', ' ') });
        var somebodyElse = await hub.PostAsync("/sync/v1/enrol", request with { PublicKey = Convert.ToBase64String(other.PublicKey) });

        Assert.True(first.IsSuccessStatusCode);
        Assert.Equal(await first.Content.ReadAsStringAsync(), await lostAnswer.Content.ReadAsStringAsync());
        Assert.Equal(Codes.EnrolmentCodeInvalid, await TestHub.CodeAsync(somebodyElse));
        Assert.Equal(1, hub.Count("select count(*) from device"));
        Assert.Equal(0, hub.Count($"select count(*) from enrolment_code where code_hash like '%{code}%'"));
    }

    [Theory]
    [InlineData(7 * 24 * 3600 - 60, null)]
    [InlineData(7 * 24 * 3600, Codes.EnrolmentCodeInvalid)]
    public async Task Code_SevenDaysOld_IsWorthNothing(int secondsLater, string? refused)
    {
        await using var hub = await TestHub.StartAsync();
        var code = new Enrolment(hub.Store).NewCode(TestHub.Clinic);
        using var key = EcdsaKeys.Create();
        hub.Clock.Moved = TimeSpan.FromSeconds(secondsLater);

        var answer = await hub.PostAsync("/sync/v1/enrol", new EnrolRequest(code, Convert.ToBase64String(key.PublicKey), "test"));

        Assert.Equal(refused is null, answer.IsSuccessStatusCode);
        Assert.Equal(refused ?? "OK", await TestHub.CodeAsync(answer));
    }

    [Theory]
    [InlineData("AAAA-BBBB-CCCC", true, Codes.EnrolmentCodeInvalid)]
    [InlineData("", true, Codes.EnrolmentCodeInvalid)]
    [InlineData("AAAA-BBBB-CCCC", false, Codes.BadCharacter)]
    [InlineData("AAAA-BBBB-CCCC-DDDD-EEEE-FFFF-GGGG-HHHH-JJJJ", true, Codes.TooLong)]
    public async Task Enrolment_UnknownCodeOrNoKey_IsRefusedByName(string code, bool withKey, string refused)
    {
        await using var hub = await TestHub.StartAsync();
        using var key = EcdsaKeys.Create();

        var answer = await hub.PostAsync("/sync/v1/enrol", new EnrolRequest(code, withKey ? Convert.ToBase64String(key.PublicKey) : "bm8ga2V5", "test"));

        Assert.Equal(refused, await TestHub.CodeAsync(answer));
        Assert.Equal(0, hub.Count("select count(*) from device"));
    }

    [Fact]
    public async Task Site_WithADevice_GetsNoSecondOneUntilTheFirstIsRevoked()
    {
        await using var hub = await TestHub.StartAsync();
        var device = await hub.EnrolAsync();

        var refused = Assert.Throws<FaultException>(() => new Enrolment(hub.Store).NewCode(TestHub.Clinic));
        hub.Store.Write(session => AccessStore.Revoke(session, TestHub.Region, device.Name, "stolen", hub.Store.NowMilliseconds));
        var second = await hub.EnrolAsync();

        Assert.Equal(Codes.Duplicated, refused.Fault.Code);
        Assert.Equal((TestHub.Clinic + "-1", TestHub.Clinic + "-2"), (device.Name, second.Name));
    }

    [Fact]
    public async Task RevokedDevice_EnrolledAnewWithItsKey_GoesOnWhereItStood()
    {
        await using var hub = await TestHub.StartAsync();
        var device = await hub.EnrolAsync();
        device.Write(5);
        await device.SendAsync(1, 3);
        hub.Store.Write(session => AccessStore.Revoke(session, TestHub.Region, device.Name, "lost, found again", hub.Store.NowMilliseconds));
        var request = new EnrolRequest(new Enrolment(hub.Store).NewCode(TestHub.Clinic), Convert.ToBase64String(device.Key.PublicKey), "2.0", TestHub.Clinic);

        var elsewhere = await hub.PostAsync("/sync/v1/enrol", request with { Site = TestHub.OtherClinic });
        var back = await (await hub.PostAsync("/sync/v1/enrol", request)).Content.ReadFromJsonAsync<EnrolAnswer>(JournalCodec.Options);
        var again = await hub.PostAsync("/sync/v1/enrol", request);
        var hello = await device.HelloAsync();

        Assert.Equal(Codes.EnrolmentCodeInvalid, await TestHub.CodeAsync(elsewhere));
        Assert.Equal(device.Name, back!.Device);
        Assert.True(again.IsSuccessStatusCode);
        Assert.Equal((1L, 3L), (hello.Epoch, hello.Seq));
        Assert.Equal(JournalAnswer.Acknowledged, (await device.SendAsync(4, 5)).Status);
        Assert.Equal(5, hub.Count("select count(*) from public_entry"));
    }

    [Fact]
    public async Task Ticket_MissingForgedOrOld_OpensNoFeed()
    {
        await using var hub = await TestHub.StartAsync();
        var device = await hub.EnrolAsync();
        var other = await hub.EnrolAsync(TestHub.OtherClinic);
        var good = await device.AuthorizationAsync();
        const string feed = "/sync/v1/feeds/members";

        Assert.True((await device.FeedAsync(feed, good)).IsSuccessStatusCode);
        Assert.Equal(Codes.TicketInvalid, await TestHub.CodeAsync(await device.FeedAsync(feed, "")));
        Assert.Equal(Codes.TicketInvalid, await TestHub.CodeAsync(await device.FeedAsync(feed, good.Replace(device.Name + " ", other.Name + " "))));
        var ticket = (await device.HelloAsync()).Ticket;
        Assert.Equal(Codes.BadSignature, await TestHub.CodeAsync(await device.FeedAsync(feed, Tickets.Header(device.Name, ticket, other.Key))));
        hub.Clock.Moved = TimeSpan.FromHours(1);
        Assert.Equal(Codes.TicketInvalid, await TestHub.CodeAsync(await device.FeedAsync(feed, good)));
        hub.Store.Write(session => AccessStore.Revoke(session, TestHub.Region, device.Name, "stolen", hub.Store.NowMilliseconds));
        Assert.Equal(Codes.Revoked, await TestHub.CodeAsync(await device.FeedAsync(feed, good)));
        Assert.Equal(Codes.Revoked, await TestHub.CodeAsync(await hub.Http.GetAsync($"/sync/v1/hello?device={device.Name}")));
    }
}
