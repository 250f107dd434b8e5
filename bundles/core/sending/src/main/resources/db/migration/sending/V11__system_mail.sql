-- SPDX-License-Identifier: Apache-2.0

-- What the platform has to mail for something that happened in a tenant: written with the position of the
-- log's reader, gone once the mail is queued in the operator's tenant. The id is the event's.
create table tenant.system_mail_wanted (
  tenant_id  uuid        not null,
  id         uuid        not null,
  kind       text        collate "C" not null,
  subject_id uuid        not null,
  caused_at  timestamptz not null,
  primary key (tenant_id, id)
);

-- Messages of the operator's tenant whose content is made as they are sent: of what they are. There is no name,
-- address or token in it. It outlives the message's tries, so that no event is mailed twice.
create table tenant.system_mail (
  tenant_id  uuid        not null,
  id         uuid        not null,
  kind       text        collate "C" not null,
  about      uuid        not null,
  subject_id uuid        not null,
  caused_at  timestamptz not null,
  primary key (tenant_id, id)
);
create index system_mail_subject on tenant.system_mail (tenant_id, subject_id, kind, caused_at);
create index system_mail_age on tenant.system_mail (tenant_id, caused_at);
