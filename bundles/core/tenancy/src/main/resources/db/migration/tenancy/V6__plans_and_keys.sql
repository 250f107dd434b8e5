-- SPDX-License-Identifier: Apache-2.0

-- The ranges of addresses that a key may be used from, canonical, joined by spaces; none: everywhere.
alter table tenant.api_key add column addresses text not null default '';

-- How much a key was used. An operation is an id of the OpenAPI document, never a path with values.
create table tenant.api_key_usage (
  tenant_id uuid   not null,
  key_id    uuid   not null,
  day       date   not null,
  operation text   collate "C" not null,
  calls     bigint not null,
  primary key (tenant_id, key_id, day, operation)
);
create index api_key_usage_age on tenant.api_key_usage (day);

-- What nodes tell each other each second of the keys in use: when a key's bucket will be full again,
-- and which nodes there are. Worth nothing after a crash, so it is not logged and costs no fsync.
create unlogged table platform.key_bucket (
  key_id  uuid        primary key,
  full_at timestamptz not null
);
create unlogged table platform.key_node (
  node    uuid        primary key,
  seen_at timestamptz not null
);

-- What tenants can subscribe to. A limit that is null is none; prices in the smallest unit of the
-- currency. The plan of who chose none is configured; unmetered is always there.
create table platform.plan (
  code                text    collate "C" primary key,
  name                text    not null,
  rank                int     not null,
  offered             boolean not null,
  currency            text,
  month_price         bigint,
  year_price          bigint,
  emails              bigint  check (emails >= 0),
  users               bigint  check (users >= 0),
  workspaces          bigint  check (workspaces >= 0),
  domains             bigint  check (domains >= 0),
  requests_per_minute bigint  not null check (requests_per_minute > 0),
  request_burst       bigint  not null check (request_burst > 0),
  check ((currency is null) = (month_price is null) and (currency is null) = (year_price is null))
);
insert into platform.plan values
  ('unmetered',    'Unmetered',    0,  false, null,  null,  null,   null,   null, null, null, 300,  500),
  ('starter',      'Starter',      10, true,  'USD', 4900,  47000,  10000,  2,    3,    5,    60,   100),
  ('professional', 'Professional', 20, true,  'USD', 14900, 143000, 50000,  5,    10,   15,   300,  500),
  ('business',     'Business',     30, true,  'USD', 39900, 383000, 200000, 15,   null, null, 1000, 2000);

-- Which plan a tenant chose, and what follows with the next period. Periods are counted from the
-- anchor. Its id is the tenant's.
create table tenant.subscription (
  tenant_id        uuid        not null,
  id               uuid        not null,
  plan             text        collate "C" not null,
  billing_interval text        not null check (billing_interval in ('month', 'year')),
  since            timestamptz not null,
  anchor           timestamptz not null,
  next_plan        text        collate "C",
  next_interval    text        check (next_interval in ('month', 'year')),
  due_at           timestamptz,
  version          bigint      not null,
  primary key (tenant_id, id),
  check (id = tenant_id),
  check ((due_at is null) = (next_plan is null) and (due_at is null) = (next_interval is null))
);
create index subscription_due on tenant.subscription (due_at) where due_at is not null;

-- A tenant's limits that the operator set in place of its plan's; null is none.
create table tenant.entitlement_override (
  tenant_id   uuid        not null,
  id          uuid        not null,
  entitlement text        collate "C" not null,
  most        bigint      check (most >= 0),
  set_by      text        not null,
  set_at      timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, entitlement)
);
