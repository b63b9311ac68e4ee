using System.Globalization;
using System.Runtime.Versioning;
using EdgeHub.Agent.Memory;
using EdgeHub.Agent.Store;
using EdgeHub.Tests.Unit.Agent.Kit;

namespace EdgeHub.Tests.Unit.Agent;

/// <summary>When memory is given back, and what of the program's files may be.</summary>
public sealed class MemoryTests
{
    private const long Start = 14_000_000;

    [Fact]
    public void Due_OnceAfterTheStart_ThenWhenThereWasWork_AtMostOnceAMinute()
    {
        using var memory = new GiveBack(new AgentClock(new SetClock(DateTimeOffset.UnixEpoch), 0));
        Assert.False(memory.Due(Start), "the start is work");
        Assert.True(memory.Due(Start + 1_000), "the first quiet look");
        var allocated = Start + 1_000;
        for (var look = 1; look < GiveBack.LooksBetween; look++)
        {
            Assert.False(memory.Due(allocated += GiveBack.QuietBytes), $"look {look} comes within the minute");
        }
        Assert.True(memory.Due(allocated += GiveBack.QuietBytes));
        for (var look = 0; look < 3 * GiveBack.LooksBetween; look++)
        {
            Assert.False(memory.Due(allocated += 100), "nothing to give");
        }
        Assert.False(memory.Due(allocated += GiveBack.QuietBytes + 1), "one byte more than quiet is work");
        Assert.True(memory.Due(allocated));
    }

    [Theory]
    [InlineData("7f3f32000000-7f3f320c5000 r-xp 00000000 08:01 42                         /usr/lib/libcrypto.so.3", true)]
    [InlineData("7f3f32000000-7f3f320c5000 r--p 00000000 08:01 42                         /opt/edgehub/System.Private.CoreLib.dll", true)]
    [InlineData("7f3f32000000-7f3f320c5000 r--s 00000000 08:01 42                         /opt/edgehub/EdgeHub.Agent.dll", true)]
    [InlineData("7f3f32000000-7f3f320c5000 rw-p 00000000 08:01 42                         /usr/lib/libcrypto.so.3", false)]
    [InlineData("7f3f32000000-7f3f320c5000 rw-s 00000000 08:01 42                         /var/lib/edgehub/agent.db-shm", false)]
    [InlineData("7f3f32000000-7f3f320c5000 r--s 00000000 08:01 42                         /var/lib/edgehub/agent.db", false)]
    [InlineData("7f3f32000000-7f3f320c5000 r-xp 00000000 00:00 0 ", false)]
    public void Range_OfAMapping_IsALibraryOnlyWhereItIsReadFromAFileAlone(string line, bool library)
    {
        var range = ProgramPages.Range(line);
        Assert.Equal((0x7f3f32000000L, 0x7f3f320c5000L, library), ((long)range!.Value.Start, (long)range.Value.End, range.Value.IsLibrary));
    }

    [Theory]
    [InlineData("Rss:                 308 kB")]
    [InlineData("Anonymous:             0 kB")]
    [InlineData("VmFlags: rd ex mr mw me sd ")]
    [InlineData("")]
    public void Range_OfAnotherLine_IsNone(string line) => Assert.Null(ProgramPages.Range(line));

    [LinuxFact]
    [SupportedOSPlatform("linux")]
    public void GiveBack_LeavesFewerPagesOfFiles_AndAProgramThatGoesOn()
    {
        var (pages, before) = (new ProgramPages(), FilePages());
        pages.GiveBack();
        Assert.True(FilePages() >= before, "what was not seen standing is left alone");
        pages.Look();
        before = FilePages();
        pages.GiveBack();
        Assert.True(FilePages() < before, $"{before} kB of files before");
        Assert.Equal(50, Enumerable.Range(0, 100).Where(number => number % 2 == 0).Select(number => number.ToString(CultureInfo.InvariantCulture)).Distinct(StringComparer.Ordinal).Count());
    }

    private static long FilePages() => long.Parse(
        File.ReadLines("/proc/self/status").Single(line => line.StartsWith("RssFile:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
}
