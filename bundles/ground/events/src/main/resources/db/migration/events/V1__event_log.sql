-- SPDX-License-Identifier: Apache-2.0

-- Which life of the database transaction ids belong to. It rises when the tables were restored into a
-- server whose transaction ids begin anew, as ids of one life say nothing about those of another.
create table platform.log_incarnation (
  only_row    boolean primary key default true check (only_row),
  incarnation int     not null
);
insert into platform.log_incarnation (incarnation) values (1);

-- Every business fact. Order is that of (incarnation, xid, id); ids, being of version 7, tell the day.
create table tenant.event (
  tenant_id       uuid        not null,
  id              uuid        not null,
  incarnation     int         not null,
  xid             xid8        not null default pg_current_xact_id(),
  type            text        collate "C" not null,
  subject_id      uuid        not null,
  subject_version bigint      not null,
  occurred_at     timestamptz not null,
  actor           text        not null,
  request_id      text        not null,
  data            jsonb       not null,
  primary key (tenant_id, id)
) partition by range (id);
create index event_order on tenant.event (incarnation, xid, id);
create index event_subject on tenant.event (tenant_id, subject_id, id);

-- The net below: events of a day whose partition could not be made.
create table tenant.event_default partition of tenant.event default;

-- The last event of a tenant that a reader has applied, moved in the transaction of its effects.
create table tenant.reader_position (
  tenant_id   uuid not null,
  id          uuid not null,
  reader      text collate "C" not null,
  incarnation int  not null,
  xid         xid8 not null,
  event_id    uuid not null,
  primary key (tenant_id, id),
  unique (tenant_id, reader)
);

-- How far a reader has read the whole log. No event that it has yet to read was made before floor_at.
create table platform.reader_cursor (
  reader      text   collate "C" primary key,
  incarnation int    not null,
  xid         xid8   not null,
  event_id    uuid   not null,
  floor_at    timestamptz,
  fence       bigint not null
);

-- Tenants whose events a reader could not apply and that it catches up with by themselves.
create table platform.reader_behind (
  reader      text        collate "C" not null,
  tenant_id   uuid        not null,
  floor_at    timestamptz,
  attempts    int         not null,
  next_try_at timestamptz not null,
  error       text        not null,
  primary key (reader, tenant_id)
);
create index reader_behind_due on platform.reader_behind (reader, next_try_at);
