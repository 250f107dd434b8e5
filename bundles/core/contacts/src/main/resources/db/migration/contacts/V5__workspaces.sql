-- SPDX-License-Identifier: Apache-2.0

-- Lists and imports stand in a workspace, contacts are the tenant's. The main workspace has the
-- tenant's id; nodes of an older version put into it what they make.
alter table tenant.contact_list add column workspace_id uuid;
update tenant.contact_list set workspace_id = tenant_id;
alter table tenant.contact_list
  alter column workspace_id set not null,
  alter column workspace_id set default nullif(current_setting('nile.tenant_id', true), '')::uuid;

alter table tenant.import add column workspace_id uuid;
update tenant.import set workspace_id = tenant_id;
alter table tenant.import
  alter column workspace_id set not null,
  alter column workspace_id set default nullif(current_setting('nile.tenant_id', true), '')::uuid;
