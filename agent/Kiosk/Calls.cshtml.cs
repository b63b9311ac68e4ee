using EdgeHub.Agent.Access;
using EdgeHub.Agent.CheckIn;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.ViewFeatures;

namespace EdgeHub.Agent.Kiosk;

/// <summary>The waiting room's screen: numbers that are called and where to go, never a name.</summary>
[ForEverybody]
public sealed class CallsPage(KioskSessions sessions, VisitQueue queue) : KioskPage(sessions)
{
    private const int Most = 6;

    public override string Title => W["kiosk.calls"];

    public override string? Back => null;

    public IReadOnlyList<CallShown> Shown { get; private set; } = [];

    /// <summary>A call is heard as well: /kiosk/calls?sound=on.</summary>
    public bool HasSound { get; private set; }

    public async Task OnGetAsync(string? sound) => (Shown, HasSound) = (await queue.Calls(Most), sound == "on");

    public async Task<IActionResult> OnGetListAsync() => new PartialViewResult
    {
        ViewName = "/Kiosk/_Calls.cshtml",
        ViewData = new ViewDataDictionary<IReadOnlyList<CallShown>>(new EmptyModelMetadataProvider(), new ModelStateDictionary()) { Model = await queue.Calls(Most) },
    };
}
