using EdgeHub.Sync.Stores;

namespace EdgeHub.Hub.Settlement.Retro;

/// <summary>Retroactive runs and their reports. A run's book and report are never changed; its status once.</summary>
internal static class PolicyRunStore
{
    private const string Selected = """
        select region as Region, run_no as No, status as Status, book_key as Key, book_id as Id, book_version as Version, hash as Hash, first as First, ends as Ends,
               known_from as KnownFrom, currency as Currency, book as Text, prepared_ms as PreparedMs, report_hash as ReportHash, renewed as Renewed,
               done_ms as DoneMs, done_by as DoneBy, why as Why
        from policy_run
        """;

    public static void Insert(StoreSession session, PolicyRun run) => session.Execute(
        """
        insert into policy_run (region, run_no, status, book_key, book_id, book_version, hash, first, ends, known_from, currency, book, prepared_ms, report_hash, renewed, done_ms, done_by, why)
        values (@Region, @No, @Status, @Key, @Id, @Version, @Hash, @First, @Ends, @KnownFrom, @Currency, @Text, @PreparedMs, @ReportHash, @Renewed, @DoneMs, @DoneBy, @Why)
        """,
        new
        {
            run.Region, run.No, run.Status, run.Book.Key, run.Book.Id, Version = (long)run.Book.Version, run.Book.Hash, run.Book.First, run.Book.Ends, run.Book.KnownFrom,
            run.Book.Currency, run.Book.Text, run.PreparedMs, run.ReportHash, run.Renewed, run.DoneMs, run.DoneBy, run.Why,
        });

    public static void Line(StoreSession session, string region, long run, HitLine line) => session.Execute(
        """
        insert into policy_run_line (region, run_no, device_no, epoch, seq, settlement, person, institution, service_day, currency, payer, old_status, new_status,
            old_fund, old_catastrophic, old_assistance, old_account, old_cash, old_owed, old_borne, old_due,
            new_fund, new_catastrophic, new_assistance, new_account, new_cash, new_owed, new_borne, new_due, new_version)
        values (@region, @run, @DeviceNo, @Epoch, @Seq, @Settlement, @Person, @Institution, @ServiceDay, @Currency, @Payer, @OldStatus, @NewStatus,
            @of, @oc, @oa, @oo, @oh, @ow, @ob, @od, @nf, @nc, @na, @no, @nh, @nw, @nb, @nd, 0)
        """,
        new
        {
            region, run, line.DeviceNo, line.Epoch, line.Seq, line.Settlement, line.Person, line.Institution, line.ServiceDay, line.Currency, line.Payer, line.OldStatus, line.NewStatus,
            of = line.Old.Fund, oc = line.Old.Catastrophic, oa = line.Old.Assistance, oo = line.Old.Account, oh = line.Old.Cash, ow = line.Old.Owed, ob = line.Old.Borne, od = line.Old.Due,
            nf = line.New.Fund, nc = line.New.Catastrophic, na = line.New.Assistance, no = line.New.Account, nh = line.New.Cash, nw = line.New.Owed, nb = line.New.Borne, nd = line.New.Due,
        });

    /// <summary>Ends a pending run.</summary>
    public static void Done(StoreSession session, PolicyRun run, string status, string by, string why, long nowMs) => session.Execute(
        "update policy_run set status = @status, done_by = @by, why = @why, done_ms = @nowMs where region = @Region and run_no = @No and status = 'Pending'",
        new { status, by, why, nowMs, run.Region, run.No });

    /// <summary>After the release: each line names the decision that it made.</summary>
    public static void NameDecisions(StoreSession session, PolicyRun run) => session.Execute(
        """
        update policy_run_line set new_version = (
            select f.decision_version from settlement_fact f where f.region = policy_run_line.region and f.device_no = policy_run_line.device_no
            and f.epoch = policy_run_line.epoch and f.seq = policy_run_line.seq)
        where region = @Region and run_no = @No
        """,
        new { run.Region, run.No });

    public static PolicyRun? Of(StoreSession session, string region, long run) =>
        session.QuerySingleOrDefault<RunRow>(Selected + " where region = @region and run_no = @run", new { region, run })?.ToRun();

    /// <summary>All runs, the first one first.</summary>
    public static IReadOnlyList<PolicyRun> All(StoreSession session, string region) =>
        [.. session.Query<RunRow>(Selected + " where region = @region order by run_no", new { region }).Select(row => row.ToRun())];

    /// <summary>When each released book was let loose, by its hash.</summary>
    public static IReadOnlyDictionary<string, long> Released(StoreSession session, string region) => session.Query<ReleasedRow>(
        "select hash as Hash, min(done_ms) as DoneMs from policy_run where region = @region and status = 'Released' group by hash", new { region })
        .ToDictionary(row => row.Hash, row => row.DoneMs, StringComparer.Ordinal);

    /// <summary>A run's lines with the version of the decision that each made, by entry.</summary>
    public static IReadOnlyList<(HitLine Line, long NewVersion)> Lines(StoreSession session, string region, long run) => [.. session.Query<LineRow>(
        """
        select device_no as DeviceNo, epoch as Epoch, seq as Seq, settlement as Settlement, person as Person, institution as Institution, service_day as ServiceDay,
               currency as Currency, payer as Payer, old_status as OldStatus, new_status as NewStatus, old_fund as OldFund, old_catastrophic as OldCatastrophic,
               old_assistance as OldAssistance, old_account as OldAccount, old_cash as OldCash, old_owed as OldOwed, old_borne as OldBorne, old_due as OldDue,
               new_fund as NewFund, new_catastrophic as NewCatastrophic, new_assistance as NewAssistance, new_account as NewAccount, new_cash as NewCash,
               new_owed as NewOwed, new_borne as NewBorne, new_due as NewDue, new_version as NewVersion
        from policy_run_line where region = @region and run_no = @run order by device_no, epoch, seq
        """,
        new { region, run }).Select(row => (row.ToLine(), row.NewVersion))];

    /// <summary>Persons' years with settlements that are judged already and that the book would hold for, and the account's owners.</summary>
    public static IReadOnlyList<(string Person, long Year)> Touched(StoreSession session, string region, RunBook book) => [.. session.Query<TouchedRow>(
        """
        select distinct person as Person, scheme_year as Year from settlement_fact
        where region = @region and decision_version > 0 and service_day >= @First and (@Ends = '' or cast(service_day as text) < @Ends) and known_on >= @KnownFrom
        order by person, scheme_year
        """,
        new { region, book.First, book.Ends, book.KnownFrom }).Select(row => (row.Person, row.Year))];

    /// <summary>How many judged settlements it would hold for, and how many of them with a service day before a day.</summary>
    public static (long All, long Older) Count(StoreSession session, string region, RunBook book, DateOnly openSince)
    {
        var row = session.QuerySingleOrDefault<CountRow>(
            """
            select count(*) as Total, cast(coalesce(sum(case when service_day < @openSince then 1 else 0 end), 0) as bigint) as Older from settlement_fact
            where region = @region and decision_version > 0 and service_day >= @First and (@Ends = '' or cast(service_day as text) < @Ends) and known_on >= @KnownFrom
            """,
            new { region, book.First, book.Ends, book.KnownFrom, openSince });
        return (row?.Total ?? 0, row?.Older ?? 0);
    }

    public static long BooksLoaded(StoreSession session, string region, string key, string hash) => session.ExecuteScalar<long>(
        "select count(*) from public_policy_book where region = @region and key = @key and hash = @hash and removed = false", new { region, key, hash });

    private sealed class ReleasedRow
    {
        public string Hash { get; init; } = "";
        public long DoneMs { get; init; }
    }

    private sealed class TouchedRow
    {
        public string Person { get; init; } = "";
        public long Year { get; init; }
    }

    private sealed class CountRow
    {
        public long Total { get; init; }
        public long Older { get; init; }
    }

    private sealed class RunRow
    {
        public string Region { get; init; } = "";
        public long No { get; init; }
        public string Status { get; init; } = "";
        public string Key { get; init; } = "";
        public string Id { get; init; } = "";
        public long Version { get; init; }
        public string Hash { get; init; } = "";
        public DateOnly First { get; init; }
        public string Ends { get; init; } = "";
        public DateOnly KnownFrom { get; init; }
        public string Currency { get; init; } = "";
        public string Text { get; init; } = "";
        public long PreparedMs { get; init; }
        public string ReportHash { get; init; } = "";
        public long Renewed { get; init; }
        public long DoneMs { get; init; }
        public string DoneBy { get; init; } = "";
        public string Why { get; init; } = "";

        public PolicyRun ToRun() => new(
            Region, No, Status, new RunBook(Key, Id, checked((int)Version), Hash, First, Ends, KnownFrom, Currency, Text), PreparedMs, ReportHash, Renewed, DoneMs, DoneBy, Why);
    }

    private sealed class LineRow
    {
        public long DeviceNo { get; init; }
        public long Epoch { get; init; }
        public long Seq { get; init; }
        public Guid Settlement { get; init; }
        public string Person { get; init; } = "";
        public string Institution { get; init; } = "";
        public DateOnly ServiceDay { get; init; }
        public string Currency { get; init; } = "";
        public string Payer { get; init; } = "";
        public string OldStatus { get; init; } = "";
        public string NewStatus { get; init; } = "";
        public long OldFund { get; init; }
        public long OldCatastrophic { get; init; }
        public long OldAssistance { get; init; }
        public long OldAccount { get; init; }
        public long OldCash { get; init; }
        public long OldOwed { get; init; }
        public long OldBorne { get; init; }
        public long OldDue { get; init; }
        public long NewFund { get; init; }
        public long NewCatastrophic { get; init; }
        public long NewAssistance { get; init; }
        public long NewAccount { get; init; }
        public long NewCash { get; init; }
        public long NewOwed { get; init; }
        public long NewBorne { get; init; }
        public long NewDue { get; init; }
        public long NewVersion { get; init; }

        public HitLine ToLine() => new(
            DeviceNo, Epoch, Seq, Settlement, Person, Institution, ServiceDay, Currency, Payer,
            OldStatus, new HitSums(OldFund, OldCatastrophic, OldAssistance, OldAccount, OldCash, OldOwed, OldBorne, OldDue),
            NewStatus, new HitSums(NewFund, NewCatastrophic, NewAssistance, NewAccount, NewCash, NewOwed, NewBorne, NewDue));
    }
}
