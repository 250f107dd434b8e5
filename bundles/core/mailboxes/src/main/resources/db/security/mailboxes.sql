-- SPDX-License-Identifier: Apache-2.0

-- Domains whose next check is due are found by the platform; what they are it never sees.
drop policy if exists domains_due_system on tenant.domain;
create policy domains_due_system on tenant.domain for select to rookery_system using (true);
grant select (tenant_id, id, due_at) on tenant.domain to rookery_system;

-- What is to send again by itself is found by the platform, by its time alone.
drop policy if exists mailboxes_returning_system on tenant.mailbox;
create policy mailboxes_returning_system on tenant.mailbox for select to rookery_system using (true);
grant select (tenant_id, id, paused_until, removed_at) on tenant.mailbox to rookery_system;
drop policy if exists sending_pauses_returning_system on tenant.sending_pause;
create policy sending_pauses_returning_system on tenant.sending_pause for select to rookery_system
  using (true);
grant select (tenant_id, id, until, ended_at) on tenant.sending_pause to rookery_system;
-- Link hosts that are due are found by the platform, and whether a name is one of somebody's that leads here.
drop policy if exists link_hosts_system on tenant.link_host;
create policy link_hosts_system on tenant.link_host for select to rookery_system using (true);
grant select (tenant_id, id, host, pointed_at, due_at) on tenant.link_host to rookery_system;
