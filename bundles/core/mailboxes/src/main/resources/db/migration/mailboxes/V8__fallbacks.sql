-- SPDX-License-Identifier: Apache-2.0

-- The servers that a mailbox's mail goes by while its own cannot be reached, in order. Their secret settings stand in
-- the secret store under their own ids.
create table tenant.mailbox_fallback (
  tenant_id       uuid        not null,
  id              uuid        not null,
  mailbox_id      uuid        not null,
  position        int         not null check (position between 1 and 100),
  backend         text        not null,
  settings        jsonb       not null,
  secret_settings text[]      not null,
  version         bigint      not null,
  created_at      timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, mailbox_id, position),
  foreign key (tenant_id, mailbox_id) references tenant.mailbox (tenant_id, id)
    deferrable initially deferred
);

-- The one that mail goes by now; null for the mailbox's own server.
alter table tenant.mailbox add column fallback_id uuid;

-- What the sending line has to know of it at each turn.
create view tenant.mailboxes_fallback_v1 with (security_invoker = true) as
  select tenant_id, id as mailbox_id, fallback_id from tenant.mailbox where removed_at is null;
