-- Policy books that would hold for what is judged already. A pending one is not used by anybody; released, it holds from its
-- known-from on, and what was judged before is decided anew. The report stands as it was shown before the release.
create table policy_run (
    region text not null,
    run_no bigint not null,
    status text not null,
    book_key text not null,
    book_id text not null,
    book_version bigint not null,
    hash text not null,
    first date not null,
    ends text not null,
    known_from date not null,
    currency text not null,
    book text not null,
    prepared_ms bigint not null,
    report_hash text not null,
    renewed bigint not null,
    done_ms bigint not null,
    done_by text not null,
    why text not null,
    primary key (region, run_no)
);

-- Whom it hits: a settlement's shares and what follows from them, before and after, in minor units. New_version: of the decision
-- that the release made; 0 before it.
create table policy_run_line (
    region text not null,
    run_no bigint not null,
    device_no bigint not null,
    epoch bigint not null,
    seq bigint not null,
    settlement uuid not null,
    person text not null,
    institution text not null,
    service_day date not null,
    currency text not null,
    payer text not null,
    old_status text not null,
    new_status text not null,
    old_fund bigint not null,
    old_catastrophic bigint not null,
    old_assistance bigint not null,
    old_account bigint not null,
    old_cash bigint not null,
    old_owed bigint not null,
    old_borne bigint not null,
    old_due bigint not null,
    new_fund bigint not null,
    new_catastrophic bigint not null,
    new_assistance bigint not null,
    new_account bigint not null,
    new_cash bigint not null,
    new_owed bigint not null,
    new_borne bigint not null,
    new_due bigint not null,
    new_version bigint not null,
    primary key (region, run_no, device_no, epoch, seq)
);
