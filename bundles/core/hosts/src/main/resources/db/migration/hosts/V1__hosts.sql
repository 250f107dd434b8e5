-- SPDX-License-Identifier: Apache-2.0

-- Machines that are reached by SSH. Of host keys only fingerprints are kept, of credentials nothing.
create table tenant.host (
  tenant_id    uuid        not null,
  id           uuid        not null,
  name         text        not null,
  address      text        not null,
  port         integer     not null check (port between 1 and 65535),
  key_type     text,
  fingerprint  text,
  pinned_at    timestamptz,
  created_at   timestamptz not null,
  version      bigint      not null,
  primary key (tenant_id, id),
  unique (tenant_id, name),
  check ((fingerprint is null) = (pinned_at is null))
);
