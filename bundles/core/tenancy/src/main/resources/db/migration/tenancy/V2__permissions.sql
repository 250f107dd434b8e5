-- SPDX-License-Identifier: Apache-2.0

-- What the operator lets a tenant do beyond what every tenant may.
create table tenant.tenant_permission (
  tenant_id  uuid        not null,
  id         uuid        not null,
  permission text        collate "C" not null check (permission in ('transactional_mail')),
  granted_by text        not null,
  granted_at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, permission)
);
