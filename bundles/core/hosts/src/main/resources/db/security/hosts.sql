-- SPDX-License-Identifier: Apache-2.0

-- Keys that are due are found by the platform; what they are it never sees.
drop policy if exists host_keys_due_system on tenant.host_key;
create policy host_keys_due_system on tenant.host_key for select to rookery_system using (true);
grant select (tenant_id, id, due_at) on tenant.host_key to rookery_system;

-- Hosts that are to be looked at are found by the platform, by their time alone.
drop policy if exists hosts_due_system on tenant.host;
create policy hosts_due_system on tenant.host for select to rookery_system using (true);
grant select (tenant_id, id, look_at) on tenant.host to rookery_system;

-- Figures count how checks stand, never whose they are.
drop policy if exists host_checks_system on tenant.host_check;
create policy host_checks_system on tenant.host_check for select to rookery_system using (true);
grant select (name, state) on tenant.host_check to rookery_system;
