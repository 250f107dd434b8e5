-- SPDX-License-Identifier: Apache-2.0

-- What was last seen of each side of a host.
create table tenant.host_check (
  tenant_id  uuid        not null,
  id         uuid        not null,
  host_id    uuid        not null,
  name       text        not null,
  state      text        not null check (state in ('ok', 'warning', 'failed', 'unknown')),
  code       text        not null,
  detail     text        not null,
  checked_at timestamptz not null,
  changed_at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, host_id, name),
  foreign key (tenant_id, host_id) references tenant.host (tenant_id, id) on delete cascade
);

alter table tenant.host add column look_at timestamptz not null default now();
create index host_look on tenant.host (look_at);
