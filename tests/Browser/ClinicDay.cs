using System.Net.Http.Json;
using EdgeHub.Agent.Desk;
using EdgeHub.Tests.Unit.Agent.Kit;
using Microsoft.Playwright;

namespace EdgeHub.Tests.Browser;

/// <summary>What the scenarios of the desk do over and over: a card in the reader, a bill, a price.</summary>
public sealed class ClinicDay(DeskSite site)
{
    private static int _person;

    /// <summary>A person whom no other scenario of this run has used; of 40.</summary>
    public static int NextPerson() => Interlocked.Increment(ref _person);

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
        await seen.Page.PressAsync("#" + field, "Enter");
        await seen.Page.WaitForURLAsync("**at=*");
    }

    /// <summary>A bill of one item at a price, with a diagnosis.</summary>
    public static async Task Bill(Seen seen, string item, string price, string quantity = "1")
    {
        await Add(seen, "diagnosis", "J06.900");
        await Add(seen, "item", item);
        await seen.Page.FillAsync("#price-0", price);
        await seen.Page.FillAsync("#quantity-0", quantity);
        await seen.Page.PressAsync("#quantity-0", "Enter");
        await seen.Page.WaitForURLAsync("**at=confirm");
    }
}
