-- Until now an interval that lacks a factor was stored with zeros: the audit stores all anew.
delete from interval_account;
update facility set audited_size = 0;

-- Its CO2e is not known, and null. A sum leaves nulls out: read sums from facility_co2e, which is
-- null while any interval of the facility is unknown.
alter table interval_account
  add column priced boolean not null,
  alter column co2e_ug drop not null,
  alter column direct_ug drop not null,
  alter column idle_ug drop not null,
  alter column overhead_ug drop not null,
  alter column unattributed_ug drop not null,
  add check (
    num_nonnulls(co2e_ug, direct_ug, idle_ug, overhead_ug, unattributed_ug)
      = case when priced then 5 else 0 end);

create view facility_co2e as
  select facility,
    sum(energy_mwh) as energy_mwh,
    case when bool_and(priced) then sum(co2e_ug) end as co2e_ug,
    count(*) filter (where not priced) as unpriced
  from interval_account group by facility;
