-- SPDX-License-Identifier: Apache-2.0

-- Secrets that are replaced by themselves. Their values stand in the secret store alone.
create table tenant.rotating_secret (
  tenant_id  uuid        not null,
  id         uuid        not null,
  kind       text        not null,
  reference  text        not null,
  subject_id uuid        not null,
  days       integer     not null check (days > 0),
  rotated_at timestamptz not null,
  due_at     timestamptz not null,
  noticed_at timestamptz,
  look_at    timestamptz not null,
  primary key (tenant_id, id)
);
create index rotating_secret_due on tenant.rotating_secret (tenant_id, due_at);
create index rotating_secret_look on tenant.rotating_secret (look_at);

-- Each replacement of one. The version decides between two who are at it.
create table tenant.rotation (
  tenant_id     uuid        not null,
  id            uuid        not null,
  secret_id     uuid        not null,
  kind          text        not null,
  reference     text        not null,
  subject_id    uuid        not null,
  state         text        not null check (state in ('preparing', 'putting', 'verifying',
    'promoting', 'grace', 'taking_back', 'done', 'taken_back')),
  both_work     boolean     not null,
  grace_seconds bigint      not null check (grace_seconds >= 0),
  incident_id   text,
  old_version   integer     not null,
  problem       text,
  started_at    timestamptz not null,
  promoted_at   timestamptz,
  retire_at     timestamptz,
  ended_at      timestamptz,
  next_at       timestamptz,
  version       bigint      not null,
  primary key (tenant_id, id),
  check ((ended_at is null) = (next_at is not null))
);
create unique index rotation_open on tenant.rotation (tenant_id, secret_id)
  where ended_at is null;
create index rotation_next on tenant.rotation (next_at) where next_at is not null;
