using EdgeHub.Hub.AuditTrail;
using EdgeHub.Hub.Ledger;
using EdgeHub.Hub.Store;
using EdgeHub.Sync.Journal;
using EdgeHub.Sync.Seams;
using EdgeHub.Tests.Unit.Hub.Lab;

namespace EdgeHub.Tests.Unit.Hub.AuditTrail;

/// <summary>A hub with real journals of two clinics, a closed month, a correction behind it, a refund, a case and lines set aside; exported once.</summary>
public sealed class ExportedLab : IDisposable
{
    private const string Ana = "53092400000001";
    private const string Bo = "53092400000002";
    private const string Cleo = "53092400000003";

    public ExportedLab()
    {
        Hub = HubStore.OpenOrMake(Lab.Folder, TempHub.Settings, Lab.Clock, new SystemEntropy(), place: Lab.Words);
        Lab.Person(Ana);
        var (north, south) = (Lab.Site("530924100201", 1), Lab.Site("530924100202", 2));
        north.Settle(Ana, "2025-03-03", 150.00m);
        var second = south.Settle(Ana, "2025-03-04", 150.00m);
        var third = south.Settle(Ana, "2025-03-05", 20.00m, item: "B1");
        south.Reverse(third, "2025-03-05");
        north.Write("NoSuchKind", "2025-03-05", new DeviceStarted("1", "test", "1"));
        south.Settle(Ana, "2025-03-05", 10.00m, tamper: body => body with { Currency = "XXX" });
        Lab.Person(Bo);
        var whole = south.Settle(Bo, "2025-03-06", 40.00m);
        south.Write(Kinds.VisitPartlyRefunded, "2025-03-06", HalfRefunded(whole));
        south.Write(Kinds.ReimbursementClaimed, "2025-03-07", Invoice(whole, south.Code));
        // 300.00 of the fund and 50.00 of catastrophic insurance.
        Lab.Person(Cleo);
        var invoice = south.Claim(Cleo, "2025-03-07", 600.00m, "2025-03-08", "No. 8");
        south.Send(2);
        south.Send();
        Lab.SettleAll();
        Lab.Store.Write(session => PeriodStore.Close(session, SettlementLab.Region, "2025-03", "clerk", Lab.Clock.Now));
        Lab.Clock.Now = new DateTimeOffset(2025, 4, 8, 8, 0, 0, TimeSpan.Zero);
        north.Send();
        Lab.SettleAll();
        north.Refund(second, 6000, "2025-04-08");
        north.Write(Kinds.RefundPaid, "2025-04-08", new RefundPaid(
            new Guid("00000000-0000-0000-0000-00000000000d"), "other", invoice.Claim, Guid.Empty, Cleo, north.Code, "CNY", 32000, "op"));
        north.Settle(Ana, "2025-04-08", 30.00m, visit: "530924100201-v1");
        north.NewEpoch();
        Lab.SettleAll();
        south.Settle(Ana, "2025-04-09", 30.00m);
        south.Send();
        Exported = AuditExport.Write(Hub, new DirectoryInfo(Whole), AuditRange.Of(null, null));
    }

    public SettlementLab Lab { get; } = new(LabPolicy.Layered);
    public HubStore Hub { get; }

    /// <summary>The whole export; tests spoil copies of it.</summary>
    public string Whole => Path.Combine(Lab.Folder, "whole");
    public AuditExported Exported { get; }

    /// <summary>Half of a bill within the deductible is taken back: 20.00 of 40.00 in cash.</summary>
    private static VisitPartlyRefunded HalfRefunded(VisitSettled whole) => new(
        new Guid("00000000-0000-0000-0000-00000000000a"), whole.Settlement, "wrong item", "part", whole with
        {
            Settlement = new Guid("00000000-0000-0000-0000-00000000000b"), RequestKey = "part",
            Totals = whole.Totals with { Total = 2000, Eligible = 2000, Deductible = 2000 }, Shares = new SettledShares(0, 0, 2000),
            Accumulators = [.. whole.Accumulators.Select(move => move with { After = move.After / 2 })],
            Lines = [whole.Lines[0] with { Price = 20m, Amount = 2000, Eligible = 2000 }],
        },
        new SettledShares(0, 0, 2000), "op");

    /// <summary>An invoice of 300.00 that the patient paid.</summary>
    private static ReimbursementClaimed Invoice(VisitSettled like, string desk) => new(
        new Guid("00000000-0000-0000-0000-00000000000c"), "invoice", desk, "CNY", like.Person, like.Cover, like.PersonType, like.BirthDate, like.PoolingArea,
        like.OutOfArea, "", "Hospital elsewhere", 2, "county_hospital", like.VisitType, like.Referral, like.Diagnoses, null, null, like.ServiceDay,
        "Hospital elsewhere", "No. 7a", like.Totals with { Total = 30000, Eligible = 30000, Deductible = 0 },
        [like.Lines[0] with { Price = 300m, Amount = 30000, Eligible = 30000 }], like.CatalogueVersion, ClaimReasons.WorkingAway, null, like.Offline, like.Evidence,
        like.KnownBy, "op");

    public void Dispose()
    {
        Hub.Dispose();
        Lab.Dispose();
    }
}
