create table gap3 (id bigint primary key);
