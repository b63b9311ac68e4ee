-- SQLite's own guard, beside the check in code: a set that does not sum to zero, a closed month, a changed or deleted
-- posting is refused by the store itself.
create trigger ledger_set_sealed before insert on ledger_set
begin
    select raise(abort, 'ledger: the legs of a set must sum to zero in each currency')
    where exists (
        select 1 from ledger_leg l join ledger_account a on a.region = l.region and a.account_no = l.account_no
        where l.region = new.region and l.set_id = new.set_id group by a.currency having sum(l.fen) <> 0);
    select raise(abort, 'ledger: the number of legs of a set must be as sealed')
    where new.legs <> (select count(*) from ledger_leg l where l.region = new.region and l.set_id = new.set_id);
    select raise(abort, 'ledger: the month is closed')
    where exists (select 1 from ledger_period p where p.region = new.region and p.month = new.posting_month);
end;
create trigger ledger_leg_after_seal before insert on ledger_leg
when exists (select 1 from ledger_set s where s.region = new.region and s.set_id = new.set_id)
begin
    select raise(abort, 'ledger: a sealed set takes no further leg');
end;
create trigger ledger_set_update before update on ledger_set begin select raise(abort, 'ledger: postings are never changed'); end;
create trigger ledger_set_delete before delete on ledger_set begin select raise(abort, 'ledger: postings are never deleted'); end;
create trigger ledger_leg_update before update on ledger_leg begin select raise(abort, 'ledger: postings are never changed'); end;
create trigger ledger_leg_delete before delete on ledger_leg begin select raise(abort, 'ledger: postings are never deleted'); end;
