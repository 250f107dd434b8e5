-- SPDX-License-Identifier: Apache-2.0
grant select on platform.epoch to rookery_app;

-- The platform removes what has outlived its 24 hours; what was answered it never sees.
grant select (tenant_id, key, expires_at), delete on tenant.idempotency to rookery_system;
drop policy if exists system_expiry on tenant.idempotency;
create policy system_expiry on tenant.idempotency to rookery_system using (true);
