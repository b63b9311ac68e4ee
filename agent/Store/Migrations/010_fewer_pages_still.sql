-- A settlement's moves lie together, without an index beside them. By their source they are asked for only when it is taken back,
-- and then by its person; of_person: the person of the settlement where the move is another's, who owns the account that paid.
create table accumulator_move_by_person (
    person text not null, epoch bigint not null, seq bigint not null, accumulator text not null,
    source uuid not null, before_amount bigint not null, after_amount bigint not null, of_person text,
    primary key (person, epoch, seq, accumulator, source)) without rowid;
insert into accumulator_move_by_person (person, epoch, seq, accumulator, source, before_amount, after_amount, of_person)
select m.person, m.epoch, m.seq, m.accumulator, m.source, m.before_amount, m.after_amount, case when s.person <> m.person then s.person end
from accumulator_move m
left join reversal r on r.reversal = m.source
left join settlement s on s.settlement = coalesce(r.settlement, m.source)
order by m.person, m.epoch, m.seq, m.accumulator, m.source;
drop table accumulator_move;
alter table accumulator_move_by_person rename to accumulator_move;
create index accumulator_move_of_person on accumulator_move (of_person, source) where of_person is not null;

-- Settlements lie by their id, which grows with time: no second tree for it.
create table settlement_by_id (
    settlement uuid not null primary key, visit text not null, ordinal bigint not null,
    person text not null, epoch bigint not null, seq bigint not null,
    civil_day date not null, service_day date not null, visit_type text not null, currency text not null,
    total bigint not null check (total = cast(total as bigint)), eligible bigint not null check (eligible = cast(eligible as bigint)),
    fund bigint not null check (fund = cast(fund as bigint)), account bigint not null check (account = cast(account as bigint)),
    cash bigint not null check (cash = cast(cash as bigint)),
    offline boolean not null, request_key text not null, receipt text not null, reversal uuid,
    catastrophic bigint not null default 0 check (catastrophic = cast(catastrophic as bigint)),
    assistance bigint not null default 0 check (assistance = cast(assistance as bigint)),
    replaces uuid) without rowid;
insert into settlement_by_id (settlement, visit, ordinal, person, epoch, seq, civil_day, service_day, visit_type, currency,
    total, eligible, fund, account, cash, offline, request_key, receipt, reversal, catastrophic, assistance, replaces)
select settlement, visit, ordinal, person, epoch, seq, civil_day, service_day, visit_type, currency,
    total, eligible, fund, account, cash, offline, request_key, receipt, reversal, catastrophic, assistance, replaces from settlement order by settlement;
drop table settlement;
alter table settlement_by_id rename to settlement;
create unique index settlement_business on settlement (visit, ordinal) where reversal is null;
create index settlement_open on settlement (epoch, seq, fund) where reversal is null;
create index settlement_day on settlement (civil_day);
create index settlement_person on settlement (person, service_day);
