-- A booked visit's fee without the high-cost protection, minor units; blank: none known. And what persons booked here paid anywhere.
alter table booking add column fee text not null default '';
alter table booking add column currency text not null default '';
create table fee (
    feed_key text not null primary key, person text not null, day text not null, amount bigint not null, currency text not null, seen bigint not null);
create index fee_person on fee (person, day);
