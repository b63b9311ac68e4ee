-- The bill's parts by the items that the site had been told of, where it had not as it divided them itself: of a bill with an ignored item and a
-- stale one the site bears the ignored one alone. What was judged before keeps what it was judged by: all corrected.
alter table settlement_fact add column told_full_self_pay bigint not null default 0;
alter table settlement_fact add column told_over_price_limit bigint not null default 0;
alter table settlement_fact add column told_pre_self_pay bigint not null default 0;
alter table settlement_fact add column told_eligible bigint not null default 0;
update settlement_fact set told_full_self_pay = full_self_pay, told_over_price_limit = over_price_limit, told_pre_self_pay = pre_self_pay, told_eligible = eligible;
