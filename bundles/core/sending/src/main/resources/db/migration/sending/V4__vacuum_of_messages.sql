-- SPDX-License-Identifier: Apache-2.0

-- Every message leaves the index of due ones when it is sent, and what is dead there is walked by each
-- claim from the front until a vacuum has been. The server's own measure, a fifth of the table, comes
-- far too late for a large tenant.
alter table tenant.message set (
  autovacuum_vacuum_threshold = 20000,
  autovacuum_vacuum_scale_factor = 0.02,
  autovacuum_vacuum_cost_delay = 1);
