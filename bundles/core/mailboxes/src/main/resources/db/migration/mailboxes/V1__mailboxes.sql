-- SPDX-License-Identifier: Apache-2.0

-- A removed mailbox keeps its row: messages, limits and events go on naming it.
create table tenant.mailbox (
  tenant_id          uuid        not null,
  id                 uuid        not null,
  address            text        not null,
  address_normalised text        not null,
  display_name       text,
  backend            text        not null,
  settings           jsonb       not null,
  secret_settings    text[]      not null,
  daily_limit        int         not null check (daily_limit between 1 and 1000000),
  minimum_gap_millis bigint      not null check (minimum_gap_millis between 0 and 86400000),
  paused_reason      text,
  created_at         timestamptz not null,
  removed_at         timestamptz,
  version            bigint      not null,
  primary key (tenant_id, id)
);
create unique index mailbox_address on tenant.mailbox (tenant_id, address_normalised)
  where removed_at is null;

-- The operator's word that a tenant may send for a domain.
create table tenant.domain_trust (
  tenant_id  uuid        not null,
  id         uuid        not null,
  domain     text        not null,
  trusted_by text        not null,
  trusted_at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, domain)
);

-- What the sending line may send from.
create view tenant.mailboxes_sendable_v1 with (security_invoker = true) as
  select tenant_id, id as mailbox_id, address, display_name, backend, daily_limit,
         minimum_gap_millis, paused_reason is not null as paused
  from tenant.mailbox where removed_at is null;
