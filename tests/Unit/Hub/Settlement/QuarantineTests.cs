using EdgeHub.Sync.Journal;
using EdgeHub.Tests.Unit.Hub.Lab;

namespace EdgeHub.Tests.Unit.Hub.Settlement;

/// <summary>What cannot be used is set aside with reason and owner, and stops nobody.</summary>
public sealed class QuarantineTests : IDisposable
{
    private const string Ana = "53092400000001";
    private readonly SettlementLab _lab = new();
    private readonly LabSite _site;

    public QuarantineTests()
    {
        _lab.Person(Ana);
        _site = _lab.Site("530924100201", 1);
    }

    public void Dispose() => _lab.Dispose();

    public static TheoryData<string, Func<VisitSettled, VisitSettled>> Bodies() => new()
    {
        { "institution", body => body with { Institution = "530924100999" } },
        { "person", body => body with { Person = "" } },
        { "visit", body => body with { Visit = new string('x', 65) } },
        { "currency", body => body with { Currency = "EUR" } },
        { "ordinal", body => body with { Ordinal = -1 } },
        { "institutionLevel", body => body with { InstitutionLevel = 4 } },
        { "lines", body => body with { Lines = [] } },
        { "birthDate", body => body with { BirthDate = new DateOnly(2025, 3, 4) } },
        { "fund", body => body with { Shares = new SettledShares(-1, 0, 15001) } },
        { "cash", body => body with { Shares = new SettledShares(0, 0, long.MaxValue) } },
        { "shares", body => body with { Shares = new SettledShares(3000, 0, 11999) } },
        { "totals", body => body with { Totals = body.Totals with { Eligible = 14999 } } },
        { "accumulators", body => body with { Accumulators = [.. body.Accumulators, .. body.Accumulators] } },
        { "accumulator", body => body with { Accumulators = [new SettledMove("nonsense", 0, 1)] } },
        { "before", body => body with { Accumulators = [new SettledMove("Deductible/Year/2025/*", -1, 1)] } },
        { "amount", body => body with { Lines = [body.Lines[0] with { Price = 1m }] } },
    };

    [Theory]
    [MemberData(nameof(Bodies), DisableDiscoveryEnumeration = true)]
    public void Settle_BodyThatDoesNotHoldTogether_IsSetAsideByName(string field, Func<VisitSettled, VisitSettled> tamper)
    {
        _site.Settle(Ana, "2025-03-03", 150.00m, tamper: tamper);
        _site.Forget(Ana);
        var next = _site.Settle(Ana, "2025-03-04", 150.00m);
        _site.Send();

        var report = _lab.SettleAll();

        Assert.Equal((2, 1), (report.Entries, report.Quarantined));
        var detail = Assert.Single(_lab.Query<string>("select code || ' ' || owner || ' ' || detail from public_quarantine"));
        Assert.StartsWith($"BodyUnreadable {_site.Code} ", detail, StringComparison.Ordinal);
        Assert.Contains(field, detail, StringComparison.OrdinalIgnoreCase);
        Assert.Equal("Accepted   3000/0/12000 Nobody", _lab.Decision(next.Settlement));
    }

    [Fact]
    public void Settle_UnknownKindSchemaAndBody_AreSetAsideAndTheNextIsSettled()
    {
        _site.Write("NoSuchKind", "2025-03-03", new EvidenceKept("v", Ana, "r", "op"));
        _site.Write(Kinds.VisitSettled, "2025-03-03", new EvidenceKept("v", Ana, "r", "op"));
        _site.Write(Kinds.RefundPaid, "2025-03-03", new EvidenceKept("v", Ana, "r", "op"), schema: 2);
        _site.Write(Kinds.CheckedIn, "2025-03-03", new EvidenceKept("v", Ana, "r", "op"));
        var visit = _site.Settle(Ana, "2025-03-04", 150.00m);
        _site.Send();

        Assert.Equal(3, _lab.SettleAll().Quarantined);

        Assert.Equal(["1 UnknownKind bureau", "2 BodyUnreadable 530924100201", "3 UnknownKind bureau"], _lab.Query<string>(
            "select seq || ' ' || code || ' ' || owner from public_quarantine order by seq"));
        Assert.Equal("Accepted   3000/0/12000 Nobody", _lab.Decision(visit.Settlement));
        Assert.Equal(1, _lab.Number("select count from entry_count where kind = 'CheckedIn'"));
        var later = _lab.Clock.Now.AddDays(3).ToUnixTimeMilliseconds();
        var listed = _lab.Store.Read(session => EdgeHub.Hub.Reporting.AsideReports.Quarantine(session, SettlementLab.Region, later));
        Assert.Equal(["1/1/1 UnknownKind 3", "1/1/2 BodyUnreadable 3", "1/1/3 UnknownKind 3"], listed.Rows.Select(row => $"{row[1]} {row[3]} {row[5]}"));
    }

    [Fact]
    public void Settle_OfflineRefused_IsKeptAsEvidence()
    {
        _site.Write(Kinds.OfflineRefused, "2025-03-03", new OfflineRefused("k", "v", 0, Ana, "11", "OfflineAmountPerVisit", "CNY", 60_000, 50_000, "op"));
        _site.Send();

        _lab.SettleAll();

        Assert.Equal("530924100201 2025-03-03 OfflineAmountPerVisit 60000", Assert.Single(_lab.Query<string>(
            "select site || ' ' || civil_day || ' ' || code || ' ' || fund_asked from public_offline_refusal")));
        Assert.Single(_lab.Store.Read(session => EdgeHub.Hub.Reporting.AsideReports.Refusals(session, SettlementLab.Region, "2025-03")).Rows);
        Assert.Empty(_lab.Store.Read(session => EdgeHub.Hub.Reporting.AsideReports.Refusals(session, SettlementLab.Region, "2025-04")).Rows);
    }

    [Fact]
    public void Settle_OfflineRefusedSealedAgain_IsOnePieceOfEvidence()
    {
        var refused = new OfflineRefused("k", "v", 0, Ana, "11", "OfflineAmountPerVisit", "CNY", 60_000, 50_000, "op");
        _site.Write(Kinds.OfflineRefused, "2025-03-03", refused);
        _site.Write(Kinds.OfflineRefused, "2025-03-03", refused with { Code = "OfflineAmountPerDay" });
        _site.Send();
        _site.Write(Kinds.OfflineRefused, "2025-03-03", refused);
        _site.Send();

        _lab.SettleAll();

        Assert.Equal(2, _lab.Number("select count(*) from public_offline_refusal"));
        Assert.Equal(0, _lab.Number("select count(*) from public_quarantine"));
    }

    [Fact]
    public void Settle_BoundedStep_ServesEveryDevice()
    {
        var other = _lab.Site("530924100202", 2);
        for (var i = 0; i < 700; i++)
        {
            _site.Write(Kinds.CheckedIn, "2025-03-03", new EvidenceKept("v", Ana, "r", "op"));
        }
        other.Settle(Ana, "2025-03-04", 150.00m);
        _site.Send();
        other.Send();

        var step = _lab.Store.Write(_lab.Settler.SettleOnce);

        Assert.Equal((251, 1), (step.Entries, step.Decisions));
        Assert.Equal(450, _lab.SettleAll().Entries);
    }

    [Fact]
    public void Settle_EntrySetAside_WhatItMovedIsToldSoThatSiteAndHubAgree()
    {
        // The site counted 100.00 of deductible and 30.00 of the fund; the hub does not, and says so, be it with zero.
        _site.Settle(Ana, "2025-03-03", 150.00m, tamper: body => body with { Currency = "SEK" });
        _site.Send();
        Assert.Equal(1, _lab.SettleAll().Quarantined);

        Assert.Equal(
            [$"{Ana} Deductible/Year/2025/* 0", $"{Ana} FundPay/Year/2025/* 0"],
            _lab.Query<string>("select person || ' ' || accumulator || ' ' || amount from public_accumulator where version > 0 order by 1"));
        Assert.Equal(1, _lab.Number("select count(*) from public_site_person where person = @Ana", new { Ana }));
        var first = _lab.Number("select max(version) from public_accumulator");

        _site.Forget(Ana);
        _site.Settle(Ana, "2025-03-04", 150.00m);
        _site.Settle(Ana, "2025-03-05", 150.00m, tamper: body => body with { Lines = [] });
        _site.Send();
        _lab.SettleAll();
        Assert.Equal(["10000", "3000"], _lab.Query<string>("select amount from public_accumulator order by accumulator"));
        Assert.True(_lab.Number("select min(version) from public_accumulator") > first);
        Assert.Null(Verify());

        _lab.Store.Write(session => session.Execute("delete from person_accumulator where accumulator like 'Deductible%'"));
        Assert.Equal("person_accumulator", Verify()?.Table);
    }

    [Fact]
    public void Settle_ReversalOfNothing_WhatItMovedIsTold()
    {
        var settled = _site.Settle(Ana, "2025-03-03", 150.00m);
        _site.Send();
        _lab.SettleAll();
        var before = _lab.Number("select max(version) from public_accumulator");
        _site.Reverse(settled with { Settlement = Guid.Parse("00000000-0000-7000-8000-000000000001") }, "2025-03-04");
        _site.Send();
        _lab.SettleAll();

        Assert.Equal(["10000", "3000"], _lab.Query<string>("select amount from public_accumulator order by accumulator"));
        Assert.True(_lab.Number("select min(version) from public_accumulator") > before);
    }

    private EdgeHub.Hub.Jobs.AuditDifference? Verify() => _lab.Store.Read(session => EdgeHub.Hub.VerifyCommand.Run(session, SettlementLab.Region)).First;
}
