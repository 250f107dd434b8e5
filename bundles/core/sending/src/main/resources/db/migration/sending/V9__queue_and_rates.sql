-- SPDX-License-Identifier: Apache-2.0

-- Dead letters and messages in doubt are few among those that were sent, and are listed, counted and
-- put into the queue again by these.
create index message_dead on tenant.message (tenant_id, state, id)
  where state in ('failed', 'in_doubt');
create index message_dead_lane on tenant.message (tenant_id, lane_id, state, id)
  where state in ('failed', 'in_doubt');
create index message_dead_code on tenant.message (tenant_id, state, reply_code, enhanced_code)
  where state in ('failed', 'in_doubt');

-- How many of those that wait are transactional.
create index message_due_transactional on tenant.message (tenant_id, lane_id)
  where state = 'due' and category = 'transactional';

-- How many outcomes each node had in short intervals: of a tenant, a mailbox, a recipient domain. No
-- more than figures; a little over an hour of them is kept.
create table tenant.sending_rate (
  tenant_id  uuid        not null,
  id         uuid        not null,
  node       text        not null,
  kind       text        not null check (kind in ('tenant', 'mailbox', 'domain')),
  name       text        not null,
  mode       text        not null check (mode in ('live', 'test')),
  at         timestamptz not null,
  seconds    int         not null check (seconds > 0),
  accepted   bigint      not null,
  deferred   bigint      not null,
  failed     bigint      not null,
  in_doubt   bigint      not null,
  in_flight  int         not null,
  updated_at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, kind, mode, at, name, node)
) with (fillfactor = 60);
create index sending_rate_at on tenant.sending_rate (at);
alter table tenant.sending_rate set (
  autovacuum_vacuum_threshold = 2000,
  autovacuum_vacuum_scale_factor = 0.05);
