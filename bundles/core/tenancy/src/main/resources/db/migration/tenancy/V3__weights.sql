-- SPDX-License-Identifier: Apache-2.0

-- A tenant's part where sending is shared out among tenants. That it is not 0 was checked before.
alter table tenant.tenant add constraint tenant_weight_bound check (weight <= 100);

-- For whoever shares something out among all tenants.
create view tenant.tenancy_weights_v1 with (security_invoker = true) as
  select tenant_id, weight from tenant.tenant;
