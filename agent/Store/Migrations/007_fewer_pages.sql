-- What a settlement writes decides what it costs the disk. Nothing is kept twice: lines and diagnoses stand in the journal entry
-- that the settlement's row points at; nobody read them anywhere else.
drop table settlement_line;
alter table settlement drop column sealed;

-- One place for one line, epoch * 2^40 + seq: the lines lie in the order in which they are written, without an index beside them.
-- A line is packed before it is sealed; one that begins with an opening brace was not.
create table journal_placed (
    place integer not null primary key,
    epoch bigint not null generated always as (place >> 40) virtual,
    seq bigint not null generated always as (place & 1099511627775) virtual,
    hash bytea not null, sealed bytea not null,
    carried boolean not null default false);
insert into journal_placed (place, hash, sealed, carried) select (epoch << 40) + seq, hash, sealed, carried from journal order by epoch, seq;
drop table journal;
alter table journal_placed rename to journal;

-- Answers are packed before they are sealed; those that stand here already are not.
alter table request add column packed boolean not null default false;
