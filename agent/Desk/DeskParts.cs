using EdgeHub.Agent.LocalApi;
using EdgeHub.Pages.Web;

namespace EdgeHub.Agent.Desk;

/// <summary>The desk's parts, and the way of every request through the door of this program.</summary>
public static class DeskParts
{
    public static void AddDesk(this IServiceCollection services)
    {
        services.AddPageParts(provider => ActivatorUtilities.CreateInstance<FormSeal>(provider), typeof(DeskParts).Assembly).AddMvcOptions(mvc => mvc.Filters.Add<DeskGate>());
        services.AddScoped<StatusBar>().AddSingleton<Kiosk.KioskSessions>().AddSingleton<Kiosk.KioskSlips>().AddSingleton<Kiosk.KioskPairs>().AddSingleton<Kiosk.KioskRates>();
    }

    /// <summary>In this order: what browsers are told, failures to answers, the kiosks' own door, this machine only, this program's own pages only, failures
    /// of pages to pages; then the endpoint is chosen.</summary>
    public static void UseDoor(this WebApplication app)
    {
        app.UseMiddleware<PageHeaders>();
        app.UseMiddleware<Failures>();
        app.UseMiddleware<Kiosk.KioskDoor>();
        app.UseMiddleware<LoopbackOnly>();
        app.UseWhen(http => PageFailures.IsPage(http.Request.Path), pages => pages.UseMiddleware<PageFailures>());
        app.UseRouting();
        app.UseMiddleware<ApiGate>();
    }

    public static void MapDesk(this WebApplication app)
    {
        app.MapPageParts();
        app.MapGet("/", () => Results.LocalRedirect("/desk")).ExcludeFromDescription();
    }
}
