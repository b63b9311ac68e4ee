using System.Diagnostics;
using EdgeHub.Rules;

namespace EdgeHub.Tests.Browser;

/// <summary>A clinic whose disk is so small that it can be filled: a tmpfs, where one may be mounted.</summary>
public sealed class SmallDiskSite : DeskSite
{
    private const int LeftBytes = 16 * 1024;
    private static readonly string Disk = Path.Combine(Path.GetTempPath(), $"desk-small-{System.Environment.ProcessId}");

    /// <summary>Whether one may be mounted: tried, and taken away again.</summary>
    public static bool IsThere { get; } = OperatingSystem.IsLinux() && TryMount() && Unmount();

    private static string Ballast => Path.Combine(Disk, "ballast");

    protected override bool OwnFolder => !IsThere;

    protected override string MakeFolder() => IsThere && TryMount() ? Path.Combine(Disk, "state") : base.MakeFolder();

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        if (IsThere)
        {
            Unmount();
        }
    }

    public static async Task Fill()
    {
        await using var ballast = File.Create(Ballast);
        var zeros = new byte[1 << 16];
        for (var room = new DriveInfo(Disk).AvailableFreeSpace - LeftBytes; room > 0; room -= zeros.Length)
        {
            await ballast.WriteAsync(zeros.AsMemory(0, (int)Math.Min(room, zeros.Length)));
        }
    }

    public static void MakeRoom() => File.Delete(Ballast);

    private static bool TryMount()
    {
        Directory.CreateDirectory(Disk);
        if (Run("mount", "-t", "tmpfs", "-o", "size=48m", "tmpfs", Disk))
        {
            return true;
        }
        Directory.Delete(Disk);
        return false;
    }

    private static bool Unmount()
    {
        Run("umount", Disk);
        Directory.Delete(Disk);
        return true;
    }

    private static bool Run(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardError = true })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false; // No such program: as good as not permitted.
        }
    }
}

[AttributeUsage(AttributeTargets.Method)]
public sealed class SmallDiskTheoryAttribute : TheoryAttribute
{
    public SmallDiskTheoryAttribute() => Skip = SmallDiskSite.IsThere ? null! : "Mounting a small tmpfs is not permitted here.";
}

/// <summary>The disk fills up under an open bill: said on the page and in the bar, what was typed stands, and with room again the same form goes.</summary>
[Collection(OneBrowser.Desk)]
public sealed class FullDiskDeskTests(OneBrowser browser, SmallDiskSite site) : IClassFixture<SmallDiskSite>
{
    private const int MostTries = 60;
    private readonly ClinicDay _day = new(site);

    [SmallDiskTheory]
    [MemberData(nameof(Seen.EveryLanguage), MemberType = typeof(Seen))]
    public async Task FullDisk_IsAStateOfThePage(string language)
    {
        await using var seen = await _day.Open(browser, language);
        await _day.Arrive(seen, _day.NextPerson());
        await ClinicDay.Bill(seen, "A1", "100.00");
        await SmallDiskSite.Fill();
        try
        {
            // The log's room is used up by whatever is written: the quantity, again and again, until nothing goes any more.
            var full = seen.Page.Locator($".notice.bad .code:text-is('{Codes.DiskFull}')");
            var quantity = 1;
            for (; quantity < MostTries && await full.CountAsync() == 0; quantity++)
            {
                await seen.Page.FillAsync("#quantity-0", (quantity + 1).ToString());
                await seen.Page.PressAsync("#quantity-0", "Enter");
                await seen.Page.WaitForLoadStateAsync();
            }
            Assert.Equal(1, await full.CountAsync());
            Assert.Equal(quantity.ToString(), await seen.Page.InputValueAsync("#quantity-0"));
            await seen.Page.WaitForSelectorAsync("#bar :text('" + seen.Word("bar.store.full") + "')");
            await seen.Accessible();
            await seen.Shot("disk-full");
            // Everything can be read meanwhile.
            var other = await seen.Page.Context.NewPageAsync();
            Assert.Equal(200, (await other.GotoAsync("/desk/day"))!.Status);
            await other.CloseAsync();
        }
        finally
        {
            SmallDiskSite.MakeRoom();
        }
        await seen.Page.FillAsync("#quantity-0", "2");
        await seen.Page.PressAsync("#quantity-0", "Enter");
        await seen.Page.WaitForSelectorAsync("button[value=confirm]");
        Assert.Equal(0, await seen.Page.Locator(".notice.bad").CountAsync());
        await seen.Page.ClickAsync("button[value=confirm]");
        await seen.Page.WaitForURLAsync("**/desk/receipt/**");
    }
}
