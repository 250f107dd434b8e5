-- SPDX-License-Identifier: Apache-2.0

-- The workspaces that a member or a key sees; null for the whole tenant.
alter table tenant.membership add column workspace_ids uuid[];
alter table tenant.membership add constraint membership_restricted
  check (workspace_ids is null or role in ('member', 'viewer'));
alter table tenant.api_key add column restricted_to uuid;
