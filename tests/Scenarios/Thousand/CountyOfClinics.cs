using System.Globalization;
using EdgeHub.Hub.Access;
using EdgeHub.Hub.Feeds;
using EdgeHub.Hub.Store;
using EdgeHub.Rules.Ids;
using EdgeHub.Sync.Journal;
using EdgeHub.Sync.Stores;
using EdgeHub.Tests.Scenarios.Joined;
using EdgeHub.Tests.Unit.Agent.Kit;

namespace EdgeHub.Tests.Scenarios.Thousand;

/// <summary>A hub that knows many clinics and their patients, and each clinic's day, which its agent has not sent yet: 10 to 40 lines
/// of check-ins and settlements that a real agent wrote, each device's for its own patients.</summary>
internal sealed class CountyOfClinics : IAsyncDisposable
{
    private const int FewestEntries = 10;
    private const int MostEntries = 40;
    private const int VisitsOfEach = 3;
    private const int FirstDeviceNo = 1_000;
    private const string FirstSite = "530924200000";
    private const string BehindLastSite = "530924300000";

    private CountyOfClinics(JoinedHub hub, IReadOnlyList<AgentDay> days) => (Hub, Days) = (hub, days);

    public JoinedHub Hub { get; }
    public IReadOnlyList<AgentDay> Days { get; }
    public string Folder => Path.Combine(Hub.Folder, "hub");
    public int Events => Days.Sum(day => day.Lines.Count);

    /// <summary>The hub is closed then: a process of the test's serves it.</summary>
    /// <param name="words">As for <see cref="JoinedHub.Start"/>.</param>
    public static async Task<CountyOfClinics> Make(SetClock clock, int clinics, string? words = null)
    {
        var hub = await JoinedHub.Start(clock, words: words);
        var template = await RealDay(hub, clock);
        var days = Enumerable.Range(0, clinics)
            .Select(device => AgentDay.Of(Reference.Region, JoinedHub.Clinic, template, device, EntriesOf(device))).ToList();
        InstitutionFile.Load(hub.Store, [.. days.Select(day =>
            (new Institution(day.Site, "样本卫生室", 0, "village_clinic", "member"), (IReadOnlyList<string>)[JoinedHub.Village, JoinedHub.OtherVillage]))]);
        MemberFile.Load(hub.Store, [.. Enumerable.Range(0, clinics).SelectMany(device => Enumerable.Range(1, JoinedHub.Persons).Select(number => Patient(device, number)))], whole: false);
        hub.Store.Write(session =>
        {
            for (var device = 0; device < clinics; device++)
            {
                AccessStore.AddDevice(session, Reference.Region, new Device(FirstDeviceNo + device, days[device].Device, days[device].Site, days[device].PublicKey, days[device].KeyId, "1", 0, null));
            }
            return clinics;
        });
        await hub.Close();
        return new CountyOfClinics(hub, days);
    }

    /// <summary>Every line of every clinic stands at the hub once, is judged, and what it claims is right; then the hub's own
    /// derivation and a third party's check agree. Opens the hub in this process.</summary>
    public async Task HasAllOnce()
    {
        await Hub.Open();
        Assert.Equal(0, Hub.Number("select count(*) from quarantine"));
        Assert.Equal(Events, Hub.Number($"select count(*) from public_entry where {OfTheClinics}"));
        Assert.Equal(Events, Hub.Number($"select cast(sum(count) as bigint) from segment where device_no >= {FirstDeviceNo}"));
        var heads = Hub.Store.Read(session => session.Query<Standing>($"select device_no as DeviceNo, seq as Seq from public_device_head where device_no >= {FirstDeviceNo} order by device_no"));
        Assert.Equal(Days.Select((day, i) => (FirstDeviceNo + i, (long)day.Lines.Count)), heads.Select(head => ((int)head.DeviceNo, head.Seq)));
        var settled = Days.Sum(day => day.Kinds.Count(kind => kind == Kinds.VisitSettled));
        Assert.Equal(settled, Hub.Number($"select count(*) from public_decision where {OfTheClinics} and status = 'Accepted' and not removed"));
        Assert.Equal(settled, Hub.Number($"select count(distinct settlement) from settlement_fact where {OfTheClinics}"));
        Assert.Equal(settled, Hub.Number($"select count(*) from settlement_fact where {OfTheClinics}"));
        Hub.Verify();
    }

    /// <summary>Waits until a serving process has judged all that it received, so long as it gets on.</summary>
    public async Task UntilJudged(Store beside)
    {
        var (left, quiet) = (long.MaxValue, 0);
        while (left > 0)
        {
            var now = beside.Read(session => session.ExecuteScalar<long>("""
                select cast(coalesce(sum(h.seq - coalesce(c.seq, 0)), 0) as bigint) from public_device_head h
                left join settlement_cursor c on c.region = h.region and c.device_no = h.device_no and c.epoch = h.epoch
                """));
            quiet = now < left ? 0 : quiet + 1;
            Assert.True(quiet < 300, $"{now} entries wait to be judged, and none was for half a minute.");
            left = now;
            await Task.Delay(100);
        }
    }

    /// <summary>The hub's rows, read beside its processes.</summary>
    public Store Beside() => Hub.Words is { } words
        ? PostgresStore.Open(words, TimeProvider.System, PostgresUse.Reader)
        : SqliteStore.Open(Path.Combine(Folder, HubStore.FileName), readOnly: true);

    public async ValueTask DisposeAsync()
    {
        foreach (var day in Days)
        {
            day.Dispose();
        }
        await Hub.DisposeAsync();
    }

    /// <summary>Many small clinics, a few with a full day.</summary>
    private static int EntriesOf(int device)
    {
        const int more = MostEntries - FewestEntries;
        var part = device * 7 % (more + 1);
        return FewestEntries + (part * part / more);
    }

    private static string OfTheClinics => $"site >= '{FirstSite}' and site < '{BehindLastSite}'";

    private static async Task<IReadOnlyList<byte[]>> RealDay(JoinedHub hub, SetClock clock)
    {
        await using var agent = await JoinedAgent.Enrol(hub, JoinedHub.Clinic, clock);
        for (var visit = 0; visit < VisitsOfEach; visit++)
        {
            for (var person = 1; person <= JoinedHub.Persons; person++)
            {
                clock.Advance(TimeSpan.FromSeconds(1));
                await agent.Treat(person, 30_00 + (person * 7_31) + (visit * 1_13));
            }
        }
        var rows = await agent.Store.Do(session => agent.Store.Journal.After(session, 1, 0, MostEntries, int.MaxValue));
        Assert.True(rows.Count == MostEntries || rows.Count >= MostEntries - 2, $"The template's day has {rows.Count} lines.");
        return [.. rows.Select(row => row.Line)];
    }

    private static MemberRow Patient(int device, int number)
    {
        var born = new DateOnly(1970, 5, 17).AddDays(device);
        return JoinedHub.Member(
            AgentDay.Person(device, number), ChineseId.Of(AreaCode.Sample, born, number).Format(), string.Create(CultureInfo.InvariantCulture, $"S{device:0000}{number:0000}"), born, number);
    }

    private sealed class Standing
    {
        public long DeviceNo { get; set; }
        public long Seq { get; set; }
    }
}
