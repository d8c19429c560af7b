-- Where facilities stand, and what is wrong with their goods: the audit stores all anew.
delete from custody_lot;
delete from custody_event;
update facility set audited_size = 0;

alter table facility
  add column latitude_e7 int,
  add column longitude_e7 int,
  add check ((latitude_e7 is null) = (longitude_e7 is null));

-- An event and the declaration of its error have the same cause.
alter table custody_event add column error boolean not null;

create index custody_event_error on custody_event (facility, cause) where error;

-- One row for each thing that is wrong. Those that one log tells count up as its leaves are
-- audited (position); those between facilities (crossing) follow from all events of a lot.
create table custody_exception (
  facility text not null references facility,
  code text not null,
  subject text not null,
  crossing boolean not null,
  position bigint not null,
  reason text not null,
  effect text not null,
  action text not null,
  leaf bigint not null,
  other_facility text references facility,
  other_leaf bigint,
  since_millis bigint not null,
  count bigint not null,
  primary key (facility, code, subject),
  check ((other_facility is null) = (other_leaf is null))
);

create index custody_exception_newest
  on custody_exception (since_millis desc, facility, code, subject);
create index custody_exception_crossing on custody_exception (subject) where crossing;
