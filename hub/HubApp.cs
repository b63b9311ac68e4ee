using EdgeHub.Hub.Access;
using EdgeHub.Hub.Bookings;
using EdgeHub.Hub.Feeds;
using EdgeHub.Hub.Ingest;
using EdgeHub.Hub.Jobs;
using EdgeHub.Hub.Operations;
using EdgeHub.Hub.Settlement;
using EdgeHub.Hub.Store;
using EdgeHub.Rules;
using EdgeHub.Sync.Journal;
using EdgeHub.Sync.Stores;
using Microsoft.AspNetCore.Diagnostics;
using Serilog;

namespace EdgeHub.Hub;

/// <summary>The hub's service: every room adds its parts and maps its endpoints here, and nowhere else.</summary>
public static class HubApp
{
    private const long MaxBodyBytes = 4L * 1024 * 1024;

    /// <summary>Of a body that nobody reads yet, Kestrel keeps so much for each connection.</summary>
    private const long UnreadBytes = 64 * 1024;

    /// <summary>Jobs, writers' lanes and what waits for them.</summary>
    private const int OwnThreads = 8;

    /// <param name="urls">Where it listens; a loopback address until devices speak mutual TLS.</param>
    /// <param name="limits">Of the devices' traffic; null: the usual ones.</param>
    public static WebApplication Build(HubStore hub, string urls, bool quiet = false, SyncLimits? limits = null)
    {
        HaveThreads((limits ?? new SyncLimits()).MostInside);
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseKestrelCore().UseUrls(urls).ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = MaxBodyBytes;
            kestrel.Limits.MaxRequestBufferSize = UnreadBytes;
            kestrel.Limits.MaxConcurrentConnections = 2_000;
            kestrel.AddServerHeader = false;
        });
        builder.Logging.ClearProviders().AddSerilog(Logger(quiet), dispose: true);
        builder.Services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.Encoder = JournalCodec.Options.Encoder;
            json.SerializerOptions.Converters.Add(new InstantConverter());
            json.SerializerOptions.RespectNullableAnnotations = true;
            json.SerializerOptions.RespectRequiredConstructorParameters = true;
        });
        builder.Services.AddSingleton(hub).AddSingleton(hub.Clock).AddSingleton(limits ?? new SyncLimits());
        builder.Services.AddProblemDetails().AddOpenApi("v1");
        builder.Services.AddAccess().AddIngest().AddFeeds().AddBookings().AddSettlement().AddOperations();
        builder.Services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        builder.Services.AddHostedService<JobLoop>();
        var app = builder.Build();
        app.UseExceptionHandler(new ExceptionHandlerOptions { ExceptionHandler = Explain, SuppressDiagnosticsCallback = error => FaultsOf(error.Exception) is not null });
        app.UseStatusCodePages(context => Unanswered(context.HttpContext));
        app.UseMiddleware<SyncGate>();
        app.MapOpenApi();
        app.MapAccess();
        app.MapIngest();
        app.MapFeeds();
        app.MapBookings();
        app.MapOperations(() => app.Services.GetRequiredService<JournalIngest>().UnsignedRefused);
        return app;
    }

    /// <summary>Whoever asks the store holds his thread until it has answered, and the runtime makes one or two more a second: a burst of forty batches waited twenty
    /// seconds for threads, with an idle server behind them. As many as the gate lets in, and the hub's own, are there at once.</summary>
    private static void HaveThreads(int mostInside)
    {
        ThreadPool.GetMinThreads(out var workers, out var ports);
        ThreadPool.SetMinThreads(Math.Max(workers, mostInside + OwnThreads), ports);
    }

    /// <summary>What was given wrongly, and a store that cannot be used, become problem details; anything else is a plain 500.</summary>
    private static async Task Explain(HttpContext http)
    {
        var faults = FaultsOf(http.Features.Get<IExceptionHandlerFeature>()?.Error);
        var answer = faults is null ? Results.Problem(statusCode: StatusCodes.Status500InternalServerError) : Problems.Of(http, Problems.StatusFor(faults[0].Code), faults);
        await answer.ExecuteAsync(http);
    }

    /// <summary>A status that nothing of ours answered says what is wrong too.</summary>
    private static Task Unanswered(HttpContext http)
    {
        var fault = http.Response.StatusCode switch
        {
            StatusCodes.Status404NotFound => new Fault(Codes.NotFound, "path", http.Request.Path, "a path of /openapi/v1.json"),
            StatusCodes.Status405MethodNotAllowed => new Fault(Codes.NotFound, "method", http.Request.Method, "a method of /openapi/v1.json"),
            StatusCodes.Status415UnsupportedMediaType => new Fault(Codes.BadJson, "Content-Type", http.Request.ContentType ?? "", "application/json"),
            _ => null,
        };
        return fault is null ? Task.CompletedTask : Problems.Of(http, http.Response.StatusCode, fault).ExecuteAsync(http);
    }

    /// <summary>Null: a fault of ours, not of the caller or the disk.</summary>
    private static IReadOnlyList<Fault>? FaultsOf(Exception? error) => error switch
    {
        FaultException given => given.Faults,
        StoreException store => [new Fault(store.Code, "store", "", "a store that can be used")],
        BadHttpRequestException bad => [new Fault(Codes.BadJson, "request", "", bad.Message)],
        _ => null,
    };

    private static Serilog.Core.Logger Logger(bool quiet) => new LoggerConfiguration()
        .MinimumLevel.Is(quiet ? Serilog.Events.LogEventLevel.Fatal : Serilog.Events.LogEventLevel.Information)
        .MinimumLevel.Override("Microsoft.AspNetCore", quiet ? Serilog.Events.LogEventLevel.Fatal : Serilog.Events.LogEventLevel.Warning)
        .WriteTo.Console(formatProvider: System.Globalization.CultureInfo.InvariantCulture)
        .CreateLogger();
}
