-- Sums over all rows that the hub was loaded with, by kind of load, renewed with each: what no journal says can be held against nothing else.
create table table_sum (
    region text not null,
    name text not null,
    rows bigint not null,
    sum bigint not null,
    primary key (region, name)
);
