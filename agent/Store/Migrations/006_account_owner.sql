-- Whose account pays for the member; blank: the own one. account is that one's balance.
alter table member add column account_owner text not null default '';
