-- SPDX-License-Identifier: Apache-2.0

-- The end of a tenant's audit chain, locked by whoever adds to it. Its id is its tenant_id.
create table tenant.audit_chain (
  tenant_id uuid        not null,
  id        uuid        not null,
  seq       bigint      not null,
  hash      bytea       not null,
  moved_at  timestamptz not null,
  primary key (tenant_id, id),
  check (id = tenant_id)
);

-- What somebody did. The hash covers all of it and the hash before; of the source it covers the digest
-- alone, which says nothing once source and salt are gone.
create table tenant.audit_entry (
  tenant_id       uuid        not null,
  seq             bigint      not null,
  event_id        uuid        not null,
  type            text        collate "C" not null,
  subject_id      uuid        not null,
  subject_version bigint      not null,
  occurred_at     timestamptz not null,
  recorded_at     timestamptz not null,
  actor           text        collate "C" not null,
  request_id      text        not null,
  outcome         text        collate "C" not null check (outcome in ('done', 'refused', 'failed')),
  data            text        not null,
  source          text,
  source_salt     bytea,
  source_digest   bytea,
  previous        bytea       not null,
  hash            bytea       not null,
  primary key (tenant_id, seq),
  unique (tenant_id, event_id)
);
create index audit_entry_subject on tenant.audit_entry (tenant_id, subject_id, seq);
create index audit_entry_source on tenant.audit_entry (tenant_id, recorded_at)
  where source_salt is not null;

-- From where an event came, until its entry is made: the event log itself holds no address.
create table tenant.audit_source (
  tenant_id uuid not null,
  event_id  uuid not null,
  source    text not null,
  primary key (tenant_id, event_id)
);

-- Ends of chains as they were, signed by a key that the database does not hold.
create table platform.audit_head (
  tenant_id uuid        not null,
  seq       bigint      not null,
  hash      bytea       not null,
  signed_at timestamptz not null,
  key_id    int         not null,
  signature bytea       not null,
  copied_at timestamptz,
  primary key (tenant_id, seq)
);
create index audit_head_uncopied on platform.audit_head (signed_at) where copied_at is null;
create index audit_head_age on platform.audit_head (signed_at);

-- The last entry that outlived its retention; verification goes on behind it.
create table platform.audit_checkpoint (
  tenant_id uuid        primary key,
  seq       bigint      not null,
  hash      bytea       not null,
  signed_at timestamptz not null,
  key_id    int         not null,
  signature bytea       not null
);
