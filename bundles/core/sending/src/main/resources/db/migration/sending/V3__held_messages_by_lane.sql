-- SPDX-License-Identifier: Apache-2.0

-- A mailbox's room counts what is held beside what is due; without this the tenant's whole index by
-- campaign was walked for it.
create index message_held on tenant.message (tenant_id, lane_id) where state = 'held';
