-- SPDX-License-Identifier: Apache-2.0

-- Which mailbox of the operator's tenant the platform's own mail leaves from, by its id.
create table tenant.system_mailbox (
  tenant_id uuid        not null,
  id        uuid        not null,
  chosen_at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id)
);
