-- Own entries that the hub set aside, as it tells of them: which, why, who must act, since when.
create table set_aside (
    feed_key text not null primary key, device text not null, epoch bigint not null, seq bigint not null, kind text not null, code text not null,
    owner text not null, waits_for text not null, since text not null, seen bigint not null);
