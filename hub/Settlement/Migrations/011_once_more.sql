-- A hub from before computed with less of the benefit: every year is looked at once more. What stays as it was writes nothing.
insert into year_again (region, person, scheme_year, why, since_ms)
select distinct region, person, scheme_year, 'rules', 0 from settlement_fact where true
on conflict (region, person, scheme_year) do nothing;
