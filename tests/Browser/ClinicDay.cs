using System.Collections.Concurrent;
using System.Net.Http.Json;
using EdgeHub.Tests.Unit.Agent.Kit;

namespace EdgeHub.Tests.Browser;

/// <summary>What the scenarios of the desk do over and over: a card in the reader, a bill, a price.</summary>
public sealed class ClinicDay(DeskSite site)
{
    private static readonly ConcurrentDictionary<DeskSite, int> Persons = new();

    /// <summary>A person whom no other scenario at this clinic has used; of 40.</summary>
    public int NextPerson() => Persons.AddOrUpdate(site, 1, (_, last) => last + 1);

    /// <summary>A browser at this clinic's desk, of somebody who may do everything that these scenarios do.</summary>
    public Task<Seen> Open(OneBrowser browser, string language, bool script = true) => Seen.Open(browser, site.Address, language, script, signedIn: DeskSite.Doctor);

    /// <summary>Another desk, or the clinic's own system, settles a visit of a person: one line of class A.</summary>
    public async Task SettleElsewhere(int person, long fen)
    {
        var (_, visit) = await site.Agent.Post("/api/v1/visits", new { visitType = "11", evidence = new { kind = "idnumber", number = Reference.IdNumber(person) }, @operator = "other" });
        var (status, answer) = await site.Agent.Post($"/api/v1/visits/{visit!["visit"]}/settlements", new
        {
            requestKey = "elsewhere-" + person, diagnoses = new[] { "J06.900" }, useAccount = true, @operator = "other",
            lines = new[] { new { item = "A1", price = fen / 100m, quantity = 1m, amount = fen } },
        });
        Assert.True(status == System.Net.HttpStatusCode.OK, answer?.ToJsonString());
    }

    /// <summary>Takes back what the page of the reversal shows.</summary>
    public async Task Reverse(Seen seen, string reason)
    {
        await seen.Page.CheckAsync($"input[value={reason}]");
        await seen.Page.ClickAsync("button.grave");
        await seen.Page.WaitForURLAsync("**/desk/receipt/**");
    }

    public async Task Card(int person, string? error = null)
    {
        using var answer = await site.Agent.Http.PutAsJsonAsync("/api/v1/card", new { cardNumber = Reference.Card(person), idNumber = Reference.IdNumber(person), error });
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    public async Task Trouble(string error)
    {
        using var answer = await site.Agent.Http.PutAsJsonAsync("/api/v1/card", new { error });
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    public async Task NoCard()
    {
        using var answer = await site.Agent.Http.DeleteAsync("/api/v1/card");
        Assert.True(answer.IsSuccessStatusCode);
    }

    /// <summary>Card in, checked in: the visit's page.</summary>
    public async Task Arrive(Seen seen, int person)
    {
        await Card(person);
        await seen.Go("/desk");
        await seen.Page.ClickAsync("#card button.main");
        await seen.Page.WaitForURLAsync("**/desk/visit/**");
    }

    /// <summary>Types a code, a name or initials and presses Enter.</summary>
    public static async Task Add(Seen seen, string field, string typed)
    {
        await seen.Page.FillAsync("#" + field, typed);
        await seen.Leads(() => seen.Page.PressAsync("#" + field, "Enter"));
        await seen.Page.WaitForURLAsync("**at=*");
    }

    /// <summary>A bill of one item at a price, with a diagnosis.</summary>
    public static async Task Bill(Seen seen, string item, string price, string quantity = "1")
    {
        await Add(seen, "diagnosis", "J06.900");
        await Add(seen, "item", item);
        await seen.Page.FillAsync("#price-0", price);
        await seen.Page.FillAsync("#quantity-0", quantity);
        await seen.Leads(() => seen.Page.PressAsync("#quantity-0", "Enter"));
        await seen.Page.WaitForURLAsync("**at=confirm");
    }
}
