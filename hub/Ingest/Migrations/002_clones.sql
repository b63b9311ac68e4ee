-- The epoch that a device stood in when it was given a new one; null: given before this was kept.
alter table device_epoch add column from_epoch bigint;

-- Two copies of a device were seen to live (seen_ms > cleared_ms): no new epoch until an operator has cleared it. Epochs that
-- were given before cleared_ms no longer count against the device.
create table device_clone (
    region text not null,
    device_no bigint not null,
    seen_ms bigint not null,
    detail text not null,
    cleared_ms bigint not null,
    cleared_why text not null,
    primary key (region, device_no)
);

create view public_device_clone as
select c.region, c.device_no, d.device, d.site, c.seen_ms, c.detail, c.cleared_ms
from device_clone c join public_device d on d.region = c.region and d.device_no = c.device_no;
