using System.CommandLine;
using System.Globalization;
using EdgeHub.Hub.Jobs;
using EdgeHub.Hub.Store;
using EdgeHub.Rules;

namespace EdgeHub.Hub.Feeds;

/// <summary>hub looks: who looked at which person of another catchment, when and why; --desk: whom staff had before them at their own desk.</summary>
public static class LookCommands
{
    private const int MostDays = 3_660;

    public static void Register(CommandFrame frame)
    {
        var person = new Option<string?>("--person") { Description = "Only looks at this person (the insurer's number)." };
        var site = new Option<string?>("--site") { Description = "Only looks of this site." };
        var days = new Option<int>("--days") { Description = "So many days back, 30 unless told.", DefaultValueFactory = _ => 30 };
        var looks = frame.At("looks", "Looks at persons of other catchments: when, which site and device, by what, whom, why. The newest 10,000.");
        looks.Options.Add(person);
        looks.Options.Add(site);
        looks.Options.Add(days);
        var desk = new Option<bool>("--desk") { Description = "Looks of staff at their own desk instead, as the journals tell them: with visit, page and operator." };
        looks.Options.Add(desk);
        frame.OnStore(looks, (parsed, hub) =>
        {
            var back = parsed.GetValue(days);
            if (back is < 1 or > MostDays)
            {
                throw new FaultException(new Fault(Codes.BadNumber, "--days", back.ToString(CultureInfo.InvariantCulture), $"1 to {MostDays}"));
            }
            var since = hub.NowMilliseconds - (back * 24L * 60 * 60 * 1000);
            if (parsed.GetValue(desk))
            {
                var segments = new SegmentReader();
                CsvFile.Write(frame.Output, ["at", "site", "device_no", "person", "visit", "page", "operator"], hub.Read(session =>
                    PersonSeenStore.Since(session, segments, hub.Region, since, parsed.GetValue(person) ?? "", parsed.GetValue(site) ?? "")));
                return CommandFrame.Done;
            }
            CsvFile.Write(frame.Output, ["at", "site", "device_no", "shown", "person", "why"], hub.Read(session =>
                PersonLookStore.Since(session, hub.Region, since, parsed.GetValue(person) ?? "", parsed.GetValue(site) ?? "")));
            return CommandFrame.Done;
        });
    }
}
