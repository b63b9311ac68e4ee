-- Visits booked at the sites (O7). A removed row stays, so that it leaves the agents, until its day is long past.
create table booking (
    region text not null,
    site text not null,
    key text not null,
    person text not null,
    starts_at text not null,
    minutes bigint not null check (minutes between 1 and 1440),
    room text not null,
    profession text not null,
    staff text not null,
    state text not null,
    source text not null,
    version bigint not null,
    removed boolean not null,
    primary key (region, site, key)
);
create index booking_version on booking (region, site, version, key);
create index booking_start on booking (region, site, starts_at, key);

-- The steps of booked visits as the sites' journals tell them. The first of each counts; what comes again is only counted.
create table booking_step (
    region text not null,
    site text not null,
    key text not null,
    state text not null,
    person text not null,
    at_ms bigint not null,
    by_whom text not null,
    place text not null,
    number bigint not null,
    repeats bigint not null,
    primary key (region, site, key, state)
);

create view public_booking as
select region, site, key, person, starts_at, minutes, room, profession, staff, state, source, version, removed from booking;

create view public_booking_step as
select region, site, key, state, person, at_ms, by_whom, place, number, repeats from booking_step;
