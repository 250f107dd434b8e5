-- SPDX-License-Identifier: Apache-2.0
create table tenant.sample (
  tenant_id uuid        not null,
  id        uuid        not null,
  name      text        not null,
  details   jsonb,
  made_at   timestamptz not null,
  version   bigint      not null,
  primary key (tenant_id, id),
  unique (tenant_id, name)
);
create table tenant.sample_log (
  tenant_id uuid not null,
  id        uuid not null,
  primary key (tenant_id, id)
) partition by range (id);
create view tenant.sample_v1 with (security_invoker = true) as
  select tenant_id, id, name from tenant.sample;
create table platform.sample_cursor (name text primary key, position bigint not null);
