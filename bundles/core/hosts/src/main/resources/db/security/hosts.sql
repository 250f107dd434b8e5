-- SPDX-License-Identifier: Apache-2.0

-- Keys that are due are found by the platform; what they are it never sees.
drop policy if exists host_keys_due_system on tenant.host_key;
create policy host_keys_due_system on tenant.host_key for select to rookery_system using (true);
grant select (tenant_id, id, due_at) on tenant.host_key to rookery_system;
