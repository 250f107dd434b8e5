-- SPDX-License-Identifier: Apache-2.0

-- Campaigns whose hour has come are found by the platform; what they say it never sees.
drop policy if exists campaigns_due_system on tenant.campaign;
create policy campaigns_due_system on tenant.campaign for select to rookery_system using (true);
grant select (tenant_id, id, state, start_at) on tenant.campaign to rookery_system;

-- What was sent is not rewritten.
revoke update on tenant.campaign_content from rookery_app;
