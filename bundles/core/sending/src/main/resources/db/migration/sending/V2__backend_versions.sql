-- SPDX-License-Identifier: Apache-2.0

-- Which version of a mail backend tenants use. A version installed beside the current one gets nobody
-- until tenants are moved to it.
create table platform.backend_version (
  backend      text        primary key,
  current      text        not null,
  next         text,
  everybody    boolean     not null,
  return_above int         not null check (return_above between 1 and 100),
  state        text        not null check (state in ('steady', 'moving', 'returned')),
  reason       text,
  revision     bigint      not null,
  changed_at   timestamptz not null
);

-- The tenants that were moved to the next version, where not everybody was.
create table platform.backend_version_tenant (
  backend   text not null references platform.backend_version,
  tenant_id uuid not null,
  primary key (backend, tenant_id)
);
