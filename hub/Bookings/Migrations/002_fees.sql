-- The fee of a booked visit without the high-cost protection, minor units; null: none is known (O7).
alter table booking add column fee bigint;
alter table booking add column currency text not null default '';
drop view public_booking;
create view public_booking as
select region, site, key, person, starts_at, minutes, room, profession, staff, state, source, fee, currency, version, removed from booking;

-- Fees that patients paid anywhere, as the register of the high-cost protection tells them (O7).
create table patient_fee (
    region text not null,
    person text not null,
    key text not null,
    day date not null,
    amount bigint not null check (amount = cast(amount as bigint)),
    currency text not null,
    version bigint not null,
    removed boolean not null,
    primary key (region, person, key)
);
create index patient_fee_version on patient_fee (region, version, person, key);
create index booking_of_person on booking (region, person, site);

create view public_patient_fee as
select region, person, key, day, amount, currency, version, removed from patient_fee;
