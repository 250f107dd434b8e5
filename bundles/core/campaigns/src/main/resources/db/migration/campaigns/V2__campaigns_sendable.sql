-- SPDX-License-Identifier: Apache-2.0

-- Campaigns of which messages may be in the queue, for the sending line. Those of a completed one are
-- dead letters that somebody put into the queue again.
create view tenant.campaigns_sendable_v1 with (security_invoker = true) as
  select tenant_id, id as campaign_id, state
  from tenant.campaign where state in ('running', 'paused', 'completed');
