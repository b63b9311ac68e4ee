-- What the agents are told. Each row carries the version of its last change; a removed row stays, so that it leaves the agents.
create table member (
    region text not null,
    person text not null,
    id_number text not null,
    card_number text not null,
    name text not null,
    sex text not null,
    birth_date date not null,
    village text not null,
    insurance_type text not null,
    person_type text not null,
    pooling_area text not null,
    cover_first date not null,
    cover_end text not null,
    status text not null,
    account bigint not null check (account = cast(account as bigint)),
    version bigint not null,
    removed boolean not null,
    primary key (region, person)
);
create index member_village on member (region, village, person);
create index member_version on member (region, version, person);

-- A person who moved: the village that the person left is told so.
create table member_left (
    region text not null,
    village text not null,
    person text not null,
    version bigint not null,
    primary key (region, village, person)
);

create table catalogue (
    region text not null,
    code text not null,
    name text not null,
    pinyin text not null,
    class text not null,
    category bigint not null check (category between 1 and 14),
    unit text not null,
    price text not null,
    limit0 text not null,
    limit1 text not null,
    limit2 text not null,
    limit3 text not null,
    pre_self_pay text not null,
    first date not null,
    ends text not null,
    remark text not null,
    version bigint not null,
    removed boolean not null,
    primary key (region, code)
);
create index catalogue_version on catalogue (region, version, code);

create table policy_book (
    region text not null,
    key text not null,
    id text not null,
    book_version bigint not null,
    hash text not null,
    first date not null,
    ends text not null,
    known_from date not null,
    book text not null,
    version bigint not null,
    removed boolean not null,
    primary key (region, key)
);

create table blacklist (
    region text not null,
    key text not null,
    person text not null,
    reason text not null,
    first date not null,
    ends text not null,
    version bigint not null,
    removed boolean not null,
    primary key (region, key)
);
create index blacklist_version on blacklist (region, version, key);

create table parameter (
    region text not null,
    key text not null,
    value text not null,
    unit text not null,
    version bigint not null,
    removed boolean not null,
    primary key (region, key)
);

create view public_member as
select region, person, id_number, name, birth_date, village, insurance_type, person_type, pooling_area, cover_first, cover_end, status, account, version, removed from member;
create view public_catalogue as
select region, code, name, class, category, unit, limit0, limit1, limit2, limit3, pre_self_pay, first, ends, version, removed from catalogue;
create view public_policy_book as
select region, key, id, book_version, hash, first, ends, known_from, book, version, removed from policy_book;
create view public_blacklist as
select region, key, person, reason, first, ends, version, removed from blacklist;
create view public_parameter as select region, key, value, unit, removed from parameter;
