-- Rows of the catalogue that a later load replaced: a bill is judged by the row that held on its service day.
create table catalogue_past (
    region text not null,
    code text not null,
    version bigint not null,
    class text not null,
    category bigint not null,
    limit0 text not null,
    limit1 text not null,
    limit2 text not null,
    limit3 text not null,
    pre_self_pay text not null,
    first date not null,
    ends text not null,
    removed boolean not null,
    primary key (region, code, version)
);

create view public_catalogue_row as
select region, code, class, category, limit0, limit1, limit2, limit3, pre_self_pay, first, ends, version, removed from catalogue
union all
select region, code, class, category, limit0, limit1, limit2, limit3, pre_self_pay, first, ends, version, removed from catalogue_past;
