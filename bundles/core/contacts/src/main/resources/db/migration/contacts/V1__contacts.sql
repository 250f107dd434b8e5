-- SPDX-License-Identifier: Apache-2.0

-- The address stands as it is put on the wire and in the form by which two are the same. The digests
-- are those of its suppression and of its domain's, so that a join tells who is suppressed. The last
-- import that saw a contact tells a repeated row of a file from one that changes an older contact.
create table tenant.contact (
  tenant_id        uuid        not null,
  id               uuid        not null,
  email            text        not null,
  email_normalised text        collate "C" not null,
  address_digest   bytea       not null,
  domain_digest    bytea       not null,
  first_name       text,
  last_name        text,
  attributes       jsonb       not null,
  country          text,
  lawful_basis     text,
  source           text,
  tracking_consent boolean     not null,
  restricted       boolean     not null,
  created_at       timestamptz not null,
  updated_at       timestamptz not null,
  version          bigint      not null,
  last_import_id   uuid,
  primary key (tenant_id, id),
  unique (tenant_id, email_normalised)
) with (fillfactor = 90);

-- Attributes as they are searched by: jsonb has no operator that row-level security lets an index serve.
create table tenant.contact_attribute (
  tenant_id  uuid not null,
  attribute  text collate "C" not null,
  value      text collate "C" not null,
  contact_id uuid not null,
  primary key (tenant_id, attribute, value, contact_id)
);

create table tenant.contact_list (
  tenant_id       uuid        not null,
  id              uuid        not null,
  name            text        not null,
  name_normalised text        collate "C" not null,
  created_at      timestamptz not null,
  version         bigint      not null,
  primary key (tenant_id, id),
  unique (tenant_id, name_normalised)
);

create table tenant.list_member (
  tenant_id  uuid not null,
  list_id    uuid not null,
  contact_id uuid not null,
  primary key (tenant_id, list_id, contact_id)
);
create index list_member_contact on tenant.list_member (tenant_id, contact_id);

-- Outlives the contact; the address itself is not kept.
create table tenant.suppression (
  tenant_id  uuid        not null,
  id         uuid        not null,
  digest     bytea       not null,
  is_domain  boolean     not null,
  hint       text        not null,
  reason     text        not null,
  created_at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, digest)
);

-- Every tenant may read it, so it holds digests and nothing that tells an address.
create table platform.suppression (
  digest     bytea       primary key,
  is_domain  boolean     not null,
  reason     text        not null,
  created_at timestamptz not null
);

-- An import stands at byte_offset, which is the start of the record in line next_line.
create table tenant.import (
  tenant_id       uuid        not null,
  id              uuid        not null,
  job_id          uuid,
  file_name       text        not null,
  list_id         uuid,
  format          jsonb       not null,
  defaults        jsonb       not null,
  update_existing boolean     not null,
  columns         jsonb       not null,
  state           text        not null,
  error           text,
  bytes           bigint      not null,
  byte_offset     bigint      not null,
  next_line       bigint      not null,
  chunks          bigint      not null,
  row_count       bigint      not null,
  created         bigint      not null,
  updated         bigint      not null,
  unchanged       bigint      not null,
  duplicates      bigint      not null,
  rejected        bigint      not null,
  created_at      timestamptz not null,
  finished_at     timestamptz,
  primary key (tenant_id, id)
);

-- The uploaded file, cut into pieces of one size, until the import has ended.
create table tenant.import_chunk (
  tenant_id uuid  not null,
  import_id uuid  not null,
  number    int   not null,
  content   bytea not null,
  primary key (tenant_id, import_id, number)
);
alter table tenant.import_chunk alter column content set storage external;

create table tenant.import_error (
  tenant_id uuid   not null,
  import_id uuid   not null,
  line      bigint not null,
  code      text   not null,
  detail    text   not null,
  primary key (tenant_id, import_id, line)
);

create view tenant.contacts_audience_v1 with (security_invoker = true) as
  select c.tenant_id, c.id as contact_id, c.email, c.first_name, c.last_name, c.attributes, c.country,
         c.lawful_basis, c.tracking_consent, c.restricted,
         (sa.digest is not null or sd.digest is not null
           or pa.digest is not null or pd.digest is not null) as suppressed
  from tenant.contact c
  left join tenant.suppression sa on sa.tenant_id = c.tenant_id and sa.digest = c.address_digest
  left join tenant.suppression sd on sd.tenant_id = c.tenant_id and sd.digest = c.domain_digest
  left join platform.suppression pa on pa.digest = c.address_digest
  left join platform.suppression pd on pd.digest = c.domain_digest;

create view tenant.contacts_list_member_v1 with (security_invoker = true) as
  select tenant_id, list_id, contact_id from tenant.list_member;
