using System.Text;
using EdgeHub.Sync.Journal;

namespace EdgeHub.Tests.Unit.Sync;

/// <summary>Journal entries of every kind, made up, always the same.</summary>
internal static class SyncSamples
{
    public static readonly DateTimeOffset Captured = new(2025, 3, 5, 1, 2, 3, 4, TimeSpan.Zero);
    private static readonly SettledMove[] Moves = [new("Deductible/Year/2025/*", 0, 10_000), new("FundPay/Year/2025/*", 120_000, 125_550)];

    public static readonly VisitSettled Settled = new(
        Id(1), "desk-1/0001", "530924100001-20250305-0001", 1, "CNY", "P000000001", "390", "10", new DateOnly(1951, 2, 28), "530924", false,
        "530924100001", 0, "clinic", "11", ["J06.900", "I10.x00"], null, new DateOnly(2025, 3, 5),
        new SettledTotals(18_550, 500, 0, 1_000, 17_050, 10_000), new SettledShares(5_550, 3_000, 10_000), 40_000, true,
        new PolicyUsed("zhenkang-resident", 3, new string('a', 64), 7), "NRDL24/1",
        new OfflineFacts(true, 7_200, new Dictionary<string, long> { ["members"] = 12, ["policies"] = 3 }, new Dictionary<string, long> { ["perDay"] = 74_450 }),
        new CardEvidence("card", "simulated reader", null), "dr.li", Moves,
        [new(1, "NRDL24-X-1", 1, "A", 1.850m, 10m, 1_850, null, 0m, 0, 0, 0, 1_850), new(2, "S-REG \"挂号\" <&>", 5, "B", 167.00m, 1m, 16_700, 170.00m, 0.05m, 500, 0, 1_000, 15_200)]);

    public static readonly IReadOnlyList<object> Bodies =
    [
        new DeviceStarted("1.0.0", "linux-x64", "2025.1"),
        new CheckedIn("530924100001-20250305-0001", "P000000001", "11", new CardEvidence("manual", "desk", "读卡器坏了"), "dr.li"),
        Settled,
        new VisitReversed(Id(2), Id(1), "desk-1/0002", "530924100001-20250305-0001", 1, "CNY", "P000000001", "530924100001", "11",
            new DateOnly(2025, 3, 5), 18_550, new SettledShares(5_550, 3_000, 10_000), Moves, "wrong patient", "dr.li"),
        new RefundPaid(Id(3), "desk-1/0003", Id(1), Id(4), "P000000001", "530924100001", "CNY", 1_250, "dr.li"),
        new ContactRecorded(Id(5), "530924100001-20250305-0002", "P000000002", "video", "nurse", true, "dr.li"),
        new OfflineRefused("desk-1/0004", "530924100001-20250305-0003", 1, "P000000003", "11", "OfflineAmountPerDay", "CNY", 60_000, 12_000, "dr.li"),
        new ClockJumped(60_000, -3_540_000),
        new StoreChecked("ok", 8, 3),
        new EvidenceKept("530924100001-20250305-0001", "P000000001", "card unreadable", "dr.li"),
        new CarriedFrom(1, 8, new string('0', 64), 3),
    ];

    /// <summary>Bodies whose fields of schema 2 hold something, and kinds that came later than the first eleven.</summary>
    public static readonly IReadOnlyList<object> Later =
    [
        Settled with
        {
            Settlement = Id(6), RequestKey = "desk-1/0005", VisitType = "21", ServiceDay = new DateOnly(2025, 3, 12), Admitted = new DateOnly(2025, 3, 5),
            Shares = new SettledShares(5_550, 3_000, 7_300, 1_900, 800), Referral = SettledWords.Irregular, AccountOwner = "P000000009", KnownBy = SettledWords.Lookup,
        },
        new VisitReversed(Id(7), Id(6), "desk-1/0006", "530924100001-20250305-0001", 1, "CNY", "P000000001", "530924100001", "21",
            new DateOnly(2025, 3, 12), 18_550, new SettledShares(5_550, 3_000, 7_300, 1_900, 800), Moves, "wrong patient", "dr.li"),
        new VisitPartlyRefunded(Id(8), Id(1), "药品退回", "desk-1/0007", Settled with
        {
            Settlement = Id(9), RequestKey = "desk-1/0007", Totals = new SettledTotals(1_850, 0, 0, 0, 1_850, 1_850), Shares = new SettledShares(0, 1_850, 0),
            Accumulators = [new("Deductible/Year/2025/*", 0, 1_850), new("FundPay/Year/2025/*", 120_000, 120_000)], Lines = [Settled.Lines[0]],
        }, new SettledShares(5_550, 1_150, 10_000), "dr.li"),
        new ReimbursementClaimed(Id(10), "desk-1/0008", "530924100001", "CNY", "P000000001", "390", "10", new DateOnly(1951, 2, 28), "530924", true,
            "", "昆明市某医院", 3, "hospital", "21", SettledWords.Regular, ["I63.900"], null, new DateOnly(2025, 2, 1), new DateOnly(2025, 2, 11), "12530100XXXXXXXXXX", "00012345",
            new SettledTotals(17_700, 1_500, 0, 1_000, 15_200, 0), [Settled.Lines[1] with { No = 1 }, new(2, "外购药", 14, "C", 10m, 1m, 1_000, null, 0m, 1_000, 0, 0, 0)], "12",
            ClaimReasons.SuddenlyIll, "desk-1/0004", Settled.Offline, Settled.Evidence, SettledWords.Index, "dr.li"),
    ];

    /// <summary>Kinds that came with looks, bookings and access.</summary>
    public static readonly IReadOnlyList<object> Third =
    [
        new PersonLookedUp("P000000009", "card", "lookup", "CheckIn", "dr.li"),
        new BookingMade("desk-01956000", "desk-1/0009", "P000000001", Captured.AddHours(2), 20, "3号诊室", "nurse", "李护士", "dr.li"),
        new BookingCancelled("desk-01956000", "病人来电取消", "dr.li"),
        new BookingStepped("A/1", "P000000001", BookingWords.Booked, BookingWords.CheckedIn, BookingWords.Kiosk, "entrance", 7, "kiosk"),
        new PersonSeen("P000000001", "530924100001-20250305-0001", "visit", "02"),
        new AccessChanged("staff", "02", "PinReset", "doctor", "01"),
        new ActionApproved("Reverse", "desk-1/0010", "CNY", 120_000, "02", "01"),
        new DrawerCounted(Id(11), new DateOnly(2025, 3, 5), "CNY", 65_050, 65_000, "零钱不够", "03"),
    ];

    /// <summary>The kind that came with the reasons of visits that were not settled on the spot.</summary>
    public static readonly IReadOnlyList<object> Fourth =
    [
        new VisitUnsettled("530924100001-20250305-0003", "P000000003", "11", new DateOnly(2025, 3, 5), UnsettledReasons.PatientLeft, "03"),
    ];

    public static JournalHead Head(long seq, string kind = Kinds.StoreChecked) =>
        new(seq, kind, Kinds.SchemaOf(kind), Captured.AddSeconds(seq), new DateOnly(2025, 3, 5), new ClockReading(1_000 * seq, seq % 2 == 0 ? null : -250, 0));

    public static byte[] Line(long seq, object body) => body switch
    {
        DeviceStarted b => JournalCodec.Line(Head(seq, Kinds.DeviceStarted), b),
        CheckedIn b => JournalCodec.Line(Head(seq, Kinds.CheckedIn), b),
        VisitSettled b => JournalCodec.Line(Head(seq, Kinds.VisitSettled), b),
        VisitReversed b => JournalCodec.Line(Head(seq, Kinds.VisitReversed), b),
        RefundPaid b => JournalCodec.Line(Head(seq, Kinds.RefundPaid), b),
        ContactRecorded b => JournalCodec.Line(Head(seq, Kinds.ContactRecorded), b),
        OfflineRefused b => JournalCodec.Line(Head(seq, Kinds.OfflineRefused), b),
        ClockJumped b => JournalCodec.Line(Head(seq, Kinds.ClockJumped), b),
        StoreChecked b => JournalCodec.Line(Head(seq, Kinds.StoreChecked), b),
        EvidenceKept b => JournalCodec.Line(Head(seq, Kinds.EvidenceKept), b),
        CarriedFrom b => JournalCodec.Line(Head(seq, Kinds.CarriedFrom), b),
        VisitPartlyRefunded b => JournalCodec.Line(Head(seq, Kinds.VisitPartlyRefunded), b),
        ReimbursementClaimed b => JournalCodec.Line(Head(seq, Kinds.ReimbursementClaimed), b),
        PersonLookedUp b => JournalCodec.Line(Head(seq, Kinds.PersonLookedUp), b),
        BookingMade b => JournalCodec.Line(Head(seq, Kinds.BookingMade), b),
        BookingCancelled b => JournalCodec.Line(Head(seq, Kinds.BookingCancelled), b),
        BookingStepped b => JournalCodec.Line(Head(seq, Kinds.BookingStepped), b),
        PersonSeen b => JournalCodec.Line(Head(seq, Kinds.PersonSeen), b),
        AccessChanged b => JournalCodec.Line(Head(seq, Kinds.AccessChanged), b),
        ActionApproved b => JournalCodec.Line(Head(seq, Kinds.ActionApproved), b),
        DrawerCounted b => JournalCodec.Line(Head(seq, Kinds.DrawerCounted), b),
        VisitUnsettled b => JournalCodec.Line(Head(seq, Kinds.VisitUnsettled), b),
        _ => throw new ArgumentOutOfRangeException(nameof(body), body, null),
    };

    /// <summary>Lines from a sequence on, of every kind in turn.</summary>
    public static List<ReadOnlyMemory<byte>> Lines(int count, long fromSeq = 1) =>
        [.. Enumerable.Range(0, count).Select(i => (ReadOnlyMemory<byte>)Line(fromSeq + i, Bodies[i % Bodies.Count]))];

    public static string Text(ReadOnlyMemory<byte> bytes) => Encoding.UTF8.GetString(bytes.Span);

    private static Guid Id(int n) => Guid.Parse($"01956000-0000-7000-8000-{n:x12}");
}
