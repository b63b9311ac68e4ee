-- The set that a correction points back to, when the month of the first set of its cause was closed before.
alter table ledger_set add column corrects uuid;
create index ledger_set_month on ledger_set (region, posting_month);

-- One row per month that was ever posted into or closed. Each posting adds itself here before it is written, and closing a month
-- changes the same row: so nobody posts into a month while it is being closed, on either engine.
create table ledger_month (
    region text not null,
    month text not null,
    sets bigint not null,
    closed boolean not null,
    primary key (region, month)
);
insert into ledger_month (region, month, sets, closed)
select s.region, s.posting_month, count(*), false from ledger_set s group by s.region, s.posting_month;
insert into ledger_month (region, month, sets, closed)
select p.region, p.month, 0, true from ledger_period p where true
on conflict (region, month) do update set closed = true;

-- How a month was closed: by whom, and the hash over its sets and the closing before it. Blank: closed before this was kept.
alter table ledger_period add column closed_by text not null default '';
alter table ledger_period add column sets bigint not null default 0;
alter table ledger_period add column previous text not null default '';
alter table ledger_period add column hash text not null default '';

-- Balances of a closed month by kind of envelope, in minor units.
create table ledger_period_total (
    region text not null,
    month text not null,
    currency text not null,
    kind text not null,
    opening bigint not null,
    movement bigint not null,
    closing bigint not null,
    primary key (region, month, currency, kind)
);

create view public_ledger_set as
select region, set_id, cause, value_date, posting_date, posting_month, legs, corrects from ledger_set;

create view public_ledger_leg as
select l.region, l.set_id, l.leg_no, l.event, a.currency, a.kind, a.owner, a.scheme, a.period, l.fen, l.rule, l.article, s.posting_month
from ledger_leg l
join ledger_set s on s.region = l.region and s.set_id = l.set_id
join ledger_account a on a.region = l.region and a.account_no = l.account_no;

create view public_ledger_period as
select region, month, closed_ms, closed_by, sets, previous, hash from ledger_period;

create view public_ledger_period_total as
select region, month, currency, kind, opening, movement, closing from ledger_period_total;
