-- SPDX-License-Identifier: Apache-2.0

-- A message may be sent by itself. Then it belongs to no campaign, and its content stands under its own
-- id in message_content.
alter table tenant.message
  alter column campaign_id drop not null,
  add column category text not null default 'commercial'
    check (category in ('commercial', 'transactional')),
  add column mode text not null default 'live' check (mode in ('live', 'test'));

-- Both are few among a campaign's messages, and lists of them must not walk those.
create index message_transactional on tenant.message (tenant_id, id) where category = 'transactional';
create index message_test on tenant.message (tenant_id, id) where mode = 'test';

-- What a message of no campaign says, rendered when it was taken, until a while after its end.
create table tenant.message_content (
  tenant_id  uuid        not null,
  id         uuid        not null,
  from_name  text,
  reply_to   text,
  subject    text        not null,
  html       text,
  text       text        not null,
  headers    jsonb       not null,
  created_at timestamptz not null,
  primary key (tenant_id, id)
);

-- Its inline parts and attachments, in their order.
create table tenant.message_file (
  tenant_id    uuid  not null,
  message_id   uuid  not null,
  number       int   not null,
  name         text,
  content_type text  not null,
  content_id   text,
  content      bytea not null,
  primary key (tenant_id, message_id, number)
);
-- Pictures and archives gain nothing by another compression.
alter table tenant.message_file alter column content set storage external;
