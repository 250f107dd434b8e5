-- SPDX-License-Identifier: Apache-2.0

-- Tokens of mailed links are derived under a platform key and kept nowhere: of a link there is only
-- that it was used, by its id and for as long as it would work. From where it was used the person
-- may sign in for a while, however many others fail.
create table platform.link_use (
  id         uuid        primary key,
  user_id    uuid        not null references platform.user_account on delete cascade,
  kind       text        collate "C" not null,
  address    text        not null,
  used_at    timestamptz not null,
  expires_at timestamptz not null
);
create index link_use_user on platform.link_use (user_id, address, used_at);
create index link_use_expiry on platform.link_use (expires_at);

-- Links whose tokens were kept worked for half an hour.
drop table platform.unlock_token;

-- Links to set a password that were asked for before the password was set work no more.
alter table platform.user_account add column password_set_at timestamptz;

-- When links were asked for, for an address and from a source, by digests alone, so that an address
-- that has no account leaves the same. Worthless from settled_at on.
create table platform.link_ask (
  digest     bytea         primary key,
  asked_at   timestamptz[] not null,
  settled_at timestamptz   not null
);
create index link_ask_age on platform.link_ask (settled_at);

-- Who is invited, until they have joined or the invitation is taken back.
create table tenant.invitation (
  tenant_id  uuid        not null,
  id         uuid        not null,
  email      text        not null,
  email_key  text        collate "C" not null,
  role       text        collate "C" not null check (role in ('owner', 'admin', 'member', 'viewer')),
  invited_by text        not null,
  created_at timestamptz not null,
  asked_at   timestamptz not null,
  expires_at timestamptz not null,
  version    bigint      not null,
  primary key (tenant_id, id),
  unique (tenant_id, email_key)
);
