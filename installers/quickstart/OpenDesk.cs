using System.Text.RegularExpressions;
using EdgeHub.Quickstart.Parts;

namespace EdgeHub.Quickstart;

/// <summary>After the morning one clinic's desk stays open, with a hub behind it and cards to play with, until the operator ends it.</summary>
public static partial class OpenDesk
{
    private const int SampleCards = 4;
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
        await site.StartAsync(stage.Hub.Url, stop);
        var persons = Enumerable.Range(0, SampleCards).Select(_ => stage.NextPerson(site)).ToList();
        var cards = persons.ConvertAll(person => person.CardNumber);
        await site.PresentCardAsync(persons[0], stop);
        screen.Title($"The desk of {site.Place.Name} stays open; Ctrl-C ends it and everything behind it");
        screen.Plain($"  {site.Url}/desk");
        screen.Plain("  Sample staff (a PIN that another gave is changed at the first sign-in):");
        foreach (var (person, pin) in Staff.Zip(pins))
        {
            screen.Plain($"    number {person.Number}, PIN {pin}   {person.Role}");
        }
        screen.Plain("  A sample card is in the virtual reader. Another one in its place, or none:");
        foreach (var card in cards)
        {
            screen.Plain($"    curl -X PUT {site.Url}/api/v1/card -H 'Content-Type: application/json' -d '{{\"cardNumber\":\"{card}\"}}'");
        }
        screen.Plain($"    curl -X PUT {site.Url}/api/v1/card -H 'Content-Type: application/json' -d '{{\"cardNumber\":\"{cards[^1]}\",\"error\":\"CardExpired\"}}'");
        screen.Plain($"    curl -X DELETE {site.Url}/api/v1/card");
        await OpenKiosk.PrintAsync(stage, site, persons, stop);
        screen.Plain("  Without a line: end the hub's process; with one again: start this once more.");
        await Task.Delay(Timeout.InfiniteTimeSpan, stage.Clock, stop);
    }

    /// <summary>The first PIN among the words of "staff add".</summary>
    [GeneratedRegex(@"PIN (?<pin>[0-9]+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PinOf();
}
