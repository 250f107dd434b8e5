-- SPDX-License-Identifier: Apache-2.0
-- Which tenants are sealed.
create table tenant.a_seal (
  tenant_id uuid not null, id uuid not null, sealed_at timestamptz not null default now(),
  primary key (tenant_id, id));
create or replace view tenant.secrets_seals_v1 with (security_invoker = true) as
  select tenant_id, sealed_at from tenant.a_seal;
