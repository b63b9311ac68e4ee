-- What the whole hub rests on: its region, its counters, the newest version of each feed.
create table meta (
    region text not null,
    name text not null,
    value text not null,
    primary key (region, name)
);

-- Numbers that a region hands out one after the other: device, segment, feed version, …
create table counter (
    region text not null,
    name text not null,
    value bigint not null,
    primary key (region, name)
);

-- The version of the last change of each feed; versions come from the one counter 'feed'.
create table feed_version (
    region text not null,
    feed text not null,
    version bigint not null,
    primary key (region, feed)
);
