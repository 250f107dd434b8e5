-- SPDX-License-Identifier: Apache-2.0

-- Counted links that lead nowhere any more: one of a campaign, all of it, or, without a campaign, all of the tenant.
create table tenant.dead_link (
  tenant_id   uuid        not null,
  id          uuid        not null,
  campaign_id uuid,
  number      int         check (number >= 0),
  reason      text,
  by_operator boolean     not null,
  killed_at   timestamptz not null,
  primary key (tenant_id, id),
  unique nulls not distinct (tenant_id, campaign_id, number, by_operator),
  check (campaign_id is not null or number is null)
);
