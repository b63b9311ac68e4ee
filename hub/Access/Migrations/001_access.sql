-- Institutions, the villages that belong to each, and the devices that may speak for them.
create table institution (
    region text not null,
    code text not null,
    name text not null,
    level bigint not null check (level between 0 and 3),
    type text not null,
    alliance text not null,
    primary key (region, code)
);

-- A village that left a catchment stays with removed = true, so that its members leave the agent's store too.
create table catchment (
    region text not null,
    site text not null,
    village text not null,
    version bigint not null,
    removed boolean not null,
    primary key (region, site, village)
);

create table device (
    region text not null,
    device_no bigint not null,
    device text not null,
    site text not null,
    public_key bytea not null,
    key_id text not null,
    agent_version text not null,
    enrolled_ms bigint not null,
    revoked_ms bigint,
    revoked_why text,
    primary key (region, device_no)
);
create unique index device_name on device (region, device);
create unique index device_one_per_site on device (region, site) where revoked_ms is null;

-- Only the code's SHA-256 is kept; it is used once, before it expires.
create table enrolment_code (
    region text not null,
    code_hash text not null,
    site text not null,
    made_ms bigint not null,
    expires_ms bigint not null,
    used_ms bigint,
    used_device_no bigint,
    primary key (region, code_hash)
);

create view public_institution as select region, code, name, level, type, alliance from institution;
create view public_catchment as select region, site, village, version, removed from catchment;
create view public_device as select region, device_no, device, site, key_id, enrolled_ms, revoked_ms from device;
