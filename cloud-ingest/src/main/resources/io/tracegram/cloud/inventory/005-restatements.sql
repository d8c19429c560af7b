-- Which accounts of lots are restatements: who received those lots asks for them. The audit stores
-- all anew.
delete from lot_component;
delete from lot_account;
update facility set audited_size = 0;

alter table lot_account add column revision int not null;

create index lot_account_restated on lot_account (facility, leaf) where revision > 0;
