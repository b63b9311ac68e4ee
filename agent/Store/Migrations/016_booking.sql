-- Visits booked here: as fed by the hub, and those that this desk made (seen -1 until the hub tells of them). How far each went here
-- stands apart, so that a feed never takes a step back.
create table booking (
    feed_key text not null primary key, person text not null, starts_at text not null, minutes bigint not null, room text not null,
    profession text not null, staff text not null, state text not null, seen bigint not null);
create index booking_start on booking (starts_at, feed_key);
create index booking_person on booking (person, starts_at);
create table booking_step (
    booking text not null primary key, person text not null, state text not null, at text not null, by_whom text not null, place text not null,
    number bigint not null);
create table booking_cancelled (booking text not null primary key, at text not null);
