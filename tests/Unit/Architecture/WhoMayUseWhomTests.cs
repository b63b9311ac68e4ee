using Mono.Cecil;

namespace EdgeHub.Tests.Unit.Architecture;

/// <summary>The table of architecture.md, "who may use whom".</summary>
public sealed class WhoMayUseWhomTests
{
    [Theory]
    [InlineData("Rules", "Rules.Schemes.CountyPackage", false)]
    [InlineData("Rules.Schemes.CountyPackage", "Rules", true)]
    [InlineData("Rules.Schemes.CountyPackage", "Rules.Schemes.CrossRegion", false)]
    [InlineData("Sync", "Rules", true)]
    [InlineData("Sync", "Rules.Schemes.CountyPackage", false)]
    [InlineData("Sync", "Hub.Store", false)]
    [InlineData("Rules", "Sync", false)]
    [InlineData("Pages", "Rules", true)]
    [InlineData("Pages", "Agent.Store", false)]
    [InlineData("Agent.Desk", "Pages", true)]
    [InlineData("Agent.Settlement", "Agent.Store", true)]
    [InlineData("Agent.Settlement", "Sync", true)]
    [InlineData("Agent.Settlement", "Hub.Ledger", false)]
    [InlineData("Hub.Settlement", "Agent.Store", false)]
    [InlineData("Hub.Settlement", "Hub.Ledger", true)]
    [InlineData("Hub.Settlement", "Hub.Ingest", false)]
    [InlineData("Hub.Ledger", "Hub.Store", true)]
    [InlineData("Hub.Ledger", "Hub.Settlement", false)]
    [InlineData("Hub.Schemes.CountyPackage", "Rules.Schemes.CountyPackage", true)]
    [InlineData("Hub.Schemes.CountyPackage", "Hub.Schemes.CrossRegion", false)]
    [InlineData("Hub", "Hub.Ingest", true)]
    [InlineData("Hub", "Agent.Store", false)]
    public void MayUse_Rooms_AsInTheTable(string from, string to, bool may) => Assert.Equal(may, Rooms.MayUse(from, to));

    [Fact]
    public void Types_OfTheProduct_UseOnlyWhatTheirRoomMay() =>
        Repository.AssertNone(Assembled.Product.SelectMany(module => module.Types).SelectMany(Rooms.Wrong));

    [Fact]
    public void Database_IsSpokenTo_OnlyInStores() =>
        Repository.AssertNone(Assembled.Product.SelectMany(module => module.Types).SelectMany(Rooms.WrongDatabase));

    [Fact]
    public void Rules_ReferToTheBaseLibraryAlone() => Repository.AssertNone(OutsideBaseLibrary(Assembled.Rules));

    /// <summary>It checks us, so it knows nothing of us.</summary>
    [Fact]
    public void Checker_RefersToTheBaseLibraryAlone() => Repository.AssertNone(OutsideBaseLibrary(Assembled.Checker));

    [Fact]
    public void AgentAndHub_NeverReferToEachOther()
    {
        Assert.DoesNotContain(Assembled.Agent.AssemblyReferences, each => each.Name == "EdgeHub.Hub");
        Assert.DoesNotContain(Assembled.Hub.AssemblyReferences, each => each.Name == "EdgeHub.Agent");
    }

    [Theory]
    [InlineData("EdgeHub.Hub.SampleFeature.ReachesOver", "Hub.SampleFeature may not use EdgeHub.Hub.SampleOther.Facts")]
    [InlineData("EdgeHub.Rules.Schemes.SampleOne.Rules", "Rules.Schemes.SampleOne may not use EdgeHub.Rules.Schemes.SampleTwo.Rules")]
    [InlineData("EdgeHub.Agent.SampleRoom.Closure", "Agent.SampleRoom may not use EdgeHub.Hub.SampleOther.Facts")]
    public void Breaks_UseOfAnotherRoom_IsFound(string type, string what) =>
        Assert.Contains(new Finding(type, what), Rooms.Wrong(Assembled.Tests.GetType(type)));

    [Fact]
    public void Breaks_DatabaseOutsideAStore_IsFound()
    {
        Assert.NotEmpty(Rooms.WrongDatabase(Assembled.Tests.GetType("EdgeHub.Hub.SampleFeature.ReachesOver")));
        Assert.Empty(Rooms.WrongDatabase(Assembled.Tests.GetType("EdgeHub.Hub.SampleFeature.SampleStore")));
    }

    [Fact]
    public void Breaks_PackageInRules_IsFound() => Assert.Contains(OutsideBaseLibrary(Assembled.Tests), each => each.What.Contains("Mono.Cecil", StringComparison.Ordinal));

    private static IEnumerable<Finding> OutsideBaseLibrary(ModuleDefinition module) => module.AssemblyReferences
        .Where(each => each.Name != "netstandard" && each.Name != "System" && !each.Name.StartsWith("System.", StringComparison.Ordinal))
        .Select(each => new Finding(module.Name, $"refers to {each.Name}"));
}
