create table gap (id bigint primary key);
