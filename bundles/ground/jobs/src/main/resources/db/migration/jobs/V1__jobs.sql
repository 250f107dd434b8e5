-- SPDX-License-Identifier: Apache-2.0

-- Background jobs of tenants. While due_at is set there is something left to do: run the job, or tidy
-- up after one that was cancelled. The fence rises with each run, so that a former run cannot write.
create table tenant.job (
  tenant_id        uuid        not null,
  id               uuid        not null,
  kind             text        collate "C" not null,
  subject_id       uuid        not null,
  state            text        collate "C" not null check (state in ('queued', 'running', 'succeeded', 'failed', 'cancelled')),
  cancel_requested boolean     not null,
  done             bigint      not null,
  total            bigint      not null,
  parameters       jsonb       not null,
  checkpoint       jsonb       not null,
  result           jsonb       not null,
  error            text,
  actor_kind       text        not null,
  actor_id         text        not null,
  request_id       text        not null,
  mode             text        not null,
  created_at       timestamptz not null,
  started_at       timestamptz,
  finished_at      timestamptz,
  due_at           timestamptz,
  attempts         int         not null,
  owner            text,
  fence            bigint      not null,
  primary key (tenant_id, id)
);
create index job_kind on tenant.job (tenant_id, kind, id);
create index job_due on tenant.job (due_at) where due_at is not null;

-- The tables of db-scheduler 16.7.1: one for jobs, one for upkeep, so that neither waits for the other.
create table platform.scheduled_tasks (
  task_name            text        not null,
  task_instance        text        not null,
  task_data            bytea,
  execution_time       timestamptz not null,
  picked               boolean     not null,
  picked_by            text,
  last_success         timestamptz,
  last_failure         timestamptz,
  consecutive_failures int,
  last_heartbeat       timestamptz,
  version              bigint      not null,
  priority             smallint,
  primary key (task_name, task_instance)
);
create index scheduled_tasks_due on platform.scheduled_tasks (execution_time);
create index scheduled_tasks_heartbeat on platform.scheduled_tasks (last_heartbeat);

create table platform.scheduled_upkeep (
  task_name            text        not null,
  task_instance        text        not null,
  task_data            bytea,
  execution_time       timestamptz not null,
  picked               boolean     not null,
  picked_by            text,
  last_success         timestamptz,
  last_failure         timestamptz,
  consecutive_failures int,
  last_heartbeat       timestamptz,
  version              bigint      not null,
  priority             smallint,
  primary key (task_name, task_instance)
);
create index scheduled_upkeep_due on platform.scheduled_upkeep (execution_time);
create index scheduled_upkeep_heartbeat on platform.scheduled_upkeep (last_heartbeat);
