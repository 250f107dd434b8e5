-- SPDX-License-Identifier: Apache-2.0

-- Addresses that a contact had before it got another one or was deleted, as a suppression keeps
-- them: mail that was sent there still leads back by the contact alone, and who unsubscribes by it
-- means the address at which it came.
create table tenant.former_address (
  tenant_id  uuid        not null,
  id         uuid        not null,
  contact_id uuid        not null,
  digest     bytea       not null,
  hint       text        not null,
  ended_at   timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, contact_id, digest)
);
