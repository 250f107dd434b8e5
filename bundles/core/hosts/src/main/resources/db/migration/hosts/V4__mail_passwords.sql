-- SPDX-License-Identifier: Apache-2.0

-- Where passwords of mailboxes stand on hosts. The passwords are in the secret store alone.
create table tenant.mail_password (
  tenant_id  uuid        not null,
  id         uuid        not null,
  host_id    uuid        not null,
  mailbox_id uuid        not null,
  username   text        not null,
  file       text        not null,
  grace_file text        not null,
  secret_id  uuid        not null,
  created_at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, mailbox_id),
  foreign key (tenant_id, host_id) references tenant.host (tenant_id, id)
);
create index mail_password_host on tenant.mail_password (tenant_id, host_id);
