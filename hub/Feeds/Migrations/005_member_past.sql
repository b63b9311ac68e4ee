-- Rows of members that a later load replaced or removed: a settlement is judged by the cover, insurance and account of its own day
-- and year, not by what was loaded since. until_ms: when the row was replaced.
create table member_past (
    region text not null,
    person text not null,
    version bigint not null,
    birth_date date not null,
    insurance_type text not null,
    person_type text not null,
    pooling_area text not null,
    cover_first date not null,
    cover_end text not null,
    status text not null,
    account bigint not null check (account = cast(account as bigint)),
    account_owner text not null,
    until_ms bigint not null,
    primary key (region, person, version)
);

-- Every row that a person ever had; the one that holds now has no end (until_ms 0).
create view public_member_row as
select region, person, birth_date, insurance_type, person_type, pooling_area, cover_first, cover_end, status, account, account_owner, version, removed,
       cast(0 as bigint) as until_ms
from member
union all
select region, person, birth_date, insurance_type, person_type, pooling_area, cover_first, cover_end, status, account, account_owner, version, false, until_ms
from member_past;
