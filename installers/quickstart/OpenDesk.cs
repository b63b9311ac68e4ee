using System.Text.RegularExpressions;
using EdgeHub.Quickstart.Parts;

namespace EdgeHub.Quickstart;

/// <summary>After the morning one clinic's desk stays open, with a hub behind it and cards to play with, until the operator ends it.</summary>
public static partial class OpenDesk
{
    private const int SampleCards = 4;
    private const string Area = "530924";
    private const string ElsewhereArea = "310101";
    private static readonly (string Number, string Name, string Role)[] Staff =
        [("01", "Sample manager", "manager"), ("02", "Sample doctor", "doctor"), ("03", "Sample cashier", "cashier")];

    /// <summary>Hires sample staff, puts a card into the reader, says where the desk is, and waits.</summary>
    public static async Task RunAsync(Stage stage, CancellationToken stop)
    {
        var (site, screen) = (stage.Village, stage.Screen);
        site.Stop();
        var pins = new List<string>();
        foreach (var (number, name, role) in Staff)
        {
            pins.Add(PinOf().Match(await site.HireAsync(number, name, role, stop)).Groups["pin"].Value);
        }
        var people = Enumerable.Range(0, SampleCards).Select(_ => stage.NextPerson(site)).ToList();
        var cards = new VirtualCards(stage.Options, stage.Children, stage.Clock);
        await cards.StartAsync(CardsOf(people), stop);
        await site.StartAsync(stage.Hub.Url, stop, cards.Socket);
        screen.Title($"The desk of {site.Place.Name} stays open; Ctrl-C ends it and everything behind it");
        screen.Plain($"  {site.Url}/desk");
        screen.Plain("  Sample staff (a PIN that another gave is changed at the first sign-in):");
        foreach (var (person, pin) in Staff.Zip(pins))
        {
            screen.Plain($"    number {person.Number}, PIN {pin}   {person.Role}");
        }
        if (cards.Socket is null)
        {
            await SimulatedAsync(site, screen, people, cards.Why, stop);
        }
        else
        {
            screen.Plain("  Virtual cards: put them into the desk's two readers and take them out on this page (a good one is in reader 1):");
            screen.Plain($"  {cards.Url}");
            screen.Plain("  (pcscd and vpcd of their own, for play alone: while this runs the readers' two ports can be reached from other machines too)");
        }
        await OpenKiosk.PrintAsync(stage, site, people, stop);
        screen.Plain("  Without a line: end the hub's process; with one again: start this once more.");
        await Task.Delay(Timeout.InfiniteTimeSpan, stage.Clock, stop);
    }

    private static async Task SimulatedAsync(AgentSite site, Screen screen, IReadOnlyList<Person> people, string why, CancellationToken stop)
    {
        await site.PresentCardAsync(people[0], stop);
        screen.Plain($"  No virtual card reader: {why}.");
        screen.Plain("  The agent's simulated reader stands in for it, with a sample card in it. Another one in its place, or none:");
        foreach (var person in people)
        {
            screen.Plain($"    curl -X PUT {site.Url}/api/v1/card -H 'Content-Type: application/json' -d '{{\"cardNumber\":\"{person.CardNumber}\"}}'");
        }
        screen.Plain($"    curl -X PUT {site.Url}/api/v1/card -H 'Content-Type: application/json' -d '{{\"cardNumber\":\"{people[^1].CardNumber}\",\"error\":\"CardExpired\"}}'");
        screen.Plain($"    curl -X DELETE {site.Url}/api/v1/card");
    }

    /// <summary>As the box reads them: good ones, and one of each kind that a desk must refuse or cannot read.</summary>
    private static List<string> CardsOf(IReadOnlyList<Person> people) =>
    [
        .. people.Take(SampleCards - 1).Select(person => Line("card of " + person.Name, "good", person, Area)),
        Line("expired card of " + people[^1].Name, "expired", people[^1], Area), Line("blocked card", "blocked", people[^1], Area),
        Line("card of another province", "good", people[^1], ElsewhereArea), Line("card that does not speak", "mute", people[^1], Area),
        Line("a bank card", "unknown", people[^1], Area),
    ];

    private static string Line(string label, string kind, Person person, string area) => $"{label}|{kind}|{person.CardNumber}|{person.IdNumber}|{person.Name}|{area}";

    /// <summary>The first PIN among the words of "staff add".</summary>
    [GeneratedRegex(@"PIN (?<pin>[0-9]+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PinOf();
}
