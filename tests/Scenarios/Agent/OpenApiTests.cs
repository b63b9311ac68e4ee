using System.Text.Json.Nodes;
using EdgeHub.Agent.LocalApi;
using EdgeHub.Tests.Unit.Agent.Kit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace EdgeHub.Tests.Scenarios.Agent;

/// <summary>The description at /openapi/v1.json against the endpoints that are mapped.</summary>
public sealed class OpenApiTests
{
    [Fact]
    public async Task Document_DescribesEveryEndpointAndItsProblems()
    {
        await using var station = await Station.Start();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        station.Agent.AddTo(builder.Services, station.Hub);
        builder.Services.AddLocalApi();
        await using var app = builder.Build();
        app.UseLocalApi();
        await app.StartAsync();
        using var http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
        var document = JsonNode.Parse(await http.GetStringAsync("/openapi/v1.json"))!;

        var mapped = app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => Path(endpoint.RoutePattern).StartsWith("/api/", StringComparison.Ordinal))
            .SelectMany(endpoint => endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods.Select(method => $"{method} {Path(endpoint.RoutePattern)}"))
            .Order(StringComparer.Ordinal).ToList();
        var operations = document["paths"]!.AsObject().Where(path => path.Key.StartsWith("/api/", StringComparison.Ordinal))
            .SelectMany(path => path.Value!.AsObject().Select(operation => (Name: $"{operation.Key.ToUpperInvariant()} {path.Key}", Operation: operation.Value!))).ToList();
        Assert.True(mapped.Count >= 18, "the endpoints were found");
        Assert.Equal(mapped, operations.Select(operation => operation.Name).Order(StringComparer.Ordinal));
        Assert.All(operations, operation =>
        {
            var responses = operation.Operation["responses"]!.AsObject();
            Assert.All(Problems.Statuses, status => Assert.NotNull(responses[status.ToString()]?["content"]?["application/problem+json"]?["schema"]));
            Assert.False(string.IsNullOrWhiteSpace(operation.Operation["summary"]?.GetValue<string>()), operation.Name);
            Assert.True(responses["204"] is not null || responses["200"]?["content"]?["application/json"]?["schema"] is not null, operation.Name);
        });
        await app.StopAsync();
    }

    private static string Path(RoutePattern pattern) => "/" + pattern.RawText!.Trim('/');
}
