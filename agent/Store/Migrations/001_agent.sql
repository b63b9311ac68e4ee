-- The agent's whole store, first version. Region and site are one and the same for every row of an agent's store, so no key
-- carries them. Amounts are whole minor units. Sealed columns are AES-GCM: nonce, cipher text, tag.

create table meta (name text not null primary key, value text not null);

-- The chained journal: sealed is the line's exact bytes, hash the chain's value after it. Carried: the entry was sealed
-- again in a later epoch.
create table journal (
    epoch bigint not null, seq bigint not null, hash bytea not null, sealed bytea not null,
    carried boolean not null default false,
    primary key (epoch, seq));

-- The signature over region, device, epoch, seq and hash, made at every group commit: the unsent tail can't be rewritten.
create table journal_head (
    one bigint not null primary key check (one = 1),
    epoch bigint not null, seq bigint not null, hash bytea not null, signature bytea not null);

-- Acknowledged through: what the hub has stored durably.
create table ack (
    one bigint not null primary key check (one = 1),
    epoch bigint not null, seq bigint not null, hash bytea not null);

create table visit (
    visit text not null primary key, person text not null, visit_type text not null,
    evidence_kind text not null, evidence_device text not null, sealed bytea not null,
    operator text not null, opened timestamptz not null, civil_day date not null,
    epoch bigint not null, seq bigint not null);

-- Sealed: the entry's body (diagnoses, items, evidence), as it stands in the journal.
create table settlement (
    settlement uuid not null primary key, visit text not null, ordinal bigint not null,
    person text not null, epoch bigint not null, seq bigint not null,
    civil_day date not null, service_day date not null, visit_type text not null, currency text not null,
    total bigint not null check (total = cast(total as bigint)), eligible bigint not null check (eligible = cast(eligible as bigint)),
    fund bigint not null check (fund = cast(fund as bigint)), account bigint not null check (account = cast(account as bigint)),
    cash bigint not null check (cash = cast(cash as bigint)),
    offline boolean not null, request_key text not null, receipt text not null,
    reversal uuid, sealed bytea not null);
-- One unreversed settlement per part of a visit: the business key.
create unique index settlement_business on settlement (visit, ordinal) where reversal is null;
create index settlement_journal on settlement (epoch, seq);
create index settlement_day on settlement (civil_day);
create index settlement_person on settlement (person, service_day);

create table settlement_line (
    settlement uuid not null, no bigint not null, category bigint not null,
    amount bigint not null check (amount = cast(amount as bigint)),
    full_self_pay bigint not null, over_price_limit bigint not null, pre_self_pay bigint not null, eligible bigint not null,
    sealed bytea not null,
    primary key (settlement, no));

create table reversal (
    reversal uuid not null primary key, settlement uuid not null, epoch bigint not null, seq bigint not null,
    civil_day date not null, operator text not null);
create index reversal_day on reversal (civil_day);

create table refund (
    refund uuid not null primary key, decision text not null, person text not null, settlement text not null,
    amount bigint not null check (amount = cast(amount as bigint)), epoch bigint not null, seq bigint not null,
    civil_day date not null, operator text not null, request_key text not null);
create index refund_decision on refund (decision);
create index refund_day on refund (civil_day);

-- Answers by the caller's own id: the same key and content get the same answer.
create table request (
    request_key text not null primary key, operation text not null, content_hash bytea not null,
    sealed bytea not null, at timestamptz not null);

-- Refusals by an offline limit that are already in the journal, so that a caller who asks again writes no second entry.
create table offline_refusal (request_key text not null, code text not null, primary key (request_key, code));

-- Fed by the hub: the amount includes what this device sent through (includes_epoch, includes_seq).
create table accumulator_fed (
    person text not null, accumulator text not null, amount bigint not null,
    includes_epoch bigint not null, includes_seq bigint not null, seen bigint not null,
    primary key (person, accumulator));

-- Own later moves, by the settlement or reversal that made them.
create table accumulator_move (
    person text not null, accumulator text not null, epoch bigint not null, seq bigint not null,
    source uuid not null, before_amount bigint not null, after_amount bigint not null,
    primary key (person, accumulator, epoch, seq));
create index accumulator_move_source on accumulator_move (source);

-- Version of each feed that is wholly stored, when the hub last said that it is the newest, and where a run of pages stands.
-- Runs counts the runs of pages that ended; rows carry the number of the run that brought them (seen), never the version, for a
-- hub that was restored counts its versions anew.
create table feed_version (
    feed text not null primary key, version bigint not null,
    run_upto bigint, run_after bigint, run_cursor text, current_at text,
    runs bigint not null default 0);

create table member (
    person text not null primary key, id_lookup bytea not null, card_lookup bytea not null,
    insurance_type text not null, person_type text not null, pooling_area text not null,
    cover_first date not null, cover_end date, status text not null, account bigint not null,
    sealed bytea not null, seen bigint not null);
create index member_id on member (id_lookup);
create index member_card on member (card_lookup);

-- Cells as the hub wrote them; they are read by the rules' own reader.
create table catalogue_item (
    code text not null primary key, name text not null, pinyin text not null, class text not null, category text not null,
    unit text not null, price text not null, limit0 text not null, limit1 text not null, limit2 text not null, limit3 text not null,
    pre_self_pay text not null, valid_first text not null, valid_end text not null, remark text not null, seen bigint not null);

create table policy_book (
    feed_key text not null primary key, id text not null, version bigint not null, hash text not null,
    valid_first text not null, valid_end text not null, known_from text not null, book text not null, seen bigint not null);

create table blacklist (
    feed_key text not null primary key, person text not null, reason text not null,
    valid_first text not null, valid_end text not null, seen bigint not null);
create index blacklist_person on blacklist (person);

create table parameter (name text not null primary key, value text not null, unit text not null, seen bigint not null);

create table decision (
    feed_key text not null primary key, settlement text not null, status text not null, code text not null,
    fund_difference bigint not null, cause text not null, decided_at text not null, seen bigint not null);
create index decision_settlement on decision (settlement);

create table payable (
    feed_key text not null primary key, person text not null, settlement text not null, decision text not null,
    amount bigint not null, open bigint not null, cause text not null, seen bigint not null);
create index payable_person on payable (person);
create index payable_decision on payable (decision);
