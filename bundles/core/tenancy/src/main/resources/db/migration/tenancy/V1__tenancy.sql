-- SPDX-License-Identifier: Apache-2.0

-- A tenant's own row, which is the truth about it. Its id is its tenant_id.
create table tenant.tenant (
  tenant_id         uuid        not null,
  id                uuid        not null,
  slug              text        not null,
  name              text        not null,
  postal_address    text,
  status            text        not null check (status in ('active', 'suspended')),
  suspension_reason text,
  weight            int         not null check (weight > 0),
  created_at        timestamptz not null,
  version           bigint      not null,
  primary key (tenant_id, id),
  check (id = tenant_id)
);

-- A key without its secret, which is found by its digest under the pepper of pepper_id. Scopes are
-- written as clients write them, joined by spaces.
create table tenant.api_key (
  tenant_id    uuid        not null,
  id           uuid        not null,
  name         text        not null,
  scopes       text        not null,
  mode         text        not null check (mode in ('live', 'test')),
  hint         text        not null,
  digest       bytea       not null,
  pepper_id    smallint    not null,
  created_at   timestamptz not null,
  expires_at   timestamptz,
  last_used_at timestamptz,
  revoked_at   timestamptz,
  version      bigint      not null,
  primary key (tenant_id, id),
  unique (tenant_id, digest)
);

-- The directory of tenants: written first, worthless without the tenant's own row, orphans swept.
create table platform.tenant (
  id         uuid        primary key,
  slug       text        collate "C" not null unique,
  kind       text        not null check (kind in ('operator', 'tenant')),
  status     text        not null check (status in ('active', 'suspended')),
  created_at timestamptz not null
);
create unique index tenant_operator on platform.tenant (kind) where kind = 'operator';

-- From a key's digest to whose key it is: written first, worthless without the key's own row.
create table platform.api_key_pointer (
  digest     bytea       primary key,
  tenant_id  uuid        not null,
  key_id     uuid        not null,
  pepper_id  smallint    not null,
  created_at timestamptz not null
);
create index api_key_pointer_age on platform.api_key_pointer (created_at);
