using EdgeHub.Hub.Reporting;
using EdgeHub.Sync.Journal;
using EdgeHub.Tests.Unit.Hub.Lab;

namespace EdgeHub.Tests.Unit.Hub.Settlement;

/// <summary>Why visits were not settled on the spot, as their clinics said (Z27 rule 2): kept, reported, and gone where the visit was settled on its day after all.</summary>
public sealed class UnsettledVisitTests : IDisposable
{
    private const string Ana = "53092400000001";
    private readonly SettlementLab _lab = new();
    private readonly LabSite _site;

    public UnsettledVisitTests()
    {
        _lab.Person(Ana);
        _site = _lab.Site("530924100201", 1);
    }

    public void Dispose() => _lab.Dispose();

    private static VisitUnsettled Said(string reason, string visit = "v1", string day = "2025-03-03") => new(visit, Ana, "11", DateOnly.Parse(day), reason, "03");

    private List<string> Report(string month) =>
        [.. _lab.Store.Read(session => AsideReports.Unsettled(session, SettlementLab.Region, month)).Rows.Select(row => string.Join(' ', row))];

    [Fact]
    public void Unsettled_SaidTwice_TheLastReasonIsReported()
    {
        _site.Write(Kinds.VisitUnsettled, "2025-03-03", Said(UnsettledReasons.SystemFailed));
        _site.Write(Kinds.VisitUnsettled, "2025-03-03", Said(UnsettledReasons.PatientLeft, "v2"));
        _site.Write(Kinds.VisitUnsettled, "2025-03-04", Said(UnsettledReasons.NothingCharged));
        _site.Send();

        Assert.Equal(0, _lab.SettleAll().Quarantined);

        Assert.Equal(["530924100201 2025-03-03 v1 11 NothingCharged", "530924100201 2025-03-03 v2 11 PatientLeft"], Report("2025-03"));
        Assert.Empty(Report("2025-04"));
    }

    [Theory]
    [InlineData("2025-03-03", 0)]
    [InlineData("2025-03-02", 1)]
    public void Unsettled_SettledOnItsDayAfterAll_IsReportedNoMore(string visitDay, int reported)
    {
        var settled = _site.Settle(Ana, "2025-03-03", 150.00m);
        _site.Write(Kinds.VisitUnsettled, "2025-03-03", Said(UnsettledReasons.SystemFailed, settled.Visit, visitDay));
        _site.Send();

        _lab.SettleAll();

        Assert.Equal(reported, Report("2025-03").Count);
    }

    [Fact]
    public void Unsettled_WithAReasonOfALaterVersion_WaitsForTheBureau_AndNothingElseIsHeldUp()
    {
        _site.Write(Kinds.VisitUnsettled, "2025-03-03", Said("Earthquake"));
        _site.Write(Kinds.VisitUnsettled, "2025-03-03", Said(UnsettledReasons.PatientLeft, new string('v', 65)));
        _site.Write(Kinds.VisitUnsettled, "2025-03-03", Said(UnsettledReasons.PatientLeft));
        _site.Send();

        Assert.Equal(2, _lab.SettleAll().Quarantined);

        Assert.Equal(["UnknownCode bureau", "BodyUnreadable 530924100201"], _lab.Query<string>("select code || ' ' || owner from public_quarantine order by seq"));
        Assert.Single(Report("2025-03"));
    }
}
