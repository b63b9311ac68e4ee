using EdgeHub.Hub.Settlement;
using EdgeHub.Rules;
using EdgeHub.Sync.Journal;
using EdgeHub.Sync.Seams;
using EdgeHub.Tests.Unit.Hub.Lab;
using EdgeHub.Tests.Unit.Postgres;

namespace EdgeHub.Tests.Unit.Hub.Settlement;

/// <summary>No entry, person's year or segment stops the others, whatever it holds. Book: deductible 100.00 a year, then 60 %.</summary>
public sealed class PoisonTests : IDisposable
{
    private const string Ana = "53092400000001";
    private const string Bo = "53092400000002";
    private readonly SettlementLab _lab = new();
    private readonly LabSite _north;
    private readonly LabSite _south;

    public PoisonTests()
    {
        _lab.Person(Ana);
        _lab.Person(Bo);
        _north = _lab.Site("530924100201", 1);
        _south = _lab.Site("530924100202", 2);
    }

    public void Dispose() => _lab.Dispose();

    public static TheoryData<string, Func<VisitSettled, VisitSettled>> Claims() => new()
    {
        { "BodyUnreadable", body => body with { Lines = [null!] } },
        { "BodyUnreadable", body => body with { Accumulators = [null!] } },
        { "BodyUnreadable", body => body with { Diagnoses = [null!] } },
        { "BodyUnreadable", body => body with { Currency = "SEK" } }, // the region's books are in CNY
        { "BodyUnreadable", body => body with { Accumulators = [new SettledMove("0/3/2025/*", 0, 1)] } },
        { "BodyUnreadable", body => body with { Accumulators = [new SettledMove(" Deductible/Year/2025/*", 0, 1)] } },
        { "UnknownCode", body => body with { VisitType = "99" } },
        { "BadDate", body => body with { ServiceDay = new DateOnly(2025, 3, 5) } }, // captured on 3 March: 4 March is the last
        { "BadDate", body => body with { ServiceDay = new DateOnly(2023, 12, 31), BirthDate = new DateOnly(1970, 1, 1) } },
    };

    [Theory]
    [MemberData(nameof(Claims), DisableDiscoveryEnumeration = true)]
    public void Settle_ClaimThatCannotBe_IsSetAsideByNameAndTheNextIsSettled(string code, Func<VisitSettled, VisitSettled> tamper)
    {
        _north.Settle(Ana, "2025-03-03", 150.00m, tamper: tamper);
        var next = _north.Settle(Bo, "2025-03-04", 150.00m);
        _north.Send();

        Assert.Equal((2, 1), (_lab.SettleAll() is var report ? report.Entries : 0, report.Quarantined));

        Assert.Equal(code, Assert.Single(_lab.Query<string>("select code from public_quarantine")));
        Assert.Equal("Accepted   3000/0/12000 Nobody", _lab.Decision(next.Settlement));
    }

    [Theory]
    [InlineData("2025-03-04", 0)] // the day after the capture: an agent near midnight
    [InlineData("2025-01-01", 0)] // the first day of the open year
    [InlineData("2024-12-31", 1)] // closed: 31 March is the 91st day after
    public void Settle_ServiceDayAtTheEdges(string serviceDay, int quarantined)
    {
        _lab.Clock.Now = new DateTimeOffset(2025, 4, 1, 8, 0, 0, TimeSpan.Zero);
        _north.Settle(Ana, "2025-03-03", 150.00m, tamper: body => body with { ServiceDay = DateOnly.Parse(serviceDay, System.Globalization.CultureInfo.InvariantCulture) });
        _north.Send();

        Assert.Equal(quarantined, _lab.SettleAll().Quarantined);
    }

    [Fact]
    public void Settle_CapturedAtTheEndOfTime_IsFiledByItsReceiptAndTheClockLeavesNoTrace()
    {
        var first = _north.Settle(Ana, "2025-03-03", 150.00m, at: new DateTimeOffset(9999, 12, 31, 23, 59, 59, TimeSpan.Zero));
        _north.Send();
        _lab.Clock.Now = _lab.Clock.Now.AddHours(1);
        var second = _north.Settle(Bo, "2025-03-04", 150.00m, at: _lab.Clock.Now);
        _north.Send();

        Assert.Equal(0, _lab.SettleAll().Quarantined);

        Assert.Equal("Accepted   3000/0/12000 Nobody", _lab.Decision(first.Settlement));
        Assert.Equal("Accepted   3000/0/12000 Nobody", _lab.Decision(second.Settlement));
        Assert.Equal(
            [_lab.Clock.Now.AddMinutes(-55).ToUnixTimeMilliseconds(), _lab.Clock.Now.ToUnixTimeMilliseconds()],
            _lab.Query<long>("select captured_effective_ms from public_entry order by seq"));
        Assert.Null(_lab.Store.Read(session => EdgeHub.Hub.VerifyCommand.Run(session, SettlementLab.Region)).First);
    }

    [Fact]
    public void Settle_DamagedSegment_StopsOnlyItsOwnEntries()
    {
        _north.Settle(Ana, "2025-03-03", 150.00m);
        _north.Send();
        var fine = _south.Settle(Bo, "2025-03-03", 150.00m);
        _south.Send();
        _lab.Store.Write(session => session.Execute(TestServer.Planted("update segment set wire = cast('nonsense' as blob) where device_no = 1")));

        Assert.Equal(1, _lab.SettleAll().Quarantined);

        Assert.Equal("StoreDamaged bureau", Assert.Single(_lab.Query<string>("select code || ' ' || owner from public_quarantine")));
        Assert.Equal("Accepted   3000/0/12000 Nobody", _lab.Decision(fine.Settlement));
    }

    [Fact]
    public void Settle_MoreOfAPersonsYearThanTheLimit_IsSetAside()
    {
        var settler = new Settler(_lab.Settings with { MostPerPersonYear = 2 }, _lab.Clock, new SeededEntropy(8), _lab.Segments);
        for (var i = 0; i < 3; i++)
        {
            _north.Settle(Ana, "2025-03-03", 10.00m);
        }
        _north.Send();

        var report = _lab.Store.Write(settler.SettleOnce);

        Assert.Equal((3, 1, 2), (report.Entries, report.Quarantined, report.Decisions));
        Assert.Equal("TooMany", Assert.Single(_lab.Query<string>("select code from public_quarantine")));
    }

    [Fact]
    public void Settle_EntryThatFailsUnexpectedly_WaitsAndIsTriedAgainByANewHub()
    {
        var visit = _north.Settle(Ana, "2025-03-03", 150.00m);
        _north.Write(Kinds.OfflineRefused, "2025-03-03", new OfflineRefused("k", "v", 0, Ana, "11", "OfflineAmountPerVisit", "CNY", 60_000, 50_000, "op"));
        _north.Send();
        _lab.Watch.FailsAt = "insert into offline_refusal";

        Assert.Equal(1, _lab.SettleAll().Quarantined);
        Assert.Equal("Unexpected InvalidOperationException bureau", Assert.Single(_lab.Query<string>("select code || ' ' || detail || ' ' || owner from public_quarantine")));
        Assert.Equal("Accepted   3000/0/12000 Nobody", _lab.Decision(visit.Settlement));

        _lab.Watch.FailsAt = "";
        _lab.Store.Write(new Settler(_lab.Settings, _lab.Clock, new SeededEntropy(8), _lab.Segments).SettleOnce);
        Assert.Equal(0, _lab.Number("select count(*) from public_quarantine where released_ms is null"));
        Assert.Equal(1, _lab.Number("select count(*) from public_offline_refusal"));
    }

    [Fact]
    public void Settle_PersonYearThatFails_WaitsAsACaseAndIsComputedWithTheNextEntry()
    {
        var visit = _north.Settle(Ana, "2025-03-03", 150.00m);
        _north.Send();
        _lab.Watch.FailsAt = "insert into decision";
        _lab.SettleAll();
        Assert.Equal($"2025/{Ana} Open bureau", Assert.Single(_lab.Query<string>(
            $"select subject || ' ' || status || ' ' || owner from public_recovery_case where kind = '{Codes.Unexpected}'")));
        Assert.Equal(0, _lab.Number("select count(*) from person_accumulator"));

        _lab.Watch.FailsAt = "";
        var other = _south.Settle(Bo, "2025-03-03", 150.00m);
        _south.Settle(Ana, "2025-03-04", 10.00m);
        _south.Send();
        _lab.SettleAll();

        Assert.Equal("Accepted   3000/0/12000 Nobody", _lab.Decision(visit.Settlement));
        Assert.Equal("Accepted   3000/0/12000 Nobody", _lab.Decision(other.Settlement));
        Assert.Equal(0, _lab.Number("select count(*) from public_recovery_case where status = 'Open'"));
        Assert.Null(_lab.Store.Read(session => EdgeHub.Hub.VerifyCommand.Run(session, SettlementLab.Region)).First);
    }

    [Fact]
    public void Settle_StoreFault_EndsTheStep()
    {
        _north.Settle(Ana, "2025-03-03", 150.00m);
        _north.Send();
        _lab.Watch.FailsCommit = true;
        Assert.Throws<IOException>(() => _lab.SettleAll());
        _lab.Watch.FailsCommit = false;

        Assert.Equal(1, _lab.SettleAll().Entries);
    }

    [Fact]
    public void Settle_SegmentNumberOfACommitThatFailed_IsReadAnewForTheNextDevice()
    {
        _north.Settle(Ana, "2025-03-03", 150.00m);
        var fine = _south.Settle(Bo, "2025-03-04", 150.00m);
        _lab.Watch.FailsCommit = true;
        Assert.Throws<IOException>(() => _north.Send(andSettle: true));
        _lab.Watch.FailsCommit = false;

        _south.Send();
        _lab.SettleAll();

        Assert.Equal("Accepted   3000/0/12000 Nobody", _lab.Decision(fine.Settlement));
        Assert.Equal(0, _lab.Number("select count(*) from settlement_fact where person = @Ana", new { Ana }));
    }

    [Fact]
    public void Settle_DevicesWithAHeadButNothingWaiting_DoNotTakeTheOthersShares()
    {
        for (var i = 3; i < 43; i++)
        {
            _lab.Site($"5309241003{i:00}", i);
            _lab.Store.Write(session => EdgeHub.Hub.Ingest.IngestStore.SetHead(
                session, SettlementLab.Region, EdgeHub.Hub.Ingest.DeviceHead.First(i) with { Epoch = 2 }, 0));
        }
        for (var i = 0; i < 400; i++)
        {
            _north.Write(Kinds.CheckedIn, "2025-03-03", new EvidenceKept("v", Ana, "r", "op"));
        }
        _north.Send();

        Assert.Equal(400, _lab.Store.Write(_lab.Settler.SettleOnce).Entries);
    }

    [Fact]
    public void Settle_SettlementIdOfAnotherPersonsPayable_IsSetAsideAndTouchesNothing()
    {
        _north.Settle(Ana, "2025-03-03", 150.00m);
        var owed = _south.Settle(Ana, "2025-03-04", 150.00m);
        _north.Send();
        _south.Send();
        _lab.SettleAll();
        Assert.Equal(6000, _lab.Number("select open from public_payable"));

        _north.Settle(Bo, "2025-03-01", 150.00m, tamper: body => body with { Settlement = owed.Settlement });
        _north.Send();
        Assert.Equal(1, _lab.SettleAll().Quarantined);

        Assert.Equal("Duplicate bureau", Assert.Single(_lab.Query<string>("select code || ' ' || owner from public_quarantine")));
        Assert.Equal($"{Ana} 6000", Assert.Single(_lab.Query<string>("select person || ' ' || open from public_payable")));
    }
}
