using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using EdgeHub.Agent.Access;
using EdgeHub.Agent.Devices;
using EdgeHub.Sync.Feeds;
using EdgeHub.Sync.Journal;
using EdgeHub.Tests.Unit.Agent.Kit;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using PersonSeen = EdgeHub.Sync.Journal.PersonSeen;

namespace EdgeHub.Tests.Scenarios.Fuzz;

/// <summary>The same lists of endpoints and pages: each that shows a patient leaves an entry that says who looked, at whom, by what; each that says it
/// shows nobody shows nobody.</summary>
public sealed partial class AgentHttpFuzzTests
{
    private static readonly TimeSpan Apart = PersonLooks.Once + TimeSpan.FromMinutes(1);

    /// <summary>Whom each call is about. A route that shows a person and has no row fails: a new one is named here.</summary>
    private static readonly Dictionary<string, string> Whom = new(StringComparer.Ordinal)
    {
        ["GET /api/v1/visits/{visit}"] = "P2", ["POST /api/v1/visits/{visit}/quote"] = "P2", ["GET /api/v1/settlements/{id}"] = "P1", ["POST /api/v1/settlements/{id}/partial-refund/quote"] = "P1",
        ["GET /api/v1/requests/{requestKey}"] = "P1", ["GET /api/v1/reimbursements/{id}"] = "P5", ["GET /api/v1/persons/{person}/payables"] = "P1", ["GET /api/v1/card"] = "P4", ["GET /api/v1/readers"] = "P4",
        ["PUT /api/v1/card"] = "P1", ["GET /api/v1/bookings"] = "",
    };

    /// <summary>There is neither a printer nor a scanner here. What they show passes the same filter.</summary>
    private static readonly string[] NoDevice = ["POST /api/v1/settlements/{id}/print", "GET /api/v1/scans"];

    [Fact]
    public async Task LocalApi_EachAnswerThatShowsAPerson_IsAnEntry()
    {
        var claim = await Prepared();
        var seeds = Seeds().ToDictionary(seed => seed.Route, StringComparer.Ordinal);
        var asked = Endpoints().Where(route => route.Shows is not (Shows.Nobody or Shows.OwnEntry)).Select(route => route.Route).ToList();
        Assert.Equal(Whom.Keys.Concat(NoDevice).Order(StringComparer.Ordinal), asked.Order(StringComparer.Ordinal));
        foreach (var route in asked.Except(NoDevice))
        {
            _station.Clock.Advance(Apart);
            var before = (await Looks()).Count;
            var request = route == "GET /api/v1/reimbursements/{id}" ? new HttpRequestMessage(HttpMethod.Get, new Uri($"/api/v1/reimbursements/{claim}", UriKind.Relative)) : await seeds[route].Request(0);
            using var answer = await _http.SendAsync(request);
            Assert.True(answer.IsSuccessStatusCode, $"{route}: {(int)answer.StatusCode}");
            var seen = (await Looks()).Skip(before).ToList();
            Assert.True(seen.Exists(look => look.Person == Whom[route] && look.Operator == "open" && look.Page.StartsWith(route, StringComparison.Ordinal)), $"{route}: {string.Join("; ", seen)}");
        }
    }

    [Fact]
    public async Task Pages_EachThatShowsAPerson_IsAnEntry_AndTheOthersShowNobody()
    {
        var claim = await Prepared();
        var (shown, silent) = (0, 0);
        foreach (var (pattern, name, shows, action) in await Gets())
        {
            _station.Clock.Advance(Apart);
            var before = (await Looks()).Count;
            var who = Roles.May(Roles.Doctor, action) ? "02" : Roles.May(Roles.Manager, action) ? "01" : throw new InvalidOperationException($"{pattern}: neither doctor nor manager may.");
            var path = Path(pattern.Replace("/{ordinal:int=1}", "", StringComparison.Ordinal)) + (pattern.EndsWith("invoice", StringComparison.Ordinal) ? "?claim=" + claim : pattern.EndsWith("evidence", StringComparison.Ordinal) ? "?on=2025-03-12" : "?seen=-1");
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path + (name is null ? "" : "&handler=" + name), UriKind.Relative));
            request.Headers.TryAddWithoutValidation("Cookie", await SignedIn(who));
            using var answer = await _http.SendAsync(request);
            var text = await answer.Content.ReadAsStringAsync();
            Assert.True(answer.IsSuccessStatusCode, $"{path} {name}: {(int)answer.StatusCode}");
            var seen = (await Looks()).Skip(before).ToList();
            if (shows == Shows.Nobody)
            {
                silent++;
                Assert.Empty(seen);
                Assert.DoesNotMatch(Patients(), text);
                continue;
            }
            shown++;
            Assert.True(seen.Exists(look => look.Operator == who && look.Page.StartsWith(pattern, StringComparison.Ordinal)), $"{path} {name}: {string.Join("; ", seen)}");
            Assert.True(!Persons(shows, claim).TryGetValue(pattern, out var person) || seen.Exists(look => look.Person == person), $"{path} {name}: {string.Join("; ", seen)}");
        }
        output.WriteLine($"{shown} pages and pieces show patients, {silent} show none");
        Assert.True(shown >= 10 && silent >= 6, "the pages were found");
    }

    /// <summary>The look is in the check-in's own commit, and what follows within the hour writes nothing: no sync more on the way to the money.</summary>
    [Fact]
    public async Task Quote_AfterTheCheckInByTheSameCaller_WritesNothing()
    {
        using var opened = await _http.SendAsync(await Seeds().Single(seed => seed.Route == "POST /api/v1/visits").Request(0));
        using var visit = JsonDocument.Parse(await opened.Content.ReadAsStringAsync());
        var id = visit.RootElement.GetProperty("visit").GetString();
        var seen = Assert.Single(await Looks());
        Assert.Equal(("P4", id, "POST /api/v1/visits", "open"), (seen.Person, seen.Visit, seen.Page, seen.Operator));
        var written = _station.Store.PagesWritten;
        using var quoted = await _http.PostAsync(new Uri($"/api/v1/visits/{id}/quote", UriKind.Relative), new ByteArrayContent(RouteSeed.Json(_station.Bill(12m))) { Headers = { ContentType = new("application/json") } });
        Assert.True(quoted.IsSuccessStatusCode);
        Assert.Equal(written, _station.Store.PagesWritten);
        Assert.Single(await Looks());
    }

    /// <summary>Something is owed to P1, P5's invoice was taken in, P1 is booked for today, P4's card is in the reader.</summary>
    private async Task<string> Prepared()
    {
        var settlement = _settled.Settlement.ToString("D");
        _station.Hub.Change(FeedNames.Payables, settlement, 0, "P1", settlement, "018f0000-0000-7000-8000-0000000000d1", 20_00L, 20_00L, "AccumulatorsStale", _settled.Epoch, _settled.Seq);
        await _station.Sync();
        var seeds = Seeds().ToDictionary(seed => seed.Route, StringComparer.Ordinal);
        using var booked = await _http.SendAsync(await seeds["POST /api/v1/bookings"].Request(0));
        using var taken = await _http.SendAsync(await seeds["POST /api/v1/reimbursements"].Request(0));
        Assert.True(booked.IsSuccessStatusCode && taken.IsSuccessStatusCode);
        _app.Services.GetRequiredService<CardReaders>().Put("left", ReaderStatus.Read, new CardRead("left", Reference.Card(4), Reference.IdNumber(4), Station.Morning.AddHours(30)) { Name = "样本4" });
        using var json = JsonDocument.Parse(await taken.Content.ReadAsStringAsync());
        return json.RootElement.GetProperty("claim").GetString()!;
    }

    private async Task<List<PersonSeen>> Looks()
    {
        await _station.Sync();
        return [.. _station.Hub.Entries().Where(entry => entry.Head.Kind == Kinds.PersonSeen).Select(entry => JournalCodec.ReadBody<PersonSeen>(System.Text.Encoding.UTF8.GetBytes(entry.Body)))];
    }

    private IEnumerable<(string Route, Shows Shows)> Endpoints() => _app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        .Where(route => route.Metadata.GetMetadata<PageActionDescriptor>() is null && route.Metadata.GetMetadata<NeedsAttribute>() is not null)
        .SelectMany(route => route.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods.Select(method => ($"{method} /{route.RoutePattern.RawText!.Trim('/')}", route.Metadata.GetMetadata<NeedsAttribute>()!.Shows)));

    private async Task<List<(string Pattern, string? Name, Shows Shows, string Action)>> Gets()
    {
        var (found, loader) = (new List<(string, string?, Shows, string)>(), _app.Services.GetRequiredService<PageLoader>());
        foreach (var endpoint in _app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>())
        {
            if (endpoint.Metadata.GetMetadata<PageActionDescriptor>() is { } page)
            {
                var compiled = await loader.LoadAsync(page, endpoint.Metadata);
                foreach (var handler in compiled.HandlerMethods.Where(each => each.HttpMethod == "Get"))
                {
                    if ((handler.MethodInfo.GetCustomAttribute<NeedsAttribute>() ?? compiled.ModelTypeInfo!.GetCustomAttribute<NeedsAttribute>()) is { } needs)
                    {
                        found.Add(("/" + endpoint.RoutePattern.RawText!.Trim('/'), handler.Name, needs.Shows, needs.Action));
                    }
                }
            }
        }
        return [.. found.Distinct()];
    }

    private static Dictionary<string, string> Persons(Shows shows, string claim) => shows switch
    {
        Shows.Visit => new(StringComparer.Ordinal) { ["/desk/visit/{visit}/{ordinal:int=1}"] = "P3" },
        Shows.Settlement => new(StringComparer.Ordinal) { ["/desk/receipt/{settlement:guid}"] = "P1", ["/desk/reverse/{settlement:guid}"] = "P1", ["/desk/refund/{settlement:guid}"] = "P1" },
        Shows.Claim when claim.Length > 0 => new(StringComparer.Ordinal) { ["/desk/invoice"] = "P5" },
        _ => new(StringComparer.Ordinal) { ["/desk/contact"] = "P4", ["/desk/owed"] = "P4" },
    };

    /// <summary>Names, card numbers and identity numbers of the sample patients; staff are 样本01 and on.</summary>
    [GeneratedRegex("样本[1-9]|S0000000[1-9]|[0-9]{17}[0-9X]", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Patients();
}
