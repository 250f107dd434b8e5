-- SPDX-License-Identifier: Apache-2.0
-- Whether a tenant may send. Who has no row here is one that nobody knows.
alter table tenant.a_tenant add column status text not null default 'active';
create view tenant.tenancy_standings_v1 with (security_invoker = true) as
  select tenant_id, status, weight from tenant.a_tenant;
