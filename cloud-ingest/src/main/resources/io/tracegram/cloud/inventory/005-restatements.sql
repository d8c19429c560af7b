-- Which accounts of lots are restatements: who received those lots asks for them. And the leaf of
-- the footprint that a part of a lot rests on, with the key that signed it. The audit stores all
-- anew.
delete from lot_component;
delete from lot_account;
update facility set audited_size = 0;

alter table lot_account add column revision int not null;

alter table lot_component
  add column footprint_leaf bigint,
  add column footprint_key text;

create index lot_account_restated on lot_account (facility, leaf) where revision > 0;
