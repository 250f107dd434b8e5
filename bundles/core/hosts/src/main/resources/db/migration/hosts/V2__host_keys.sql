-- SPDX-License-Identifier: Apache-2.0

-- The keys that sign in to hosts. Private halves stand in the secret store alone.
create table tenant.host_key (
  tenant_id     uuid        not null,
  id            uuid        not null,
  host_id       uuid        not null,
  role          text        not null check (role in ('admin', 'tenant')),
  username      text        not null,
  algorithm     text        not null check (algorithm in ('ed25519', 'rsa4096')),
  state         text        not null
    check (state in ('installing', 'active', 'rotating', 'revoking', 'revoked')),
  step          text        check (step in ('make', 'put', 'verify')),
  grace_seconds bigint      not null,
  rotation_days integer     not null check (rotation_days between 30 and 365),
  untidy        boolean     not null,
  problem       text,
  due_at        timestamptz,
  created_at    timestamptz not null,
  version       bigint      not null,
  primary key (tenant_id, id),
  unique (tenant_id, host_id, role),
  foreign key (tenant_id, host_id) references tenant.host (tenant_id, id) on delete cascade
);
create index host_key_due on tenant.host_key (due_at) where due_at is not null;

-- The pairs that a key has had, by the number of their version in the secret store.
create table tenant.host_key_version (
  tenant_id     uuid        not null,
  id            uuid        not null,
  key_id        uuid        not null,
  number        integer     not null,
  state         text        not null
    check (state in ('pending', 'current', 'grace', 'retired', 'abandoned')),
  public_key    text        not null,
  fingerprint   text        not null,
  created_at    timestamptz not null,
  retire_at     timestamptz,
  ended_at      timestamptz,
  downloaded_at timestamptz,
  incident_id   text,
  primary key (tenant_id, id),
  unique (tenant_id, key_id, number),
  foreign key (tenant_id, key_id) references tenant.host_key (tenant_id, id) on delete cascade
);
