-- The day's queue: one series of numbers for a site and day. Visit: null until a visit is opened for it. That a visit is settled
-- stands in the settlement alone; a state here says where the patient is, not whether money moved.
create table queue (
    entry text not null primary key, civil_day date not null, number bigint, state text not null,
    visit text, person text, channel text not null, visit_type text not null, room text not null default '', desk text not null default '',
    booked_for timestamptz, arrived timestamptz, called timestamptz, note text not null default '') without rowid;
create unique index queue_number on queue (civil_day, number);
create index queue_visit on queue (visit) where visit is not null;

-- A bill that is being written: diagnoses, lines and terms as typed, sealed. Revision counts its changes.
create table bill_draft (
    visit text not null, ordinal bigint not null, revision bigint not null, sealed bytea not null, changed timestamptz not null,
    primary key (visit, ordinal)) without rowid;

-- What this site's desks chose, so that it comes first: kind is diagnosis or item.
create table chosen (
    kind text not null, code text not null, title text not null, pinyin text not null, times bigint not null, last timestamptz not null,
    primary key (kind, code)) without rowid;
