-- SPDX-License-Identifier: Apache-2.0

-- Templates and campaigns stand in a workspace. The main one has the tenant's id; nodes of an older
-- version put into it what they make.
alter table tenant.template add column workspace_id uuid;
update tenant.template set workspace_id = tenant_id;
alter table tenant.template
  alter column workspace_id set not null,
  alter column workspace_id set default nullif(current_setting('nile.tenant_id', true), '')::uuid;

alter table tenant.campaign add column workspace_id uuid;
update tenant.campaign set workspace_id = tenant_id;
alter table tenant.campaign
  alter column workspace_id set not null,
  alter column workspace_id set default nullif(current_setting('nile.tenant_id', true), '')::uuid;
create index campaign_workspace on tenant.campaign (tenant_id, workspace_id)
  where state in ('scheduled', 'running', 'paused');
