-- SPDX-License-Identifier: Apache-2.0

-- Domains whose next check is due are found by the platform; what they are it never sees.
drop policy if exists domains_due_system on tenant.domain;
create policy domains_due_system on tenant.domain for select to rookery_system using (true);
grant select (tenant_id, id, due_at) on tenant.domain to rookery_system;
