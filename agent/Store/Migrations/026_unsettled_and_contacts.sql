-- Why a visit was not settled on the spot, as somebody at the desk said last; the entry in the journal holds each saying.
create table visit_unsettled (
    visit text not null primary key, reason text not null, operator text not null, said timestamptz not null) without rowid;

-- Contacts by channel and profession, as the day counts them; who it was with stands in the journal entry alone. Days before this was kept
-- show none.
create table contact (
    contact uuid not null primary key, civil_day date not null, channel text not null, profession text not null,
    replaces boolean not null) without rowid;
create index contact_day on contact (civil_day);
