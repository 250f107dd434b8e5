-- SPDX-License-Identifier: Apache-2.0

-- The hosts that links in mail lead to. They outlive their domain: mail that was sent keeps its links.
create table tenant.link_host (
  tenant_id     uuid        not null,
  id            uuid        not null,
  host          text        not null,
  domain_id     uuid        not null,
  pointed_at    timestamptz,
  verified_at   timestamptz,
  ended_at      timestamptz,
  failing_since timestamptz,
  trouble       text,
  due_at        timestamptz not null,
  created_at    timestamptz not null,
  version       bigint      not null,
  primary key (tenant_id, id),
  unique (tenant_id, host)
);
create index link_host_due on tenant.link_host (due_at);
create index link_host_pointed on tenant.link_host (host) where pointed_at is not null;

insert into tenant.link_host (tenant_id, id, host, domain_id, due_at, created_at, version)
select tenant_id, id, tracking_host, id, created_at, created_at, 1 from tenant.domain;
