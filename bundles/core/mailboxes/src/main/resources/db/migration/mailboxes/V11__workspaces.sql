-- SPDX-License-Identifier: Apache-2.0

-- Mailboxes and domains stand in a workspace. The main one has the tenant's id; nodes of an older
-- version put into it what they make.
alter table tenant.mailbox add column workspace_id uuid;
update tenant.mailbox set workspace_id = tenant_id;
alter table tenant.mailbox
  alter column workspace_id set not null,
  alter column workspace_id set default nullif(current_setting('nile.tenant_id', true), '')::uuid;

alter table tenant.domain add column workspace_id uuid;
update tenant.domain set workspace_id = tenant_id;
alter table tenant.domain
  alter column workspace_id set not null,
  alter column workspace_id set default nullif(current_setting('nile.tenant_id', true), '')::uuid;
