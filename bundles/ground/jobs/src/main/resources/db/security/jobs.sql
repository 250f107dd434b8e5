-- SPDX-License-Identifier: Apache-2.0

-- The platform sees which jobs are due, and never what they are about.
drop policy if exists jobs_system on tenant.job;
create policy jobs_system on tenant.job for select to rookery_system using (true);
grant select (tenant_id, id, state, due_at, owner, fence) on tenant.job to rookery_system;
