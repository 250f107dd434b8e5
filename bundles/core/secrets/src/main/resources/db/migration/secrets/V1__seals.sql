-- SPDX-License-Identifier: Apache-2.0

-- Tenants whose secrets the operator has sealed: a row for as long as the seal lasts.
create table tenant.secret_seal (
  tenant_id uuid        not null,
  id        uuid        not null,
  reason    text        not null check (length(reason) between 1 and 200),
  sealed_by text        not null,
  sealed_at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id)
);

-- For whoever has to know it in the transaction in which it sends.
create view tenant.secrets_seals_v1 with (security_invoker = true) as
  select tenant_id, sealed_at from tenant.secret_seal;
