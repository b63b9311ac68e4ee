using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using EdgeHub.Pages.Assets;
using EdgeHub.Pages.Speech;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Razor;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.WebEncoders;

namespace EdgeHub.Pages.Web;

/// <summary>What a program needs to show pages in this frame: words, encoders, keys for the forms' tokens, Razor Pages without
/// the parts of MVC that no page of ours uses.</summary>
public static class PageParts
{
    /// <param name="seal">Seals the forms' tokens: with a key that outlives the process a form that was open over a restart is still taken.</param>
    /// <param name="program">The assembly with the pages and their tables of words.</param>
    public static IMvcCoreBuilder AddPageParts(this IServiceCollection services, Func<IServiceProvider, IDataProtectionProvider> seal, Assembly program)
    {
        services.AddHttpContextAccessor();
        services.AddSingleton(_ => WordTable.Of(program));
        services.AddScoped(provider => provider.GetRequiredService<WordTable>()
            .For(PageLanguage.Of(provider.GetRequiredService<IHttpContextAccessor>().HttpContext ?? throw new InvalidOperationException("Words are asked for outside a request."))));
        services.AddScoped(provider => provider.GetRequiredService<Words>().Formats);
        // Chinese stays Chinese: only what HTML itself reads is escaped.
        services.Configure<WebEncoderOptions>(encoders => encoders.TextEncoderSettings = new TextEncoderSettings(UnicodeRanges.All));
        services.AddSingleton(seal);
        services.Configure<AntiforgeryOptions>(tokens =>
        {
            (tokens.Cookie.Name, tokens.Cookie.SameSite, tokens.Cookie.HttpOnly, tokens.Cookie.IsEssential) = ("edgehub-form", SameSiteMode.Strict, true, true);
            tokens.SuppressXFrameOptionsHeader = true;
        });
        services.Configure<RouteOptions>(routes => routes.LowercaseUrls = true);
        // Pages lie in their rooms: Desk/Day.cshtml is /desk/day.
        services.Configure<RazorViewEngineOptions>(views => views.ViewLocationExpanders.Clear());
        var pages = services.AddMvcCore(mvc => mvc.Filters.Add(new AutoValidateAntiforgeryTokenAttribute())).AddAuthorization().AddRazorPages(pages => pages.RootDirectory = "/");
        // The framework's own key ring, which nothing asks any more, would be read at every start.
        foreach (var ring in services.Where(part => part.ServiceType == typeof(IHostedService) && part.ImplementationType?.Assembly == typeof(DataProtectionServiceCollectionExtensions).Assembly).ToList())
        {
            services.Remove(ring);
        }
        return pages;
    }

    public static void MapPageParts(this IEndpointRouteBuilder routes)
    {
        routes.MapPageAssets();
        routes.MapPageLanguage();
        routes.MapRazorPages();
    }
}
