-- SPDX-License-Identifier: Apache-2.0

-- Whether a tenant may send, and its part where sending is shared out: for whoever has to know both
-- in the transaction in which it acts on them.
create view tenant.tenancy_standings_v1 with (security_invoker = true) as
  select tenant_id, status, weight from tenant.tenant;
