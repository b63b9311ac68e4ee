-- Through which entry of each device a room has read on its own account.
create table entry_cursor (
    region text not null,
    taker text not null,
    device_no bigint not null,
    epoch bigint not null,
    seq bigint not null,
    primary key (region, taker, device_no)
);
