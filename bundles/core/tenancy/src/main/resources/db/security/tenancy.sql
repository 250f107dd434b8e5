-- SPDX-License-Identifier: Apache-2.0

-- The operator lists tenants as the platform, which sees what the directory shows and changes nothing.
drop policy if exists tenancy_directory on tenant.tenant;
create policy tenancy_directory on tenant.tenant for select to rookery_system using (true);
grant select (tenant_id, id, slug, name, postal_address, status, weight, created_at, version)
  on tenant.tenant to rookery_system;
grant select on tenant.tenancy_weights_v1 to rookery_system;

-- Whether a pointer's key exists; of the key itself the platform sees nothing.
drop policy if exists tenancy_pointers on tenant.api_key;
create policy tenancy_pointers on tenant.api_key for select to rookery_system using (true);
grant select (tenant_id, id) on tenant.api_key to rookery_system;
