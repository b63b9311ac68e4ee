-- Why visits were not settled on the spot, as their clinic said last: evidence for Z27 rule 2.
create table unsettled_visit (
    region text not null,
    site text not null,
    visit text not null,
    device_no bigint not null,
    epoch bigint not null,
    seq bigint not null,
    person text not null,
    visit_type text not null,
    visit_day date not null,
    reason text not null,
    primary key (region, site, visit)
);
create index unsettled_visit_day on unsettled_visit (region, visit_day);

-- A visit that was settled on its own day after all needs no reason any more.
create view public_unsettled_visit as
select u.region, u.site, u.visit, u.device_no, u.epoch, u.seq, u.person, u.visit_type, u.visit_day, u.reason
from unsettled_visit u
where not exists (
    select 1 from settlement_fact f
    where f.region = u.region and f.key_site = u.site and f.visit = u.visit and f.civil_day = u.visit_day and f.standing = 'Stands');
