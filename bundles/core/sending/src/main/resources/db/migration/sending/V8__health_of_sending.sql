-- SPDX-License-Identifier: Apache-2.0

-- How what a mailbox, a From domain and a tenant sent was received, in stretches of an hour. One
-- begins within the hour where counting began anew there.
create table tenant.sending_health (
  tenant_id  uuid        not null,
  id         uuid        not null,
  scope      text        not null check (scope in ('mailbox', 'domain', 'tenant')),
  subject    text        not null,
  since      timestamptz not null,
  sent       bigint      not null,
  bounced    bigint      not null,
  complained bigint      not null,
  primary key (tenant_id, id),
  unique (tenant_id, scope, subject, since)
) with (fillfactor = 70);
-- Most mailboxes have too few bounces to be looked at more closely, which this tells.
create index sending_health_bad on tenant.sending_health (tenant_id, scope, subject, since)
  where bounced > 0 or complained > 0;

-- When a lane's server could not be reached or refused the sign-in lately, and how many pauses came
-- of it since it last worked.
alter table tenant.lane
  add column access_failures timestamptz[] not null default '{}',
  add column access_pauses   int           not null default 0;
