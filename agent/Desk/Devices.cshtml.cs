using EdgeHub.Agent.Access;

namespace EdgeHub.Agent.Desk;

/// <summary>How reader, printer, line and store stand, in plain words, and what to do.</summary>
[Needs(Actions.SeeDevices, Shows.Nobody)]
public sealed class DevicesPage(StatusBar bar) : DeskPage
{
    public override string Title => W["menu.devices"];

    public BarShown Shown { get; private set; } = null!;

    public async Task OnGetAsync() => Shown = await bar.Read();
}
