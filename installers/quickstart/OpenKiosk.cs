using System.Globalization;
using System.Text.Json.Nodes;
using EdgeHub.Quickstart.Parts;

namespace EdgeHub.Quickstart;

/// <summary>The kiosk and the waiting room's screen of the clinic that stays open: the sample cards' holders are booked for today, so that
/// one can really check in.</summary>
public static class OpenKiosk
{
    /// <summary>A kiosk takes the check-in from two hours before the booked time: this one stays open for nearly as long.</summary>
    private static readonly TimeSpan First = TimeSpan.FromMinutes(110);

    private static readonly TimeSpan Second = TimeSpan.FromMinutes(115);

    /// <summary>Books visits, two for the first card, and says where kiosk and screen are.</summary>
    public static async Task PrintAsync(Stage stage, AgentSite site, IReadOnlyList<Person> persons, CancellationToken stop)
    {
        var screen = stage.Screen;
        var now = stage.Clock.GetUtcNow().AddSeconds(stage.Demo.OffsetSeconds);
        await BookAsync(stage, site, persons[0], now + First, "全科门诊", "杨医生", "physician", stop);
        await BookAsync(stage, site, persons[0], now + Second, "换药室", "", "nurse", stop);
        await BookAsync(stage, site, persons[1], now + First, "全科门诊", "杨医生", "physician", stop);
        screen.Plain("  The kiosk, where patients check themselves in, and the waiting room's screen, which shows who is called:");
        screen.Plain($"    {site.Url}/kiosk");
        screen.Plain($"    {site.Url}/kiosk/calls");
        screen.Plain($"    Today at {Hour(now + First)} and {Hour(now + Second)} the first card is booked, at {Hour(now + First)} the second; a kiosk takes them from now on. The last two cards have no booking.");
        screen.Plain($"    chromium --kiosk --incognito {site.Url}/kiosk      as a patient sees it; Alt-F4 ends it");
    }

    private static async Task BookAsync(
        Stage stage, AgentSite site, Person person, DateTimeOffset starts, string room, string staff, string profession, CancellationToken stop) =>
        (await site.PostAsync("/api/v1/bookings", new JsonObject
        {
            ["requestKey"] = stage.RequestKey(site, "booking"), ["person"] = person.Number, ["starts"] = starts.ToString("yyyy-MM-dd'T'HH:mm:ssK", CultureInfo.InvariantCulture),
            ["minutes"] = 20, ["room"] = room, ["staff"] = staff, ["profession"] = profession, ["operator"] = "sample-01",
        }, stop)).Expect("A visit is booked");

    private static string Hour(DateTimeOffset at) => at.ToOffset(TimeSpan.FromHours(8)).ToString("HH:mm", CultureInfo.InvariantCulture);
}
