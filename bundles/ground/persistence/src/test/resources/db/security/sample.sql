-- SPDX-License-Identifier: Apache-2.0
revoke update, delete on tenant.sample_log from rookery_app;
grant select (id, tenant_id) on tenant.sample to rookery_system;
drop policy if exists system_reads on tenant.sample;
create policy system_reads on tenant.sample for select to rookery_system using (true);
