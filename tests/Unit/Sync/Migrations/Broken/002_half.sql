create table half (id bigint primary key); insert into absent values (1);
