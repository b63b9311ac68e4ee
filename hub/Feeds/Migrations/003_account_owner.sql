-- The person whose account pays for this one; blank: the own account. The account's balance is the owner's.
alter table member add column account_owner text not null default '';
create index member_owner on member (region, account_owner, person);

drop view public_member;
create view public_member as
select region, person, id_number, name, birth_date, village, insurance_type, person_type, pooling_area, cover_first, cover_end, status, account, account_owner, version, removed
from member;

drop view public_parameter;
create view public_parameter as select region, key, value, unit, version, removed from parameter;
