-- SPDX-License-Identifier: Apache-2.0

-- One row per idempotency key that a tenant's client used within the last 24 hours.
create table tenant.idempotency (
  tenant_id   uuid        not null,
  key         text        not null check (length(key) between 1 and 255),
  fingerprint text        not null,
  result      text,
  result_id   uuid,
  expires_at  timestamptz not null,
  primary key (tenant_id, key)
);
create index idempotency_expiry on tenant.idempotency (expires_at);

-- What plugins keep for a tenant and for the whole platform, compared and set by version.
create table tenant.plugin_storage (
  tenant_id uuid   not null,
  plugin    text   collate "C" not null,
  key       text   collate "C" not null,
  value     bytea  not null,
  version   bigint not null,
  primary key (tenant_id, plugin, key)
);
create table platform.plugin_storage (
  plugin  text   collate "C" not null,
  key     text   collate "C" not null,
  value   bytea  not null,
  version bigint not null,
  primary key (plugin, key)
);

-- Numbers that rise when something that nodes cache has changed. Nodes read only what was changed by
-- transactions that they cannot have seen yet.
create table platform.epoch (
  tenant_id uuid   not null,
  topic     text   not null,
  value     bigint not null,
  changed   xid8   not null,
  primary key (tenant_id, topic)
);
create index epoch_changed on platform.epoch (changed);

-- Nodes and what they hold. A lease's row stays for ever, so that its fence never falls.
create table platform.node (
  id         text        primary key,
  started_at timestamptz not null,
  renewed_at timestamptz not null
);
create table platform.lease (
  name    text   primary key,
  node_id text,
  fence   bigint not null
);

-- Nodes within their term of ten seconds. A database that was away gives each of them a term's grace.
create view platform.living_node_v1 as
  select id from platform.node
  where greatest(renewed_at, pg_postmaster_start_time()) > clock_timestamp() - interval '10 seconds';
