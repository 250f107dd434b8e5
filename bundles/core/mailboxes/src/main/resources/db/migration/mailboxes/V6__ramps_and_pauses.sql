-- SPDX-License-Identifier: Apache-2.0

-- How a mailbox's limit rises, and what paused it until when. What is paused is said by the reason
-- alone, as nodes of the version before write nothing else.
alter table tenant.mailbox
  add column ramp_from       int,
  add column ramp_to         int,
  add column ramp_days       int,
  add column ramp_started_at timestamptz,
  add column paused_by       text check (
    paused_by in ('person', 'consent', 'complaints', 'bounces', 'connection', 'authentication')),
  add column paused_at       timestamptz,
  add column paused_until    timestamptz,
  add column pause_repeats   int not null default 0,
  add column counted_since   timestamptz,
  add constraint mailbox_ramp_whole check (
    num_nonnulls(ramp_from, ramp_to, ramp_days, ramp_started_at) in (0, 4));
create index mailbox_returning on tenant.mailbox (paused_until) where paused_until is not null;

-- What stops a tenant's sending, or what goes out for one of its From domains; the tenant's own row
-- has no domain. A row whose pause has ended tells how often it has been, and since when bounces
-- and complaints are counted anew.
create table tenant.sending_pause (
  tenant_id     uuid        not null,
  id            uuid        not null,
  scope         text        not null check (scope in ('tenant', 'domain')),
  domain        text        not null,
  cause         text        not null check (cause in ('person', 'complaints', 'bounces')),
  reason        text        not null,
  paused_at     timestamptz not null,
  until         timestamptz,
  ended_at      timestamptz,
  repeats       int         not null,
  counted_since timestamptz,
  version       bigint      not null,
  primary key (tenant_id, id),
  unique (tenant_id, scope, domain),
  check ((scope = 'tenant') = (domain = ''))
);
create index sending_pause_returning on tenant.sending_pause (until)
  where until is not null and ended_at is null;

create or replace view tenant.mailboxes_sendable_v1 with (security_invoker = true) as
  select m.tenant_id, m.id as mailbox_id, m.address, m.display_name, m.backend, m.daily_limit,
         m.minimum_gap_millis, m.paused_reason is not null or p.scope is not null as paused,
         m.when_in_doubt, m.ramp_from, m.ramp_to, m.ramp_days, m.ramp_started_at,
         case when m.paused_reason is not null then 'mailbox' else p.scope end as held_by,
         m.counted_since
  from tenant.mailbox m
  left join lateral (
    select s.scope from tenant.sending_pause s
    where s.tenant_id = m.tenant_id and s.ended_at is null
      and s.domain in ('', substring(m.address_normalised from '[^@]*$'))
    order by s.scope desc limit 1) p on true
  where m.removed_at is null;

-- Since when, and whether still, the sending of each is judged by its bounces and complaints.
create view tenant.mailboxes_counted_v1 with (security_invoker = true) as
  select tenant_id, 'mailbox'::text as scope, id::text as subject, counted_since,
         case when paused_reason is not null then coalesce(paused_by, 'person') end as paused_by
  from tenant.mailbox where removed_at is null
  union all
  select tenant_id, scope, domain as subject, counted_since,
         case when ended_at is null then cause end as paused_by
  from tenant.sending_pause;
