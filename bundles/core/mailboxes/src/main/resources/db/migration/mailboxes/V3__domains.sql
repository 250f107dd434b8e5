-- SPDX-License-Identifier: Apache-2.0

-- The domains that a tenant sends for. Of the DKIM keys only the public halves stand here.
create table tenant.domain (
  tenant_id        uuid        not null,
  id               uuid        not null,
  name             text        not null,
  state            text        not null check (state in ('pending', 'verified', 'failing')),
  return_path_host text        not null,
  tracking_host    text        not null,
  selectors        jsonb       not null,
  checks           jsonb       not null,
  checked_at       timestamptz,
  verified_at      timestamptz,
  drifting_since   timestamptz,
  failing_at       timestamptz,
  due_at           timestamptz not null,
  created_at       timestamptz not null,
  version          bigint      not null,
  primary key (tenant_id, id),
  unique (tenant_id, name)
);
create index domain_due on tenant.domain (due_at);
