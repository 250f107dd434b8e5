-- SPDX-License-Identifier: Apache-2.0

-- Since when a lane holds a message that goes before campaigns; its node looks for that five times a
-- second, and a node that has no room makes some. Null where it holds none.
alter table tenant.lane add column urgent_at timestamptz;
create index lane_urgent on tenant.lane (urgent_at) where urgent_at is not null;

-- Where more lanes are due than are looked at, tenants take turns.
create index lane_due_of_tenant on tenant.lane (tenant_id, due_at) where due_at is not null;

-- What nodes tell each other of a server that is scarce: how many messages it answers them a
-- nanosecond, how many nanoseconds a reply takes where nobody waits, and for whom they send. A node
-- writes its row each second.
create table platform.sending_pace (
  relay      text             not null,
  node_id    text             not null,
  rate       double precision not null,
  base       double precision not null,
  tenants    uuid[]           not null,
  weights    int[]            not null,
  lanes      int[]            not null,
  updated_at timestamptz      not null,
  primary key (relay, node_id)
) with (fillfactor = 50);
