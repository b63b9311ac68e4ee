-- Through which entry of each device the settlement has read; served: how many steps served it, so that none is kept waiting.
create table settlement_cursor (
    region text not null,
    device_no bigint not null,
    epoch bigint not null,
    seq bigint not null,
    served bigint not null,
    primary key (region, device_no)
);

-- One row per VisitSettled line: what was claimed, what the hub knew of the person when the line came in, and how it stands
-- (Stands, Reversed, Duplicate, Repeated). Enough to compute a person's year again without the line. Amounts in minor units.
create table settlement_fact (
    region text not null,
    device_no bigint not null,
    epoch bigint not null,
    seq bigint not null,
    site text not null,
    effective_ms bigint not null,
    known_on date not null,
    settlement uuid not null,
    visit text not null,
    ordinal bigint not null,
    person text not null,
    scheme_year bigint not null,
    service_day date not null,
    currency text not null,
    content text not null,
    standing text not null,
    reversed_ms bigint not null,
    visit_type text not null,
    out_of_area boolean not null,
    disease text,
    claimed_pooling_area text not null,
    claimed_level bigint not null,
    claimed_type text not null,
    claimed_cover text not null,
    claimed_person_type text not null,
    claimed_birth_date date not null,
    claimed_account_balance bigint not null,
    claimed_use_account boolean not null,
    total bigint not null check (total = cast(total as bigint)),
    claimed_full_self_pay bigint not null,
    claimed_over_price_limit bigint not null,
    claimed_pre_self_pay bigint not null,
    claimed_eligible bigint not null,
    claimed_deductible bigint not null,
    claimed_fund bigint not null,
    claimed_account bigint not null,
    claimed_cash bigint not null,
    claimed_moves text not null,
    policy_id text not null,
    policy_version bigint not null,
    policy_hash text not null,
    policy_row bigint not null,
    feed_members bigint not null,
    feed_accumulators bigint not null,
    feed_policies bigint not null,
    feed_catalogue bigint not null,
    feed_blacklist bigint not null,
    full_self_pay bigint not null,
    over_price_limit bigint not null,
    pre_self_pay bigint not null,
    eligible bigint not null,
    split_cause text not null,
    level bigint not null,
    institution_type text not null,
    pooling_area text not null,
    insurance_type text not null,
    person_type text not null,
    birth_date date not null,
    account_balance bigint not null,
    cover_fault text not null,
    cover_ignored boolean not null,
    member_version bigint not null,
    decision uuid,
    decision_version bigint not null,
    feed_version bigint not null,
    primary key (region, device_no, epoch, seq)
);
create index settlement_fact_person on settlement_fact (region, person, scheme_year);
create index settlement_fact_settlement on settlement_fact (region, settlement);
create index settlement_fact_visit on settlement_fact (region, site, visit, ordinal);
create index settlement_fact_feed on settlement_fact (region, site, feed_version);

create table settlement_reversal (
    region text not null,
    device_no bigint not null,
    epoch bigint not null,
    seq bigint not null,
    site text not null,
    effective_ms bigint not null,
    reversal uuid not null,
    settlement uuid not null,
    total bigint not null,
    fund bigint not null,
    account bigint not null,
    cash bigint not null,
    primary key (region, device_no, epoch, seq)
);
create index settlement_reversal_of on settlement_reversal (region, settlement);

create table settlement_refund (
    region text not null,
    refund uuid not null,
    device_no bigint not null,
    epoch bigint not null,
    seq bigint not null,
    site text not null,
    settlement uuid not null,
    person text not null,
    currency text not null,
    amount bigint not null check (amount = cast(amount as bigint)),
    posting_month text not null,
    primary key (region, refund)
);
create index settlement_refund_of on settlement_refund (region, settlement);

-- Decisions are only ever added; a later version supersedes. The fact names the one that holds.
create table decision (
    region text not null,
    device_no bigint not null,
    epoch bigint not null,
    seq bigint not null,
    version bigint not null,
    decision uuid not null,
    status text not null,
    code text not null,
    cause text not null,
    rule text not null,
    article text not null,
    fund bigint not null,
    account bigint not null,
    cash bigint not null,
    deductible bigint not null,
    difference bigint not null,
    bears text not null,
    policy text not null,
    policy_row bigint not null,
    moves text not null,
    posting_month text not null,
    decided_ms bigint not null,
    primary key (region, device_no, epoch, seq, version)
);
create unique index decision_id on decision (region, decision);

create table person_accumulator (
    region text not null,
    person text not null,
    scheme_year bigint not null,
    accumulator text not null,
    amount bigint not null,
    version bigint not null,
    primary key (region, person, scheme_year, accumulator)
);
create index person_accumulator_version on person_accumulator (region, version);

create table payable (
    region text not null,
    settlement uuid not null,
    person text not null,
    decision uuid not null,
    amount bigint not null,
    paid bigint not null,
    cause text not null,
    currency text not null,
    site text not null,
    since_ms bigint not null,
    version bigint not null,
    primary key (region, settlement)
);
create index payable_person on payable (region, person);

-- A case that people must look at. Subject: the entry or the settlement that it is about.
create table recovery_case (
    region text not null,
    kind text not null,
    subject text not null,
    settlement uuid not null,
    person text not null,
    institution text not null,
    currency text not null,
    amount bigint not null,
    owner text not null,
    status text not null,
    opened_ms bigint not null,
    closed_ms bigint,
    primary key (region, kind, subject)
);

-- An entry that could not be used. It never blocks the entries behind it.
create table quarantine (
    region text not null,
    device_no bigint not null,
    epoch bigint not null,
    seq bigint not null,
    site text not null,
    kind text not null,
    code text not null,
    detail text not null,
    owner text not null,
    waits_for text not null,
    since_ms bigint not null,
    released_ms bigint,
    primary key (region, device_no, epoch, seq)
);
create index quarantine_waits on quarantine (region, waits_for) where released_ms is null;

-- What was decided, by the month in which it was posted and the month of the service.
create table decided_rollup (
    region text not null,
    posting_month text not null,
    service_month text not null,
    institution text not null,
    visit_type text not null,
    currency text not null,
    charged_to text not null,
    visits bigint not null,
    total bigint not null,
    in_scope bigint not null,
    fund bigint not null,
    account bigint not null,
    cash bigint not null,
    owed bigint not null,
    offline_difference bigint not null,
    receivable bigint not null,
    refunded bigint not null,
    primary key (region, posting_month, service_month, institution, visit_type, currency, charged_to)
);

-- Evidence that a limit of the bureau, not the clinic, refused an instant settlement (Z27 rule 2).
create table offline_refusal (
    region text not null,
    device_no bigint not null,
    epoch bigint not null,
    seq bigint not null,
    site text not null,
    civil_day date not null,
    person text not null,
    visit_type text not null,
    code text not null,
    currency text not null,
    fund_asked bigint not null,
    limit_left bigint not null,
    primary key (region, device_no, epoch, seq)
);

create table entry_count (
    region text not null,
    site text not null,
    civil_day date not null,
    kind text not null,
    count bigint not null,
    primary key (region, site, civil_day, kind)
);

create table site_person (
    region text not null,
    site text not null,
    person text not null,
    primary key (region, site, person)
);

create view public_accumulator as
select region, person, accumulator, amount, version, cast(0 as boolean) as removed from person_accumulator;

create view public_settled_through as
select c.region, d.site, c.epoch, c.seq
from settlement_cursor c join public_device d on d.region = c.region and d.device_no = c.device_no
where d.revoked_ms is null;

create view public_site_person as select region, site, person from site_person;

create view public_decision as
select f.region, f.site, f.settlement as key, f.settlement, d.status, d.code, d.fund - f.claimed_fund as fund_difference, d.cause,
       d.decided_ms as decided_at, f.feed_version as version, cast(0 as boolean) as removed
from settlement_fact f join decision d on d.region = f.region and d.device_no = f.device_no and d.epoch = f.epoch and d.seq = f.seq and d.version = f.decision_version
where f.standing <> 'Duplicate' or not exists (
    select 1 from settlement_fact o where o.region = f.region and o.settlement = f.settlement and o.site = f.site and o.standing <> 'Duplicate');

create view public_payable as
select region, settlement as key, person, settlement, decision, amount, amount - paid as open, cause, version, amount = 0 as removed, site, currency, since_ms, paid
from payable;

create view public_recovery_case as
select region, kind, subject, settlement, person, institution, currency, amount, owner, status, opened_ms, closed_ms from recovery_case;

create view public_quarantine as
select region, device_no, epoch, seq, site, kind, code, detail, owner, since_ms, released_ms from quarantine;

create view public_decided_rollup as
select region, posting_month, service_month, institution, visit_type, currency, charged_to, visits, total, in_scope, fund, account, cash,
       owed, offline_difference, receivable, refunded
from decided_rollup;

create view public_offline_refusal as
select region, device_no, epoch, seq, site, civil_day, person, visit_type, code, currency, fund_asked, limit_left from offline_refusal;
