using EdgeHub.Tests.Mutation;
using Microsoft.Testing.Platform.Builder;
using Microsoft.Testing.Platform.Capabilities.TestFramework;

var builder = await TestApplication.CreateBuilderAsync(args);
builder.RegisterTestFramework(_ => new TestFrameworkCapabilities(), (_, _) => new RulesTests());
using var application = await builder.BuildAsync();
return await application.RunAsync();
