using EdgeHub.Agent.Access;
using EdgeHub.Agent.CheckIn;
using EdgeHub.Rules.States;

namespace EdgeHub.Agent.Desk.Visits;

/// <summary>The left of the desk: today's queue.</summary>
/// <param name="Current">The visit that is open in the middle; null: none.</param>
/// <param name="Room">Where this desk calls people to; kept in its browser.</param>
public sealed record QueueView(IReadOnlyList<QueueShown> Places, string? Current, string Room)
{
    public const string RoomCookie = "edgehub-room";
    private const int RoomCharacters = 20;

    public IReadOnlyList<QueueShown> Active { get; } = [.. Places.Where(place => place.Row.State is not (QueueState.Done or QueueState.NoShow))];

    public IReadOnlyList<QueueShown> Finished { get; } = [.. Places.Where(place => place.Row.State is QueueState.Done or QueueState.NoShow).Reverse()];

    public int Waiting => Active.Count(place => place.Row.State == QueueState.CheckedIn);

    public int ToPay => Active.Count(place => place.Row.State == QueueState.ToPay);

    /// <summary>Whoever stands in it is seen with it: one look at the list.</summary>
    public static async Task<QueueView> Read(VisitQueue queue, HttpContext http, string? current)
    {
        var places = await queue.Today();
        Sight.Of(http).List("queue", places.Count);
        return new QueueView(places, current, RoomOf(http));
    }

    public static string RoomOf(HttpContext http) => http.Request.Cookies[RoomCookie] is { Length: > 0 and <= RoomCharacters * 6 } kept ? Short(Uri.UnescapeDataString(kept)) : "1";

    /// <summary>Keeps where this desk calls people to, for a year.</summary>
    public static void KeepRoom(HttpContext http, string? room)
    {
        if (room?.Trim() is { Length: > 0 } text && !text.Any(char.IsControl))
        {
            http.Response.Cookies.Append(RoomCookie, Uri.EscapeDataString(Short(text)), new CookieOptions
            {
                MaxAge = TimeSpan.FromDays(365), HttpOnly = true, SameSite = SameSiteMode.Strict, IsEssential = true, Path = "/",
            });
        }
    }

    public static string StateClass(QueueState state) => state switch
    {
        QueueState.Called or QueueState.WithDoctor => "good",
        QueueState.ToPay => "warn",
        _ => "",
    };

    private static string Short(string text) => text.Length > RoomCharacters ? text[..RoomCharacters] : text;
}
