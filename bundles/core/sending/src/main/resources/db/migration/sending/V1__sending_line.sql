-- SPDX-License-Identifier: Apache-2.0

-- Whom a campaign goes to, each contact once. A row waits until some mailbox has room for it.
create table tenant.recipient (
  tenant_id   uuid        not null,
  id          uuid        not null,
  campaign_id uuid        not null,
  contact_id  uuid        not null,
  state       text        not null check (state in ('waiting', 'assigned', 'suppressed', 'cancelled')),
  primary key (tenant_id, id),
  unique (tenant_id, campaign_id, contact_id)
);
create index recipient_waiting on tenant.recipient (tenant_id, campaign_id, id)
  where state = 'waiting';

-- How far the choosing of recipients is, one row a campaign.
create table tenant.campaign_plan (
  tenant_id   uuid        not null,
  id          uuid        not null,
  content_id  uuid        not null,
  state       text        not null check (state in ('choosing', 'assigning', 'assigned', 'ended')),
  created_at  timestamptz not null,
  primary key (tenant_id, id)
);

-- What is sent. Rows exist only for what a mailbox can send within a day. The address stands here for
-- messages without a contact alone.
create table tenant.message (
  tenant_id     uuid        not null,
  id            uuid        not null,
  campaign_id   uuid        not null,
  content_id    uuid        not null,
  contact_id    uuid,
  address       text,
  lane_id       uuid        not null,
  host          text        not null,
  priority      smallint    not null,
  state         text        not null check (state in ('due', 'held', 'accepted', 'in_doubt', 'failed', 'suppressed', 'cancelled')),
  due_at        timestamptz not null,
  expires_at    timestamptz not null,
  attempts      int         not null,
  reply_code    int         not null,
  enhanced_code text,
  detail        text,
  remote_id     text,
  created_at    timestamptz not null,
  finished_at   timestamptz,
  primary key (tenant_id, id),
  check ((contact_id is null) <> (address is null))
) with (fillfactor = 80);
create index message_due on tenant.message (tenant_id, lane_id, priority, due_at, id)
  where state = 'due';
create index message_sent on tenant.message (tenant_id, lane_id, finished_at)
  where state in ('accepted', 'in_doubt');
create index message_campaign on tenant.message (tenant_id, campaign_id, state, id);

-- One lane a mailbox. The owner is shown to people; who may act is decided by the lease.
create table tenant.lane (
  tenant_id   uuid        not null,
  id          uuid        not null,
  due_at      timestamptz,
  owner       text,
  fence       bigint      not null,
  held_back   text,
  primary key (tenant_id, id)
);
create index lane_due on tenant.lane (due_at) where due_at is not null;
