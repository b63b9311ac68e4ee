using System.Net;
using System.Net.Http.Json;
using EdgeHub.Hub.Feeds;
using EdgeHub.Rules;
using EdgeHub.Sync.Feeds;
using EdgeHub.Sync.Wire;

namespace EdgeHub.Tests.Scenarios.Ingest;

/// <summary>POST /sync/v1/persons/find, over HTTP.</summary>
public sealed class PersonFindScenarios
{
    private static readonly PersonAsked Asked = new(PersonAsked.ById, "IDP1", "0123456789abcdef", "CheckIn");

    [Fact]
    public async Task Find_WithATicket_IsAnsweredSigned_WithoutOneNothingIsToldOrKept()
    {
        await using var hub = await TestHub.StartAsync();
        var device = await hub.EnrolAsync();
        MemberFile.Load(
            hub.Store, [new MemberRow("P1", "IDP1", "", "李文", "1", new DateOnly(1980, 1, 1), "530924101201", "390", "15", "530924", new DateOnly(2025, 1, 1), "", "1", 0)], whole: true);

        using var bare = await hub.PostAsync("/sync/v1/persons/find", Asked, "EdgeHub x y z");
        Assert.Equal(HttpStatusCode.Unauthorized, bare.StatusCode);
        Assert.Equal(0, hub.Store.Read(session => session.ExecuteScalar<long>("select count(*) from person_look")));

        using var found = await hub.PostAsync("/sync/v1/persons/find", Asked, await device.AuthorizationAsync());
        var answer = (await found.Content.ReadFromJsonAsync<PersonAnswer>())!;
        Assert.Equal("P1", Assert.Single(FeedCodec.Read(answer.Pages[0], Convert.FromBase64String(device.Site.HubKey)).Rows).Key);

        for (var i = 1; i < PersonFind.MostInTenMinutes; i++)
        {
            using var more = await hub.PostAsync("/sync/v1/persons/find", Asked, await device.AuthorizationAsync());
            Assert.Equal(HttpStatusCode.OK, more.StatusCode);
        }
        using var many = await hub.PostAsync("/sync/v1/persons/find", Asked, await device.AuthorizationAsync());
        Assert.Equal(HttpStatusCode.TooManyRequests, many.StatusCode);
        Assert.Contains(Codes.TooManyLooks, await many.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
