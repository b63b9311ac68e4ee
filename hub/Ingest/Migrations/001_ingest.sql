-- Where each device's chain stands, and what was last refused of it (blank: nothing since the last accepted batch).
create table device_head (
    region text not null,
    device_no bigint not null,
    epoch bigint not null,
    seq bigint not null,
    hash bytea not null,
    effective_ms bigint not null,
    received_ms bigint not null,
    refused_code text not null,
    refused_detail text not null,
    refused_ms bigint not null,
    refused_count bigint not null,
    forks bigint not null,
    primary key (region, device_no)
);

-- The epochs that the hub gave a device, and why.
create table device_epoch (
    region text not null,
    device_no bigint not null,
    epoch bigint not null,
    given_ms bigint not null,
    why text not null,
    primary key (region, device_no, epoch)
);

-- A signed batch as it came over the wire. Segments of one epoch never overlap.
create table segment (
    region text not null,
    segment_id bigint not null,
    device_no bigint not null,
    epoch bigint not null,
    from_seq bigint not null,
    count bigint not null,
    raw_length bigint not null,
    prev_hash bytea not null,
    last_hash bytea not null,
    received_ms bigint not null,
    wire bytea not null,
    primary key (region, segment_id)
);
create unique index segment_place on segment (region, device_no, epoch, from_seq);

-- One narrow row per journal line; the line itself stands in its segment at this ordinal. Kind 'Unreadable': the line is
-- kept, its head could not be read.
create table entry (
    region text not null,
    device_no bigint not null,
    epoch bigint not null,
    seq bigint not null,
    segment_id bigint not null,
    ordinal bigint not null,
    kind text not null,
    schema bigint not null,
    captured_effective_ms bigint not null,
    civil_day date not null,
    primary key (region, device_no, epoch, seq)
);

-- What the sites claim, for watching; clearing reads only what was decided. Only a site's own device changes its rows.
create table claimed_rollup (
    region text not null,
    site text not null,
    visit_type text not null,
    service_month text not null,
    currency text not null,
    settled bigint not null,
    reversed bigint not null,
    total bigint not null,
    fund bigint not null,
    account bigint not null,
    cash bigint not null,
    primary key (region, site, visit_type, service_month, currency)
);

create view public_entry as
select e.region, e.device_no, e.epoch, e.seq, d.site, e.kind, e.schema, e.captured_effective_ms, e.civil_day, e.segment_id, e.ordinal
from entry e join public_device d on d.region = e.region and d.device_no = e.device_no;

create view public_segment as
select s.region, s.segment_id, s.device_no, d.device, d.site, s.epoch, s.from_seq, s.count, s.raw_length, s.prev_hash, s.last_hash, s.received_ms, s.wire
from segment s join public_device d on d.region = s.region and d.device_no = s.device_no;

create view public_device_head as
select h.region, h.device_no, d.device, d.site, h.epoch, h.seq, h.hash, h.received_ms, h.refused_code, h.refused_detail, h.refused_ms, h.forks
from device_head h join public_device d on d.region = h.region and d.device_no = h.device_no;

create view public_claimed_rollup as
select region, site, visit_type, service_month, currency, settled, reversed, total, fund, account, cash from claimed_rollup;
