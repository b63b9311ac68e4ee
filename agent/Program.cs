using EdgeHub.Agent;
using EdgeHub.Agent.Access;
using EdgeHub.Agent.Desk;
using EdgeHub.Agent.Kiosk;
using EdgeHub.Agent.LocalApi;
using EdgeHub.Agent.Store;
using EdgeHub.Sync.Seams;
using EdgeHub.Sync.Stores;

#pragma warning disable RS0030 // The one place that hands out the system's clock.
var time = TimeProvider.System;
#pragma warning restore RS0030
var entropy = new SystemEntropy();
var verb = args.Length > 0 && !args[0].StartsWith('-') ? args[0] : "serve";
var builder = WebApplication.CreateSlimBuilder(args.Length > 0 && args[0] == verb ? args[1..] : args);
try
{
    var options = AgentOptions.Of(builder.Configuration);
    switch (verb)
    {
        case "serve":
            return await Serve(options);
        case "enrol":
            using (var enrolling = await Agent.Open(options, time, entropy, IStoreWatch.None))
            {
                return await Verbs.Enrol(enrolling, builder.Configuration["Code"], Console.Out, Console.Error, CancellationToken.None);
            }
        case "staff" or "client" when args is [_, "add", ..]:
            using (var adding = await Agent.Open(options, time, entropy, IStoreWatch.None))
            {
                return await Verbs.Add(adding, verb, builder.Configuration, Console.Out, Console.Error);
            }
        case "journal":
            using (var output = Console.OpenStandardOutput())
            {
                return Verbs.Journal(options, time, entropy, output);
            }
        case "check":
            return Verbs.Check(options, time, entropy, Console.Out);
        case "can-uninstall":
            return Verbs.CanUninstall(options, time, entropy, Console.Out);
        case "export-unsent" or "import-acks":
            return await new HandVerbs(options, builder.Configuration, time, entropy, Console.Out, Console.Error).Run(verb, CancellationToken.None);
        case "recover":
            return await Verbs.Recover(options, builder.Configuration, time, entropy, Console.Out, Console.Error, CancellationToken.None);
        default:
            Console.Error.WriteLine($"\"{verb}\" is no command: serve, enrol --Code CODE, staff add --Number N --Name NAME --Role ROLE, client add --Name NAME, journal, check, export-unsent --Out FILE, import-acks --File FILE, can-uninstall, recover.");
            return 2;
    }
}
catch (Exception wrong) when (wrong is ArgumentException or StateFolderInUse or StoreException)
{
    Console.Error.WriteLine(wrong.Message);
    return wrong is ArgumentException ? 2 : 1;
}

async Task<int> Serve(AgentOptions options)
{
    var urls = AgentOptions.Loopback(builder.Configuration["Urls"]);
    using var agent = await Agent.Open(options, time, entropy, IStoreWatch.None);
    KioskLine.Listen(builder, urls, agent.KioskLine());
    builder.WebHost.ConfigureKestrel(kestrel =>
    {
        (kestrel.AddServerHeader, kestrel.Limits.MaxRequestBodySize, kestrel.Limits.MaxConcurrentConnections) = (false, LocalApi.MaxBodyBytes, LocalApi.MaxConnections);
    });
    AgentLog.AddTo(builder.Logging, options.State);
    agent.AddTo(builder.Services);
    builder.Services.AddLocalApi();
    builder.Services.AddDesk();
    await using var app = builder.Build();
    agent.Warn(app.Logger);
    app.UseDoor();
    app.MapLocalApi();
    app.MapDesk();
    await app.RunAsync();
    return 0;
}
