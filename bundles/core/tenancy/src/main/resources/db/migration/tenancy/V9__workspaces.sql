-- SPDX-License-Identifier: Apache-2.0

-- Parts of a tenant. The main one has the tenant's id and is made with the tenant. One that has a
-- postal address is a legal sender of its own.
create table tenant.workspace (
  tenant_id      uuid        not null,
  id             uuid        not null,
  name           text        not null,
  name_key       text        collate "C" not null,
  postal_address text,
  created_at     timestamptz not null,
  archived_at    timestamptz,
  version        bigint      not null,
  primary key (tenant_id, id),
  check (id <> tenant_id or archived_at is null and postal_address is null)
);
create unique index workspace_name on tenant.workspace (tenant_id, name_key)
  where archived_at is null;

insert into tenant.workspace (tenant_id, id, name, name_key, created_at, version)
select tenant_id, id, 'Main', 'main', created_at, 1 from tenant.tenant;
