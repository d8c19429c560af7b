-- Amounts are whole mWh, mg and µg, as in the accounts; times are ms since 1970 UTC of plant time.

create table facility (
  id text primary key,
  origin text not null,
  mirrored_size bigint not null default 0,
  audited_size bigint not null default 0,
  verdict text not null default 'IN_PROGRESS'
    check (verdict in ('IN_PROGRESS', 'VERIFIED', 'FAILED')),
  failed_leaf bigint,
  reason text
);

create table interval_account (
  facility text not null references facility,
  start_millis bigint not null,
  end_millis bigint not null,
  leaf bigint not null,
  energy_mwh bigint not null,
  co2e_ug bigint not null,
  direct_ug bigint not null,
  idle_ug bigint not null,
  overhead_ug bigint not null,
  unattributed_ug bigint not null,
  interpolated_mwh bigint not null,
  primary key (facility, start_millis),
  check (direct_ug + idle_ug + overhead_ug + unattributed_ug = co2e_ug)
);

create table lot_account (
  facility text not null references facility,
  lot text not null,
  leaf bigint not null,
  material text not null,
  mass_mg bigint not null,
  own_mwh bigint not null,
  own_ug bigint not null,
  inherited_ug bigint not null,
  secondary_ug bigint not null,
  total_ug bigint not null,
  serialised boolean not null,
  primary key (facility, lot),
  check (own_ug + inherited_ug = total_ug)
);

create index lot_account_lot on lot_account (lot);
create index lot_account_serialised on lot_account (leaf desc) where serialised;

create table lot_component (
  facility text not null,
  lot text not null,
  position int not null,
  component text not null,
  material text not null,
  mass_mg bigint not null,
  inherited_ug bigint not null,
  basis text not null check (basis in ('PASSPORT', 'SECONDARY', 'OWN')),
  primary key (facility, lot, position),
  foreign key (facility, lot) references lot_account
);

create table custody_event (
  facility text not null references facility,
  leaf bigint not null,
  type text not null check (type in ('RECEIVED', 'TRANSFORMED', 'SHIPPED')),
  event_millis bigint not null,
  cause bigint not null,
  read_point text not null,
  biz_location text not null,
  destination text,
  primary key (facility, leaf)
);

create table custody_lot (
  facility text not null,
  leaf bigint not null,
  output boolean not null,
  position int not null,
  lot text not null,
  mass_mg bigint not null,
  primary key (facility, leaf, output, position),
  foreign key (facility, leaf) references custody_event
);

create index custody_lot_lot on custody_lot (lot);
