-- A lot's account is kept whole, and its newest revision: the audit stores all anew.
delete from lot_component;
delete from lot_account;
update facility set audited_size = 0;

alter table lot_account add column account bytea not null;

alter table lot_component
  drop constraint lot_component_basis_check,
  add check (basis in ('PASSPORT', 'SECONDARY', 'OWN', 'DECLARED'));

-- The codec knows the types of events; a list here would be one more to keep in step.
alter table custody_event drop constraint custody_event_type_check;
