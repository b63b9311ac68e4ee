using System.Globalization;
using System.Text.RegularExpressions;
using EdgeHub.Quickstart.Events;
using EdgeHub.Quickstart.Parts;

namespace EdgeHub.Quickstart;

/// <summary>From nothing to a hub with its reference data and five enrolled clinics.</summary>
public static partial class Setup
{
    /// <summary>Two hospitals in the county's town, which share their persons; a clinic of a village there; another township's
    /// hospital and a village clinic there.</summary>
    private static readonly string[] SiteCodes = ["530924100103", "530924100002", "530924100228", "530924100102", "530924100213"];

    private const int PeoplePerVillage = 400;

    public static async Task<Prices> RunAsync(Stage stage, CancellationToken stop)
    {
        var made = Path.Combine(stage.Options.State, "made");
        Directory.CreateDirectory(made);
        await LoadAsync(stage, made, stop);
        await stage.Hub.StartAsync(stop);
        stage.Screen.Step($"The hub answers at {stage.Hub.Url}; the demonstration's clock says 08:00 on 12 March 2025 in Zhenkang.");
        await ClinicsAsync(stage, made, stop);
        var prices = new Prices(Path.Combine(made, "catalogue.csv"));
        return prices;
    }

    /// <summary>The bureau puts a person on the blacklist, and every clinic of the catchment hears of it.</summary>
    public static async Task<string> BlacklistAsync(Stage stage, Person person, Dictionary<string, string> facts, CancellationToken stop)
    {
        var file = Path.Combine(stage.Options.State, "made", "blacklist.csv");
        await File.WriteAllTextAsync(file, $"person,reason,first,last\n{person.Number},sample: card lent to others,2025-03-12,\n", stop);
        await stage.Hub.CommandAsync(stop, "load", "blacklist", file);
        facts["person"] = person.Number;
        foreach (var site in stage.Sites)
        {
            (await site.SyncAsync(stop)).Expect($"{site.Place.Name}, a round with the hub");
        }
        return "The bureau puts a card on the blacklist; the clinics hear of it with their next round.";
    }

    private static async Task LoadAsync(Stage stage, string made, CancellationToken stop)
    {
        var (hub, screen) = (stage.Hub, stage.Screen);
        string Data(string name) => Path.Combine(stage.Options.Root, "installers", "quickstart", "data", name);
        string Made(string name) => Path.Combine(made, name);
        string[] store = stage.Options.Store is { } words ? ["--store", words] : [];
        await hub.CommandAsync(stop, ["init", "--region", "530924", "--demo-offset-seconds", stage.Demo.OffsetSeconds.ToString(CultureInfo.InvariantCulture), .. store]);
        if (store.Length > 0)
        {
            screen.Step("The hub keeps its store on PostgreSQL.");
        }
        await hub.CommandAsync(stop, "load", "institutions", Data("institutions-sample.csv"));
        await hub.CommandAsync(stop, "load", "parameters", Data("parameters-sample.csv"));
        await hub.CommandAsync(stop, "load", "policy", Data("policy-2025-sample.json"));
        await hub.CommandAsync(stop, "load", "budget", Data("budget-2025-sample.json"));
        screen.Step("Loaded: 86 institutions of 7 townships and 76 villages, offline limits, benefit rates, the year's budget (sample).");
        await hub.SampleAsync(stop, "sample", "catalogue", "--nrdl", Data("cn_nrdl_2024_drug_catalogue.csv"), "--out", Made("catalogue.csv"));
        await hub.CommandAsync(stop, "load", "catalogue", Made("catalogue.csv"));
        screen.Step("Loaded: the national drug catalogue of 2024, with sample prices and services.");
        var population = stage.Options.Population.ToString(CultureInfo.InvariantCulture);
        await hub.SampleAsync(stop, "sample", "members", "--count", population, "--seed", stage.Options.Seed.ToString(CultureInfo.InvariantCulture),
            "--villages", Data("cn_zhenkang_villages_2023.csv"), "--out", Made("members.csv"));
        screen.Step(string.Create(CultureInfo.InvariantCulture, $"Made: {stage.Options.Population:N0} synthetic insured persons, seed {stage.Options.Seed}."));
        await hub.CommandAsync(stop, "load", "members", Made("members.csv"));
        screen.Step("Loaded: the insured persons.");
    }

    private static async Task ClinicsAsync(Stage stage, string made, CancellationToken stop)
    {
        var places = County.Places(Path.Combine(stage.Options.Root, "installers", "quickstart", "data", "institutions-sample.csv"))
            .ToDictionary(place => place.Code, StringComparer.Ordinal);
        var codes = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var code in SiteCodes)
        {
            stage.Sites.Add(new AgentSite(stage.Options, stage.Children, places[code], stage.Clock, stage.Demo));
            codes[code] = OneTimeCode().Match(await stage.Hub.CommandAsync(stop, "device", "add", "--site", code)).Value;
        }
        await Task.WhenAll(stage.Sites.Select(async site =>
        {
            await site.StartAsync(stage.Hub.Url, stop);
            await site.EnrolAsync(stage.Hub.Url, codes[site.Place.Code], stop);
        }));
        stage.Screen.Step($"{stage.Sites.Count} clinics are enrolled, each with its own key: {string.Join(", ", stage.Sites.Select(site => site.Place.Name))}.");
        await Lines.AllSentAsync(stage, stop);
        Seat(stage, Path.Combine(made, "members.csv"));
        stage.Screen.Step("The clinics hold the persons of their catchments, the catalogue, the rates and the limits.");
    }

    /// <summary>Each person waits at one site only: at the clinic of the own village, else at the hospitals of the catchment in turn.</summary>
    private static void Seat(Stage stage, string members)
    {
        var villages = stage.Sites.SelectMany(site => site.Place.Villages).ToHashSet(StringComparer.Ordinal);
        var seats = stage.Sites.ToDictionary(site => site, _ => new List<Person>());
        var turn = 0;
        foreach (var person in County.People(members, villages, PeoplePerVillage))
        {
            var own = stage.Sites.Where(site => site.Place.Villages.Contains(person.Village)).ToArray();
            var clinic = Array.Find(own, site => site.Place.Level == 0);
            seats[clinic ?? own[turn++ % own.Length]].Add(person);
        }
        foreach (var (site, people) in seats)
        {
            stage.Seat(site, people);
        }
    }

    /// <summary>The one-time code among the words of "device add".</summary>
    [GeneratedRegex(@"\b[A-Z0-9]{4}(-[A-Z0-9]{4}){1,6}\b", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex OneTimeCode();
}
