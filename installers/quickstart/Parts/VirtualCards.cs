using System.Globalization;
using System.Text.Json.Nodes;

namespace EdgeHub.Quickstart.Parts;

/// <summary>Two card readers without hardware and a box of cards, where Debian's pcscd and vpcd are installed and a private daemon can be
/// started: then the clinic reads real commands of real cards. Elsewhere the agent's simulated reader stays.</summary>
public sealed class VirtualCards(Options options, Children children, TimeProvider clock)
{
    private const string Name = "virtual-cards";
    private readonly int _port = Ports.Free();

    /// <summary>The page on which cards are put in and taken out.</summary>
    public string Url => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{_port}/");

    /// <summary>The daemon's socket; null: there is none, and <see cref="Why"/> says why.</summary>
    public string? Socket { get; private set; }

    public string Why { get; private set; } = "";

    /// <summary>Starts daemon and box, with a good card in the first reader.</summary>
    /// <param name="cards">label|kind|card number|identity number|name|area</param>
    public async Task StartAsync(IReadOnlyList<string> cards, CancellationToken stop)
    {
        var program = Path.Combine(options.Root, "tests", "VirtualCard", "bin", options.Configuration, "net10.0", "EdgeHub.Tests.VirtualCard.dll");
        if (!OperatingSystem.IsLinux() || !File.Exists(program))
        {
            Why = $"{program} was not built";
            return;
        }
        var folder = Path.Combine(options.State, "cards");
        Directory.CreateDirectory(folder);
        await File.WriteAllLinesAsync(Path.Combine(folder, "cards.txt"), cards, stop);
        var box = children.Start(Name, program, ["box", "--folder", folder, "--port", _port.ToString(CultureInfo.InvariantCulture), "--cards", Path.Combine(folder, "cards.txt")]);
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(10) };
        try
        {
            await Ports.ReadyAsync(http, Url + "state", box, () => children.LastWords(Name), clock, stop);
        }
        catch (MorningFault fault)
        {
            Why = box.HasExited ? children.LastWords(Name).Trim() : fault.Message;
            return;
        }
        var state = JsonNode.Parse(await http.GetStringAsync(Url + "state", stop))!;
        children.Adopt(state["process"]!.GetValue<int>());
        Socket = state["socket"]!.GetValue<string>();
        using var put = await http.PostAsync(Url + "put?slot=0&card=0", null, stop);
    }
}
