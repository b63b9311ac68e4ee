-- Persons of other catchments whom this site has business with, as the hub told when it was asked (known_by lookup, heard_at), or as
-- the county's index told while the hub was not reached (index).
create table guest (
    person text not null primary key, id_lookup bytea not null, card_lookup bytea not null,
    insurance_type text not null, person_type text not null, pooling_area text not null,
    cover_first date not null, cover_end date, status text not null, account bigint not null,
    sealed bytea not null, account_owner text not null, known_by text not null, heard_at timestamptz not null);
create index guest_id on guest (id_lookup);
create index guest_card on guest (card_lookup);
create index guest_heard on guest (heard_at);

-- The county's index: truncated keyed hash of the identity number, the person, and a profile that many share: insurance type, person
-- type, pooling area, cover, status. Loaded beside what is used, like the members. Never held in memory.
create table county (
    seen bigint not null, hash bytea not null, person text not null, profile bigint not null,
    primary key (seen, hash)) without rowid;
create table county_profile (profile bigint not null primary key, words text not null unique);

-- What the hub tells of this site. Sealed: the county's key is among it.
create table site_fact (name text not null primary key, sealed bytea not null, seen bigint not null);
