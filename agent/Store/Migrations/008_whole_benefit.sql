-- What catastrophic insurance and assistance pay. Replaces: the settlement that a partial refund put this one in the place of.
alter table settlement add column catastrophic bigint not null default 0 check (catastrophic = cast(catastrophic as bigint));
alter table settlement add column assistance bigint not null default 0 check (assistance = cast(assistance as bigint));
alter table settlement add column replaces uuid;

-- Successor: the settlement that stands in the place of the one taken back; null: it was taken back whole.
alter table reversal add column successor uuid;
create index reversal_settlement on reversal (settlement);

-- One entry can move an accumulator twice: a partial refund takes the old settlement's moves back and makes the new one's.
create table accumulator_move_by_source (
    person text not null, accumulator text not null, epoch bigint not null, seq bigint not null,
    source uuid not null, before_amount bigint not null, after_amount bigint not null,
    primary key (person, accumulator, epoch, seq, source));
insert into accumulator_move_by_source (person, accumulator, epoch, seq, source, before_amount, after_amount)
select person, accumulator, epoch, seq, source, before_amount, after_amount from accumulator_move;
drop table accumulator_move;
alter table accumulator_move_by_source rename to accumulator_move;
create index accumulator_move_source on accumulator_move (source);
