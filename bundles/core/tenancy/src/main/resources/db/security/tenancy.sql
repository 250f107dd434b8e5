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

-- Nodes write what keys of all tenants were used in one statement, and remove what is shown no more.
drop policy if exists tenancy_usage on tenant.api_key_usage;
create policy tenancy_usage on tenant.api_key_usage to rookery_system using (true) with check (true);
grant select, insert, update (calls), delete on tenant.api_key_usage to rookery_system;

-- Tenants read what plans give; whose change is due is found by the platform, by its time alone.
grant select on platform.plan to rookery_app;
drop policy if exists tenancy_subscriptions_due on tenant.subscription;
create policy tenancy_subscriptions_due on tenant.subscription for select to rookery_system
  using (true);
grant select (tenant_id, id, due_at) on tenant.subscription to rookery_system;

-- Signing in happens outside any tenant: the platform sees who is what where, and changes nothing.
drop policy if exists tenancy_memberships on tenant.membership;
create policy tenancy_memberships on tenant.membership for select to rookery_system using (true);
grant select (tenant_id, id, user_id, role, created_at, workspace_ids) on tenant.membership to rookery_system;

-- The audit log is added to and never changed, but for addresses, which go after their time.
revoke update, delete on tenant.audit_entry from rookery_app;
grant update (source, source_salt) on tenant.audit_entry to rookery_app;
revoke delete on tenant.audit_chain from rookery_app;

-- The platform signs the ends of all chains, compares hashes, and drops what outlived its retention.
drop policy if exists audit_ends on tenant.audit_chain;
create policy audit_ends on tenant.audit_chain for select to rookery_system using (true);
grant select on tenant.audit_chain to rookery_system;
drop policy if exists audit_hashes on tenant.audit_entry;
create policy audit_hashes on tenant.audit_entry for select to rookery_system using (true);
grant select (tenant_id, seq, recorded_at, hash) on tenant.audit_entry to rookery_system;
drop policy if exists audit_retention on tenant.audit_entry;
create policy audit_retention on tenant.audit_entry for delete to rookery_system using (true);
grant delete on tenant.audit_entry to rookery_system;
