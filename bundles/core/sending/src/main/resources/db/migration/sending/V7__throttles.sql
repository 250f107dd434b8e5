-- SPDX-License-Identifier: Apache-2.0

-- How fast a lane sends, as a whole (an empty domain) or to one recipient domain, after a receiver asked it to go
-- slower. Kept so that another node, or this one after a restart, does not begin at full speed again.
create table tenant.throttle (
  tenant_id     uuid             not null,
  id            uuid             not null,
  lane_id       uuid             not null,
  domain        text             not null,
  per_minute    double precision,
  waited_for    boolean          not null,
  cut_at        timestamptz      not null,
  hold_until    timestamptz      not null,
  repeats       int              not null,
  rises         int              not null,
  changed_at    timestamptz      not null,
  evidence      boolean          not null,
  next_at       timestamptz      not null,
  put_off_until timestamptz      not null,
  reply_code    int              not null,
  enhanced_code text,
  updated_at    timestamptz      not null,
  primary key (tenant_id, id),
  unique (tenant_id, lane_id, domain)
);

-- A message that its recipient's domain has no room for is due later, and notes for which domain. It waits as long as
-- it is due when it was put off to: whatever else sets its time says something else.
alter table tenant.message add column waits_for text, add column waits_until timestamptz;
create index message_waiting on tenant.message (tenant_id, lane_id, waits_for, priority, due_at, id)
  where state = 'due' and waits_until = due_at;

-- What nodes were granted of what recipient domains get from a server in a minute, counted since 1970. What was
-- granted counts as spent.
create table platform.domain_budget (
  server     text   not null,
  domain     text   not null,
  minute     bigint not null,
  cap        int    not null,
  granted    int    not null check (granted >= 0),
  last_grant int    not null check (last_grant >= 0),
  primary key (server, domain, minute)
);
create index domain_budget_minute on platform.domain_budget (minute);
