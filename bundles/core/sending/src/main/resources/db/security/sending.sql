-- SPDX-License-Identifier: Apache-2.0

-- The platform finds lanes that are due and notes their owner; it never sees what is sent.
drop policy if exists sending_lane_system on tenant.lane;
create policy sending_lane_system on tenant.lane to rookery_system using (true) with check (true);
grant select (tenant_id, id, due_at, urgent_at, owner, fence), update (owner, fence)
  on tenant.lane to rookery_system;

drop policy if exists sending_message_system on tenant.message;
create policy sending_message_system on tenant.message for select to rookery_system using (true);
grant select (tenant_id, id, state, due_at) on tenant.message to rookery_system;

-- Campaigns whose recipients wait for room are found by the platform.
drop policy if exists sending_plan_system on tenant.campaign_plan;
create policy sending_plan_system on tenant.campaign_plan for select to rookery_system using (true);
grant select (tenant_id, id, state) on tenant.campaign_plan to rookery_system;

-- Whose messages' content may have outlived its use is found by the platform; what it says is not.
drop policy if exists sending_content_system on tenant.message_content;
create policy sending_content_system on tenant.message_content for select to rookery_system using (true);
grant select (tenant_id, id) on tenant.message_content to rookery_system;

-- Nodes note how many outcomes they had, for all tenants in one statement: figures, no more.
drop policy if exists sending_rate_system on tenant.sending_rate;
create policy sending_rate_system on tenant.sending_rate to rookery_system using (true) with check (true);
grant select, insert, update, delete on tenant.sending_rate to rookery_system;
-- Whose counts have outlived their use is found by the platform; what was counted is not.
drop policy if exists sending_health_system on tenant.sending_health;
create policy sending_health_system on tenant.sending_health for select to rookery_system using (true);
grant select (tenant_id, id) on tenant.sending_health to rookery_system;

-- That something is to be mailed is found by the platform, by its id; about whom it never sees.
drop policy if exists sending_system_mail on tenant.system_mail_wanted;
create policy sending_system_mail on tenant.system_mail_wanted for select to rookery_system using (true);
grant select (tenant_id, id) on tenant.system_mail_wanted to rookery_system;
