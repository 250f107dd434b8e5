-- SPDX-License-Identifier: Apache-2.0

create table tenant.template (
  tenant_id  uuid        not null,
  id         uuid        not null,
  name       text        not null check (length(name) between 1 and 200),
  subject    text        not null,
  html       text,
  text       text,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  version    bigint      not null,
  primary key (tenant_id, id),
  check (html is not null or text is not null)
);

create table tenant.campaign (
  tenant_id    uuid        not null,
  id           uuid        not null,
  name         text        not null check (length(name) between 1 and 200),
  template_id  uuid,
  list_ids     uuid[]      not null,
  mailbox_ids  uuid[]      not null,
  from_name    text,
  reply_to     text,
  category     text        not null check (category in ('commercial', 'transactional')),
  track_opens  boolean     not null,
  track_clicks boolean     not null,
  start_at     timestamptz,
  state        text        not null check (
    state in ('draft', 'scheduled', 'running', 'paused', 'completed', 'cancelled')),
  mode         text        not null check (mode in ('live', 'test')),
  content_id   uuid,
  created_at   timestamptz not null,
  started_at   timestamptz,
  finished_at  timestamptz,
  version      bigint      not null,
  primary key (tenant_id, id)
);
create index campaign_due on tenant.campaign (start_at) where state = 'scheduled';

-- What was sent, for ever as it was when its campaign was started or scheduled.
create table tenant.campaign_content (
  tenant_id   uuid        not null,
  id          uuid        not null,
  campaign_id uuid        not null,
  subject     text        not null,
  html        text,
  text        text,
  links       jsonb       not null,
  campaign    jsonb       not null,
  created_at  timestamptz not null,
  primary key (tenant_id, id)
);
create index campaign_content_campaign on tenant.campaign_content (tenant_id, campaign_id);

-- What the sending line asks at each claim.
create view tenant.campaigns_running_v1 with (security_invoker = true) as
  select tenant_id, id as campaign_id, content_id, state, category
  from tenant.campaign
  where state = 'running';
