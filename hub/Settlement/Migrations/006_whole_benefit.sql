-- The whole benefit: catastrophic insurance and assistance, referral, admission, a family's account, partial refunds, manual
-- reimbursement. Kind: Settled; Remainder, what a partial refund left, at the place of the settlement that it replaces; Reimbursement.
-- Institution: who treated. Key site, visit, ordinal: the business key; a reimbursement's is its invoice's issuer and number.
-- Place: what the total order counts by; a remainder's is its forerunner's.
alter table settlement_fact add column kind text not null default 'Settled';
alter table settlement_fact add column institution text not null default '';
alter table settlement_fact add column key_site text not null default '';
alter table settlement_fact add column replaces uuid;
alter table settlement_fact add column place_ms bigint not null default 0;
alter table settlement_fact add column place_device_no bigint not null default 0;
alter table settlement_fact add column place_epoch bigint not null default 0;
alter table settlement_fact add column place_seq bigint not null default 0;
alter table settlement_fact add column claimed_catastrophic bigint not null default 0;
alter table settlement_fact add column claimed_assistance bigint not null default 0;
alter table settlement_fact add column referral text not null default 'NotNeeded';
alter table settlement_fact add column admitted text not null default '';
alter table settlement_fact add column account_owner text not null default '';
alter table settlement_fact add column known_by text not null default 'feed';
alter table settlement_fact add column feed_parameters bigint not null default 0;
alter table settlement_fact add column offline boolean not null default false;
alter table settlement_fact add column limit_ignored text not null default '';
alter table settlement_fact add column day_fund_limit bigint not null default -1;
alter table settlement_fact add column day_count_limit bigint not null default -1;
alter table settlement_fact add column double_released boolean not null default false;
update settlement_fact set institution = site, key_site = site, place_ms = effective_ms, place_device_no = device_no, place_epoch = epoch, place_seq = seq;

drop index settlement_fact_visit;
create index settlement_fact_visit on settlement_fact (region, key_site, visit, ordinal);
create index settlement_fact_replaces on settlement_fact (region, replaces) where replaces is not null;
create index settlement_fact_owner on settlement_fact (region, account_owner, scheme_year) where account_owner <> '';

-- A partial refund is the reversal of the old settlement too; remainder: it is one of these.
alter table settlement_reversal add column catastrophic bigint not null default 0;
alter table settlement_reversal add column assistance bigint not null default 0;
alter table settlement_reversal add column remainder boolean not null default false;

alter table decision add column catastrophic bigint not null default 0;
alter table decision add column assistance bigint not null default 0;

-- What catastrophic insurance and assistance bear stands apart: owed, offline_difference and receivable are the fund's alone (Z4).
alter table decided_rollup add column catastrophic bigint not null default 0;
alter table decided_rollup add column assistance bigint not null default 0;
alter table decided_rollup add column other_owed bigint not null default 0;
alter table decided_rollup add column other_difference bigint not null default 0;
alter table decided_rollup add column other_receivable bigint not null default 0;

drop view public_decided_rollup;
create view public_decided_rollup as
select region, posting_month, service_month, institution, visit_type, currency, charged_to, visits, total, in_scope, fund, catastrophic, assistance, account, cash,
       owed, offline_difference, receivable, other_owed, other_difference, other_receivable, refunded
from decided_rollup;

-- Persons' years that are to be computed again, though no entry of theirs came: after what people decided by hand.
create table year_again (
    region text not null,
    person text not null,
    scheme_year bigint not null,
    why text not null,
    since_ms bigint not null,
    primary key (region, person, scheme_year)
);

-- What people did by hand to a case or to an entry set aside, only ever added. Subject: the case's, or device/epoch/seq.
create table settled_by_hand (
    region text not null,
    action_id uuid not null,
    what text not null,
    kind text not null,
    subject text not null,
    action text not null,
    amount bigint not null,
    why text not null,
    done_ms bigint not null,
    primary key (region, action_id)
);
create index settled_by_hand_subject on settled_by_hand (region, what, kind, subject);
