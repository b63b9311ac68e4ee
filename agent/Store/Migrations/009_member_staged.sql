-- A snapshot of the members is loaded beside what is used, under the number of its run (seen), and flips at its end: what is used is
-- what feed_version.live names. sweep: rows of other runs are left to be taken away.
alter table feed_version add column live bigint not null default 0;
alter table feed_version add column sweep boolean not null default false;

create table member_staged (
    seen bigint not null, person text not null, id_lookup bytea not null, card_lookup bytea not null,
    insurance_type text not null, person_type text not null, pooling_area text not null,
    cover_first date not null, cover_end date, status text not null, account bigint not null,
    sealed bytea not null, account_owner text not null,
    primary key (seen, person)) without rowid;
insert into member_staged (seen, person, id_lookup, card_lookup, insurance_type, person_type, pooling_area, cover_first, cover_end, status, account, sealed, account_owner)
select 0, person, id_lookup, card_lookup, insurance_type, person_type, pooling_area, cover_first, cover_end, status, account, sealed, account_owner from member;
drop table member;
alter table member_staged rename to member;
create index member_id on member (id_lookup);
create index member_card on member (card_lookup);

-- A snapshot under way was loaded into what is used: it is begun anew, beside it.
update feed_version set run_upto = null, run_after = null, run_cursor = null, runs = runs + 1 where feed = 'members';
