using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using EdgeHub.Hub.Access;
using EdgeHub.Hub.Ingest;
using EdgeHub.Hub.Settlement;
using EdgeHub.Hub.Store;
using EdgeHub.Rules;
using EdgeHub.Rules.Benefit;
using EdgeHub.Sync.Feeds;
using EdgeHub.Sync.Journal;
using EdgeHub.Sync.Keys;
using EdgeHub.Sync.Seams;
using EdgeHub.Sync.Stores;
using EdgeHub.Sync.Wire;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeHub.Tests.Bench;

/// <summary>A year of a few clinics, as their honest agents would write it, received and judged by the real hub: visits at home and elsewhere,
/// reversals, partial refunds, invoices, refunds paid out, families with one account. Whatever names a person, a site, a device or an id begins
/// with a mark of fixed length, so that <see cref="VerifyCopies"/> can make other clinics of it.</summary>
internal sealed class VerifyTile
{
    public const string Region = "530924";
    public const string PersonMark = "P000-";
    public const string SiteMark = "S000-";
    public const string IdMark = "00000000-";
    public const int Sites = 3;
    public const long FirstDevice = 1_000_001;
    public static readonly DateTimeOffset End = new(2025, 12, 31, 8, 0, 0, TimeSpan.Zero);
    private const int VisitsOfPerson = 10;
    private const int Quarters = 4;
    private const int LinesOfBatch = 200;

    private const string Book = """
        {"id":"bench","version":1,"region":"530924","currency":"CNY","first":"2025-01-01","last":"2025-12-31","knownFrom":"2024-12-20","source":"sample","covers":[],
         "rows":["pooling_area,insurance_type,visit_type,out_of_area,level,institution_type,person_type,age_from,age_to,disease,first,last,deductible_mode,deductible,fund_rate,daily_cap,annual_cap,catastrophic_threshold,catastrophic_tiers,catastrophic_cap,assistance_threshold,assistance_rate,assistance_cap",
         "530924,,,,,,,,,,2025-01-01,2025-12-31,year,100.00,0.6,,400.00,200.00,*:0.5,,300.00,0.4,"]}
        """;

    private readonly BenchClock _clock = new();
    private readonly Random _dice = new(20251121);
    private readonly PolicyBook _book = PolicyBookReader.Read(Book).OrThrow();
    private readonly Dictionary<(int Site, string Person), AccumulatorState> _known = [];
    private readonly List<(byte[] Line, long Seq)>[] _lines = [.. Enumerable.Range(0, Sites).Select(_ => new List<(byte[], long)>())];
    private readonly long[] _seq = new long[Sites];
    private readonly byte[][] _hash = [.. Enumerable.Range(0, Sites).Select(_ => Chain.Zero)];
    private DateTimeOffset _now = new(2025, 1, 2, 0, 0, 0, TimeSpan.Zero);
    private int _ids;

    public EcdsaSigner Key { get; } = EcdsaKeys.Create();

    public static string Site(int number) => SiteMark + number.ToString("00", CultureInfo.InvariantCulture);

    public static string Device(string site) => "dev-" + site;

    /// <summary>Makes the hub, lets it receive and judge everything; so many settlements at least.</summary>
    public async Task<HubStore> Make(string folder, int settlements, string? place, Judging? judging = null)
    {
        var hub = HubStore.OpenOrMake(folder, new HubSettings(Region, "Asia/Shanghai", 0), _clock, new SystemEntropy(), watch: judging, serving: true, place: place);
        var persons = Math.Max(20, settlements / VisitsOfPerson);
        hub.Write(session => Reference(session, persons));
        var ingest = new JournalIngest(hub, new SegmentReader(), NullLogger<JournalIngest>.Instance);
        var step = new SettlementStep(hub, new BenchLog());
        for (var quarter = 0; quarter < Quarters; quarter++)
        {
            foreach (var owed in Owed(hub))
            {
                Write(_dice.Next(Sites), Kinds.RefundPaid, 1, new RefundPaid(Id(), "k" + _ids, owed.Settlement, Guid.Empty, owed.Person, "", "CNY", owed.Open, "op"));
            }
            Quarter(quarter, persons);
            _clock.Now = _now.AddHours(1);
            for (var site = 0; site < Sites; site++)
            {
                await Send(ingest, site);
            }
            judging?.Begin();
            while (step.RunOnce())
            {
            }
            judging?.End();
        }
        _clock.Now = End;
        return hub;
    }

    private object? Reference(StoreSession session, int persons)
    {
        for (var site = 0; site < Sites; site++)
        {
            AccessStore.AddDevice(session, Region, new Device(FirstDevice + site, Device(Site(site)), Site(site), Key.PublicKey, Key.KeyId, "1", 0, null));
            AccessStore.PutInstitution(session, Region, new Institution(Site(site), Site(site), 0, "village_clinic", "member"));
        }
        session.Execute(
            """
            insert into policy_book (region, key, id, book_version, hash, first, ends, known_from, book, version, removed)
            values (@Region, 'bench/1', 'bench', 1, @Hash, '2025-01-01', '2026-01-01', @KnownFrom, @Book, 1, false)
            """,
            new { Region, _book.Reference.Hash, _book.KnownFrom, Book });
        session.Execute(
            """
            insert into catalogue (region, code, name, pinyin, class, category, unit, price, limit0, limit1, limit2, limit3, pre_self_pay, first, ends, remark, version, removed)
            values (@Region, 'A1', 'A1', '', 'A', 9, '', '', '', '', '', '', '0', '2025-01-01', '', '', 1, false)
            """,
            new { Region });
        for (var person = 0; person < persons; person++)
        {
            session.Prepared(
                """
                insert into member (region, person, id_number, card_number, name, sex, birth_date, village, insurance_type, person_type, pooling_area, cover_first, cover_end, status,
                                    account, account_owner, version, removed)
                values ($1, $2, $2, $2, '', '1', '1970-01-01', 'v', '390', '15', $1, '2025-01-01', '2026-01-01', '1', 50000, $3, 1, false)
                """).Execute(Region, Person(person), Owner(person));
        }
        return null;
    }

    private static string Person(int number) => PersonMark + number.ToString("0000000", CultureInfo.InvariantCulture);

    /// <summary>One of twenty pays with the account of the one before.</summary>
    private static string Owner(int person) => person % 20 == 1 ? Person(person - 1) : "";

    private static IReadOnlyList<OwedRow> Owed(HubStore hub) => hub.Read(session => session.Query<OwedRow>(
        "select settlement as Settlement, person as Person, open as Open from public_payable where region = @Region and open > 0 order by settlement", new { Region }));

    private void Quarter(int quarter, int persons)
    {
        _now = new DateTimeOffset(2025, 1 + (quarter * 3), 2, 0, 0, 0, TimeSpan.Zero);
        var visits = persons * VisitsOfPerson / Quarters;
        var every = TimeSpan.FromDays(80) / visits;
        for (var visit = 0; visit < visits; visit++)
        {
            _now += every;
            var person = _dice.Next(persons);
            var site = _dice.Next(25) == 0 ? _dice.Next(Sites) : person % Sites;
            switch (_dice.Next(100))
            {
                case 0: Reverse(site, Settle(site, person)); break;
                case 1: PartlyRefund(site, Settle(site, person)); break;
                case 2: Claim(site, person); break;
                default: _ = Settle(site, person); break;
            }
        }
    }

    private VisitSettled Settle(int site, int person)
    {
        var body = Bill(site, person, 1_00 + _dice.Next(150_00), View(site, person), $"v{_ids}");
        Apply(site, body, forward: true);
        Write(site, Kinds.VisitSettled, Kinds.SchemaOf(Kinds.VisitSettled), body);
        return body;
    }

    private void Reverse(int site, VisitSettled body)
    {
        Apply(site, body, forward: false);
        Write(site, Kinds.VisitReversed, Kinds.SchemaOf(Kinds.VisitReversed), new VisitReversed(
            Id(), body.Settlement, "k" + _ids, body.Visit, body.Ordinal, "CNY", body.Person, body.Institution, body.VisitType, body.ServiceDay, body.Totals.Total, body.Shares,
            [.. body.Accumulators.Select(m => new SettledMove(m.Key, m.After, m.Before))], "wrong patient", "op"));
    }

    private void PartlyRefund(int site, VisitSettled body)
    {
        Apply(site, body, forward: false);
        var before = new AccumulatorState(body.Accumulators.ToDictionary(m => AccumulatorKey.Parse(m.Key), m => Money.Fen(m.Before)));
        var person = int.Parse(body.Person.AsSpan(PersonMark.Length), CultureInfo.InvariantCulture);
        var now = Bill(site, person, Math.Max(1, body.Totals.Total / 2), before, body.Visit) with { ServiceDay = body.ServiceDay, UseAccount = body.UseAccount };
        Apply(site, now, forward: true);
        var (old, left) = (body.Shares, now.Shares);
        Write(site, Kinds.VisitPartlyRefunded, 1, new VisitPartlyRefunded(
            Id(), body.Settlement, "not given", "k" + _ids, now,
            new SettledShares(old.Fund - left.Fund, old.Account - left.Account, old.Cash - left.Cash, old.Catastrophic - left.Catastrophic, old.Assistance - left.Assistance), "op"));
    }

    private void Claim(int site, int person)
    {
        var bill = Bill(site, person, 50_00 + _dice.Next(300_00), AccumulatorState.Empty, "i") with { Shares = new SettledShares(0, 0, 0) };
        Write(site, Kinds.ReimbursementClaimed, 1, new ReimbursementClaimed(
            Id(), "k" + _ids, Site(site), "CNY", bill.Person, "390", "15", bill.BirthDate, Region, false, SiteMark + "99", "", 0, "village_clinic", "11", SettledWords.NotNeeded,
            ["J06.900"], null, null, bill.ServiceDay, SiteMark + "issuer", "INV-" + _ids, bill.Totals with { Deductible = 0 }, bill.Lines, "1", ClaimReasons.WorkingAway, null,
            bill.Offline, bill.Evidence, SettledWords.Feed, "op"));
    }

    private VisitSettled Bill(int site, int number, long fen, AccumulatorState before, string visit)
    {
        var (person, owner) = (Person(number), Owner(number));
        var day = DateOnly.FromDateTime(_now.UtcDateTime.AddHours(8));
        var line = new BillLine(1, "A1", ExpenseCategory.WesternDrugs, CatalogueClass.A, fen / 100m, 1m, Money.Fen(fen), null, Rate.Zero);
        var bill = new Bill(new VisitFacts(Region, "11", false, Site(site), 0, "village_clinic", day, null), new PersonFacts("390", "15", new DateOnly(1970, 1, 1)), [line]);
        var use = owner.Length > 0;
        var account = new AccountFacts(Money.Fen(500_00), use ? owner : null);
        var result = ((BenefitOutcome.Computed)BenefitRules.Compute(bill, _book, before, account, use)).Result;
        var (split, shares) = (result.Lines[0], result.Shares);
        return new VisitSettled(
            Id(), "k" + _ids, visit, 0, "CNY", person, "390", "15", new DateOnly(1970, 1, 1), Region, false, Site(site), 0, "village_clinic", "11", ["J06.900"], null, day,
            new SettledTotals(fen, result.Totals.FullSelfPay.MinorUnits, result.Totals.OverPriceLimit.MinorUnits, result.Totals.PreSelfPay.MinorUnits, result.Totals.Eligible.MinorUnits, result.Deductible.MinorUnits),
            new SettledShares(shares.Fund.MinorUnits, shares.Account.MinorUnits, shares.Cash.MinorUnits, shares.Catastrophic.MinorUnits, shares.Assistance.MinorUnits),
            500_00, use, new PolicyUsed(_book.Reference.Id, _book.Reference.Version, _book.Reference.Hash, result.PolicyRow), "1",
            new OfflineFacts(false, 0, Feeds, new Dictionary<string, long>()), new CardEvidence("card", "simulated", null), "op",
            [.. result.Moves.Select(m => new SettledMove(m.Key.ToString(), m.Before.MinorUnits, m.After.MinorUnits))],
            [new SettledLine(1, "A1", 9, "A", fen / 100m, 1m, fen, null, 0m, split.FullSelfPay.MinorUnits, split.OverPriceLimit.MinorUnits, split.PreSelfPay.MinorUnits, split.Eligible.MinorUnits)],
            AccountOwner: owner);
    }

    private static readonly Dictionary<string, long> Feeds = new(StringComparer.Ordinal)
    {
        [FeedNames.Members] = 1, [FeedNames.Accumulators] = 1, [FeedNames.Policies] = 1, [FeedNames.Catalogue] = 1, [FeedNames.Blacklist] = 1,
    };

    private AccumulatorState View(int site, int number)
    {
        var own = _known.GetValueOrDefault((site, Person(number)), AccumulatorState.Empty);
        var owner = Owner(number);
        return owner.Length == 0 ? own : new AccumulatorState(own.Amounts.Concat(_known.GetValueOrDefault((site, owner), AccumulatorState.Empty).Amounts
            .Where(each => each.Key.Kind == AccumulatorKind.AccountSpent).Select(each => KeyValuePair.Create(each.Key with { Scope = "account:" + owner }, each.Value)))
            .ToDictionary());
    }

    private void Apply(int site, VisitSettled body, bool forward)
    {
        foreach (var move in body.Accumulators)
        {
            var (whose, key) = MoveText.Whose(body.Person, AccumulatorKey.Parse(move.Key));
            var state = _known.GetValueOrDefault((site, whose), AccumulatorState.Empty);
            var held = state.Of(key, Currency.Cny).MinorUnits;
            _known[(site, whose)] = state.With([new AccumulatorMove(key, Money.Fen(held), Money.Fen(held + (forward ? move.After - move.Before : move.Before - move.After)))]);
        }
    }

    private Guid Id()
    {
        var name = SHA256.HashData(Encoding.UTF8.GetBytes((++_ids).ToString(CultureInfo.InvariantCulture)));
        return Guid.ParseExact(IdMark + new Guid(name.AsSpan(0, 16)).ToString("D")[IdMark.Length..], "D");
    }

    private void Write<TBody>(int site, string kind, int schema, TBody body)
    {
        object written = body is RefundPaid refund ? refund with { Institution = Site(site) } : body!;
        var head = new JournalHead(++_seq[site], kind, schema, _now, DateOnly.FromDateTime(_now.UtcDateTime.AddHours(8)), new ClockReading(_seq[site], 0, 0));
        _lines[site].Add((JournalCodec.Line(head, (TBody)written), _seq[site]));
    }

    private async Task Send(JournalIngest ingest, int site)
    {
        foreach (var batch in _lines[site].Chunk(LinesOfBatch))
        {
            var lines = batch.Select(line => (ReadOnlyMemory<byte>)line.Line).ToList();
            var answer = await ingest.Receive(BatchCodec.Write(Region, Site(site), Device(Site(site)), 1, batch[0].Seq, _hash[site], lines, Key));
            if (answer.Status != JournalAnswer.Acknowledged)
            {
                throw new InvalidOperationException(answer.ToString());
            }
            _hash[site] = Chain.Through(_hash[site], lines);
        }
        _lines[site].Clear();
    }

    private sealed class OwedRow
    {
        public Guid Settlement { get; init; }
        public string Person { get; init; } = "";
        public long Open { get; init; }
    }
}

/// <summary>A clock that the bench sets.</summary>
internal sealed class BenchClock : TimeProvider
{
    public DateTimeOffset Now { get; set; } = VerifyTile.End;

    public override DateTimeOffset GetUtcNow() => Now;

    /// <summary>Time goes by as it is set: else the hub would take each setting for a clock that leapt.</summary>
    public override long GetTimestamp() => Now.UtcTicks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;
}
