using System.Text.RegularExpressions;
using Mono.Cecil;

namespace EdgeHub.Tests.Unit.Architecture;

/// <summary>The few homes of what is banned elsewhere: the clock and randomness, and calls into the platform's own libraries.</summary>
public sealed partial class SeamTests
{
    /// <summary>Program.cs hands out the clock; SystemEntropy is the home of randomness.</summary>
    private static readonly string[] MayLiftTheBan = ["Program.cs", "SystemEntropy.cs"];

    /// <summary>Readers and serial ports are spoken to here alone.</summary>
    private const string Devices = "EdgeHub.Agent.Devices";

    [Fact]
    public void Ban_IsLifted_OnlyInItsHomes() => Repository.AssertNone(Repository.ProductCode.SelectMany(LiftedElsewhere));

    /// <summary>The runtime has no call that brings a folder's entries to the disk.</summary>
    private const string FolderFlush = "EdgeHub.Sync.Stores.OwnerFiles";

    /// <summary>Unmapping a library's pages is one call as well.</summary>
    private const string Unmapping = "EdgeHub.Agent.Memory.ProgramPages";

    /// <summary>SQLite's own library, whose driver has no call for a file layer.</summary>
    private const string FileLayer = "EdgeHub.Sync.Stores.LogVfs";

    [Fact]
    public void PlatformCalls_OfTheProduct_StandInDevices() => Repository.AssertNone(Assembled.Product.SelectMany(module => module.Types)
        .Where(type => type.Namespace != Devices && !type.Namespace.StartsWith(Devices + ".", StringComparison.Ordinal) && type.FullName is not (FolderFlush or Unmapping or FileLayer)).SelectMany(PlatformCalls));

    [Theory]
    [InlineData("agent/Settlement/A.cs", "#pragma warning disable RS0030 // why", true)]
    [InlineData("agent/Settlement/A.cs", "[SuppressMessage(\"a\", \"RS0030\")]", true)]
    [InlineData("agent/Program.cs", "#pragma warning disable RS0030 // the clock's one place", false)]
    [InlineData("agent/Program.cs", "#pragma warning disable RS0030", true)]
    [InlineData("agent/Settlement/A.cs", "var a = 1;", false)]
    public void Breaks_BanLiftedElsewhereOrWithoutAReason_IsFound(string path, string text, bool isFound) =>
        Assert.Equal(isFound, LiftedElsewhere(new RepositoryFile(path, text)).Any());

    [Fact]
    public void Breaks_PlatformCall_IsFound() => Assert.NotEmpty(PlatformCalls(Assembled.Tests.GetType("EdgeHub.Agent.SampleRoom.Native")));

    [Fact]
    public void Breaks_PlatformLibrary_IsFound() => Assert.NotEmpty(PlatformCalls(Assembled.Agent.GetType("EdgeHub.Agent.Devices.Pcsc.PlatformScard")));

    private static IEnumerable<Finding> LiftedElsewhere(RepositoryFile file) => Lifted().Matches(file.Text)
        .Where(match => !MayLiftTheBan.Contains(file.Name, StringComparer.Ordinal) || match.Groups["reason"].Value.Trim().Length == 0)
        .Select(_ => new Finding(file.Path, "lifts the ban on clock and randomness outside its homes, or without a reason"));

    private static IEnumerable<Finding> PlatformCalls(TypeDefinition type) => Assembled.WithNested(type).SelectMany(each => each.Methods)
        .Where(method => method.HasPInvokeInfo).Select(method => new Finding(type.FullName, $"calls {method.PInvokeInfo.Module.Name} {method.Name}"))
        .Concat(Assembled.WithNested(type).SelectMany(Assembled.Mentioned).Where(used => used.FullName == "System.Runtime.InteropServices.NativeLibrary")
            .Select(_ => new Finding(type.FullName, "loads a library of the platform")));

    [GeneratedRegex(@"(#pragma\s+warning\s+disable\s+|SuppressMessage.*)\bRS0030\b[^\n/]*(//(?<reason>[^\n]*))?", RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex Lifted();
}
