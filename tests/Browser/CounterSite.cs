using System.Net.Http.Json;
using System.Text;
using EdgeHub.Sync.Feeds;
using EdgeHub.Tests.Unit.Agent.Kit;
using EdgeHub.Tests.Unit.Devices;
using EdgeHub.Tests.VirtualCard;

namespace EdgeHub.Tests.Browser;

/// <summary>A clinic with a receipt printer and a scanner on serial lines, at a desk and a kiosk; its hub does not answer. Persons 1 to 20
/// are booked for this morning.</summary>
public class CounterSite : DeskSite
{
    private readonly string _links = Directory.CreateTempSubdirectory("kiosk-devices-").FullName;
    private Pty? _scanner;
    private Pty? _hall;

    internal PtyPrinter Printer { get; private set; } = null!;

    /// <summary>Where kiosks on other machines are answered: a second address of this machine stands in for the clinic's network.</summary>
    public Uri Line { get; private set; } = null!;

    protected override string OfflineAfterMinutes => "1";

    private string[]? _flags;

    protected override string[] Flags => _flags ??= Plugged();

    /// <summary>The devices as they are at the start, and the settings that name them.</summary>
    private string[] Plugged()
    {
        var own = Path.Combine(_links, "profiles.csv");
        // As those that we ship, with patience for a machine that does much else.
        File.WriteAllText(own, """
            profile,kind,baud,data_bits,parity,stop_bits,flow,options
            printer-here,printer,115200,8,none,1,none,columns=32 chinese=yes codepage=16:1252 qr=yes cut=yes status=yes answer=10000
            scanner-here,scanner,9600,8,none,1,none,suffix=0D most=64 idle=1000

            """);
        Printer = new PtyPrinter(Path.Combine(_links, "printer")).Plug();
        _scanner = new Pty((_, _) => { }, Path.Combine(_links, "scanner"));
        _hall = new Pty((_, _) => { }, Path.Combine(_links, "hall"));
        Line = new Uri($"https://127.0.0.2:{FreePorts.One()}");
        return
        [
            "--Devices:Serial:Profiles", own,
            "--Devices:Serial:0:Port", Printer.Port, "--Devices:Serial:0:Profile", "printer-here", "--Devices:Serial:0:Name", "till",
            "--Devices:Serial:1:Port", _scanner.Port, "--Devices:Serial:1:Profile", "scanner-here", "--Devices:Serial:1:Name", "door",
            "--Devices:Serial:2:Port", _hall.Port, "--Devices:Serial:2:Profile", "scanner-here", "--Devices:Serial:2:Name", "hall",
            // A slip that comes is told of, however slow the machine is; one that fails says so by itself.
            "--Kiosk:Listen", Line.ToString(), "--Kiosk:SlipSeconds", "60",
        ];
    }

    protected override async Task Prepare(Station station)
    {
        await base.Prepare(station);
        for (var person = 1; person <= 20; person++)
        {
            station.Hub.Change(FeedNames.Bookings, $"K{person}", 0, Reference.Person(person), "2025-03-12T01:30:00.000Z", 20, "3", "physician", "", "Booked", "30000", "SEK");
        }
        // At 09:01: the window of the first opened a minute ago, that of the second opens in three quarters of an hour; the third's closed.
        station.Hub.Change(FeedNames.Bookings, "W1", 0, Reference.Person(21), "2025-03-12T03:00:00.000Z", 20, "3", "", "", "Booked", "", "");
        station.Hub.Change(FeedNames.Bookings, "W2", 0, Reference.Person(22), "2025-03-12T03:45:00.000Z", 20, "3", "", "", "Booked", "", "");
        station.Hub.Change(FeedNames.Bookings, "W3", 0, Reference.Person(23), "2025-03-12T00:55:00.000Z", 20, "3", "", "", "Booked", "", "");
        Assert.Null((await station.Sync()).Failure);
    }

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        Printer.Dispose();
        _scanner?.Dispose();
        _hall?.Dispose();
        Directory.Delete(_links, recursive: true);
    }

    /// <summary>At the scanner "door".</summary>
    public void Scan(string text) => _scanner!.Say(Encoding.UTF8.GetBytes(text));

    public void ScanInTheHall(string text) => _hall!.Say(Encoding.UTF8.GetBytes(text));

    public async Task Card(int person) => (await Agent.Http.PutAsJsonAsync("/api/v1/card", new { cardNumber = Reference.Card(person) })).EnsureSuccessStatusCode();

    public async Task NoCard() => (await Agent.Http.DeleteAsync("/api/v1/card")).EnsureSuccessStatusCode();

    /// <summary>Waits until the agent shows a device so: Ready, Absent, Busy, Faulty.</summary>
    public async Task Shows(string device, string status)
    {
        var begun = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var (_, answer) = await Agent.Get("/api/v1/status");
            var stands = answer!["devices"]!.AsArray().First(each => each!["name"]!.GetValue<string>() == device)!["status"]!.GetValue<string>();
            if (stands == status)
            {
                return;
            }
            Assert.True(TimeProvider.System.GetElapsedTime(begun) < TimeSpan.FromSeconds(60), $"{device} is {stands}, expected {status}");
            await Task.Delay(20);
        }
    }
}
