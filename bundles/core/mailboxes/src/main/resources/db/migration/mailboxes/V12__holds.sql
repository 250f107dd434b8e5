-- SPDX-License-Identifier: Apache-2.0

-- Mailboxes whose mail waits for a moment, such as while their passwords are replaced. The id is
-- the mailbox's. Since told_at all nodes know; a hold ends by itself.
create table tenant.mailbox_hold (
  tenant_id  uuid        not null,
  id         uuid        not null,
  holder     uuid        not null,
  told_at    timestamptz,
  held_until timestamptz not null,
  primary key (tenant_id, id)
);

create view tenant.mailboxes_held_v1 with (security_invoker = true) as
  select tenant_id, id as mailbox_id, held_until from tenant.mailbox_hold;
