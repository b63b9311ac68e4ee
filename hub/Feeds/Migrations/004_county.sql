-- Everybody insured in the county, by the truncated keyed hash of the identity number, with what a site may know of a person of
-- another catchment while the hub is not reached. State: in, gone (no member any more), clash (two persons have the same hash: neither
-- is given out).
create table county_index (
    region text not null,
    person text not null,
    hash text not null,
    insurance_type text not null,
    person_type text not null,
    pooling_area text not null,
    cover_first date not null,
    cover_end text not null,
    status text not null,
    state text not null check (state in ('in', 'gone', 'clash')),
    version bigint not null,
    primary key (region, person)
);
create index county_index_hash on county_index (region, hash, person);
create index county_index_version on county_index (region, version, person);

-- Hashes that a person had and has no more.
create table county_left (
    region text not null,
    hash text not null,
    version bigint not null,
    primary key (region, hash)
);
create index county_left_version on county_left (region, version, hash);

-- Through which change of the members the index is made, and under which key.
create table county_cursor (
    region text not null,
    key_id text not null,
    key_version bigint not null,
    version bigint not null,
    person text not null,
    primary key (region)
);

create index member_id_number on member (region, id_number, person);
create index member_card on member (region, card_number, person);

-- Every look of a site at a person of another catchment. Rows are only ever added. Person blank: nobody was found.
create table person_look (
    region text not null,
    device_no bigint not null,
    at_ms bigint not null,
    look uuid not null,
    site text not null,
    shown text not null,
    person text not null,
    why text not null,
    primary key (region, device_no, at_ms, look)
);
create index person_look_person on person_look (region, person, at_ms);

create view public_person_look as select region, device_no, at_ms, look, site, shown, person, why from person_look;
