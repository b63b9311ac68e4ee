create table one (id bigint primary key);
insert into one (id) values (1);
