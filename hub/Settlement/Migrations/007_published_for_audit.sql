-- What a third party is given: every claim with how it stands, every decision ever made, and through where each journal is judged.
create view public_settlement_claim as
select f.region, f.device_no, f.epoch, f.seq, f.kind, f.settlement, f.key_site, f.visit, f.ordinal, f.replaces, f.person, f.site, f.institution,
       f.visit_type, f.service_day, f.currency, f.standing, f.total, f.claimed_fund, f.claimed_catastrophic, f.claimed_assistance, f.claimed_account,
       f.claimed_cash, f.policy_id, f.policy_version, f.policy_hash, f.decision_version
from settlement_fact f;

create view public_decision_version as
select d.region, d.device_no, d.epoch, d.seq, d.version, d.decision, d.status, d.code, d.cause, d.rule, d.article, d.fund, d.catastrophic, d.assistance,
       d.account, d.cash, d.deductible, d.difference, d.bears, d.policy, d.policy_row, d.moves, d.posting_month, d.decided_ms
from decision d;

create view public_judged_through as select region, device_no, epoch, seq from settlement_cursor;
