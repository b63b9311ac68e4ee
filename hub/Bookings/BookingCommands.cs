using System.CommandLine;
using System.Globalization;
using EdgeHub.Hub.Jobs;
using EdgeHub.Hub.Store;
using EdgeHub.Rules;

namespace EdgeHub.Hub.Bookings;

/// <summary>hub load bookings FILE, hub load fees FILE, hub bookings.</summary>
public static class BookingCommands
{
    private const long MaxJsonBytes = 64L * 1024 * 1024;

    public static void Register(CommandFrame frame)
    {
        Load(frame);
        Fees(frame);
        Show(frame);
    }

    private static void Load(CommandFrame frame)
    {
        var file = new Argument<FileInfo>("file") { Description = "CSV: " + string.Join(',', BookingFile.Columns) + "; or .json: a FHIR R4 Appointment or a Bundle of them" };
        var site = new Option<string>("--site") { Description = "With FHIR: the institution at which the appointments are." };
        var load = frame.At("load bookings", "Visits booked at the sites; who is no member is named and not loaded.");
        load.Arguments.Add(file);
        load.Options.Add(site);
        frame.OnStore(load, (parsed, hub) =>
        {
            var given = parsed.GetRequiredValue(file);
            var (rows, passed) = given.Extension.Equals(".json", StringComparison.OrdinalIgnoreCase)
                ? AppointmentReader.Read(Bytes(given), parsed.GetValue(site) ?? throw new FaultException(new Fault(Codes.Missing, "--site", "", "the code of an institution")))
                : (BookingFile.Read(CsvTable.Read(given, BookingFile.Columns), "file"), 0);
            var done = BookingLoad.Run(hub, rows, passed);
            frame.Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"bookings: {done.Read} read, {done.Changed} new or changed, {done.PassedOver} neither booked nor cancelled"));
            return Named(frame, done);
        });
    }

    private static void Fees(CommandFrame frame)
    {
        var file = new Argument<FileInfo>("file") { Description = "CSV: " + string.Join(',', FeeFile.Columns) };
        var load = frame.At("load fees", "Fees that patients paid anywhere, for the high-cost protection; who is no member is named and not loaded.");
        load.Arguments.Add(file);
        frame.OnStore(load, (parsed, hub) =>
        {
            var done = FeeFile.Load(hub, FeeFile.Read(CsvTable.Read(parsed.GetRequiredValue(file), FeeFile.Columns)));
            frame.Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"fees: {done.Read} read, {done.Changed} new or changed"));
            return Named(frame, done);
        });
    }

    private static int Named(CommandFrame frame, BookingsLoaded done)
    {
        foreach (var key in done.Unknown)
        {
            frame.Output.WriteLine($"not loaded, of nobody who is a member: {key}");
        }
        return done.Unknown.Count == 0 ? CommandFrame.Done : CommandFrame.FoundWrong;
    }

    private static byte[] Bytes(FileInfo file)
    {
        FileFaults.CheckFile(file, MaxJsonBytes);
        return File.ReadAllBytes(file.FullName);
    }

    private static void Show(CommandFrame frame)
    {
        var site = new Option<string>("--site") { Description = "Code of the institution.", Required = true };
        var day = new Option<string>("--day") { Description = "A day, for example 2026-03-02.", Required = true };
        var show = frame.At("bookings", "The visits booked at a site on a day, and how far each went. Moments in UTC.");
        show.Options.Add(site);
        show.Options.Add(day);
        frame.OnStore(show, (parsed, hub) =>
        {
            var text = parsed.GetRequiredValue(day);
            if (!DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var on))
            {
                throw new FaultException(new Fault(Codes.BadDate, "--day", text, "a day, for example 2026-03-02"));
            }
            var from = Midnight(hub, on);
            CsvFile.Write(
                frame.Output, ["starts_utc", "booking", "person", "minutes", "room", "profession", "staff", "state", "source"],
                hub.Read(session => BookingStore.Between(session, hub.Region, parsed.GetRequiredValue(site), from, Midnight(hub, on.AddDays(1)))));
            return CommandFrame.Done;
        });
    }

    private static DateTimeOffset Midnight(HubStore hub, DateOnly day)
    {
        var local = day.ToDateTime(TimeOnly.MinValue);
        return new DateTimeOffset(local, TimeZoneInfo.FindSystemTimeZoneById(hub.Settings.TimeZone).GetUtcOffset(local));
    }
}
