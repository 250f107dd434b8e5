-- SPDX-License-Identifier: Apache-2.0

-- What is due is found by the platform; which secret it is about it never sees.
drop policy if exists rotations_due_system on tenant.rotation;
create policy rotations_due_system on tenant.rotation for select to rookery_system using (true);
grant select (tenant_id, id, next_at) on tenant.rotation to rookery_system;

drop policy if exists rotating_secrets_due_system on tenant.rotating_secret;
create policy rotating_secrets_due_system on tenant.rotating_secret for select to rookery_system
  using (true);
grant select (tenant_id, id, look_at) on tenant.rotating_secret to rookery_system;
