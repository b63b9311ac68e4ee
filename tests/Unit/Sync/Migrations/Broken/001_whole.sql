create table whole (id bigint primary key);
