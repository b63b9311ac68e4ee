using EdgeHub.Agent.Access;
using Microsoft.AspNetCore.Mvc;

namespace EdgeHub.Agent.Desk.Visits;

/// <summary>Where this desk calls people to, as the waiting room's screen says it.</summary>
[Needs(Actions.SeeQueue, Shows.Nobody)]
public sealed class RoomPage : DeskPage
{
    public override string Title => W["room.title"];

    public string Room => QueueView.RoomOf(HttpContext);

    public void OnGet()
    {
    }

    public IActionResult OnPost(string? room)
    {
        QueueView.KeepRoom(HttpContext, room);
        return Redirect("/desk");
    }
}
