-- PostgreSQL's own guard, beside the check in code: a set that does not sum to zero, a closed month, a changed or deleted
-- posting is refused by the store itself.
create function ledger_set_sealed() returns trigger language plpgsql as $$
begin
    if exists (
        select 1 from ledger_leg l join ledger_account a on a.region = l.region and a.account_no = l.account_no
        where l.region = new.region and l.set_id = new.set_id group by a.currency having sum(l.fen) <> 0) then
        raise exception 'ledger: the legs of a set must sum to zero in each currency';
    end if;
    if new.legs <> (select count(*) from ledger_leg l where l.region = new.region and l.set_id = new.set_id) then
        raise exception 'ledger: the number of legs of a set must be as sealed';
    end if;
    if exists (select 1 from ledger_period p where p.region = new.region and p.month = new.posting_month) then
        raise exception 'ledger: the month is closed';
    end if;
    return new;
end $$;
create function ledger_leg_after_seal() returns trigger language plpgsql as $$
begin
    if exists (select 1 from ledger_set s where s.region = new.region and s.set_id = new.set_id) then
        raise exception 'ledger: a sealed set takes no further leg';
    end if;
    return new;
end $$;
create function ledger_never() returns trigger language plpgsql as $$
begin
    raise exception 'ledger: postings are never changed and never deleted';
end $$;
create trigger ledger_set_sealed before insert on ledger_set for each row execute function ledger_set_sealed();
create trigger ledger_leg_after_seal before insert on ledger_leg for each row execute function ledger_leg_after_seal();
create trigger ledger_set_kept before update or delete on ledger_set for each row execute function ledger_never();
create trigger ledger_leg_kept before update or delete on ledger_leg for each row execute function ledger_never();
create trigger ledger_set_whole before truncate on ledger_set for each statement execute function ledger_never();
create trigger ledger_leg_whole before truncate on ledger_leg for each statement execute function ledger_never();
