-- SPDX-License-Identifier: Apache-2.0

-- Readers read the log of all tenants at once; events hold no personal data.
drop policy if exists events_system on tenant.event;
create policy events_system on tenant.event for select to rookery_system using (true);
grant select on tenant.event to rookery_system;

-- What has been said stays said.
revoke update, delete on tenant.event from rookery_app;
