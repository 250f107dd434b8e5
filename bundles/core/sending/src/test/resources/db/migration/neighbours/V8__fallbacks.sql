-- SPDX-License-Identifier: Apache-2.0
-- Which of its fallbacks a mailbox uses, over a table that a test can look at.
create table tenant.a_fallback_use (
  tenant_id uuid not null, id uuid not null, fallback_id uuid, primary key (tenant_id, id));
create view tenant.mailboxes_fallback_v1 with (security_invoker = true) as
  select tenant_id, id as mailbox_id, fallback_id from tenant.a_fallback_use;
