-- Who works here. Sealed: the name. What a PIN is checked against never leaves this table; rounds is what one check costs.
-- Wrong tries are counted before they are computed, so that many at once count as many.
create table staff (
    number text not null primary key, role text not null, sealed bytea not null,
    salt bytea not null, hash bytea not null, rounds bigint not null,
    must_change boolean not null, pin_ends timestamptz, wrong bigint not null default 0, wrong_at timestamptz,
    left_at timestamptz) without rowid;

-- Who is signed in, by a hash of what the browser keeps.
create table desk_session (
    token bytea not null primary key, staff text not null, opened timestamptz not null, seen timestamptz not null,
    locked boolean not null) without rowid;

-- Programs that speak to the local interface, by a hash of their token.
create table client (
    name text not null primary key, token bytea not null, made_by text not null, made_at timestamptz not null,
    revoked_at timestamptz) without rowid;
create unique index client_token on client (token);

-- Looks at persons that are in the journal already.
create table person_seen (
    operator text not null, person text not null, visit text not null, civil_day date not null,
    primary key (operator, person, visit, civil_day)) without rowid;

-- Counts of the drawer; the reason stands in the journal entry alone.
create table drawer_count (
    count uuid not null primary key, civil_day date not null, at timestamptz not null, operator text not null,
    expected bigint not null check (expected = cast(expected as bigint)), counted bigint not null check (counted = cast(counted as bigint)),
    epoch bigint not null, seq bigint not null) without rowid;
create index drawer_count_day on drawer_count (civil_day);
