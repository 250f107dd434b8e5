-- SPDX-License-Identifier: Apache-2.0
-- What mailboxes publish of ramps and pauses.
alter table tenant.a_mailbox
  add column ramp_from int, add column ramp_to int, add column ramp_days int,
  add column ramp_started_at timestamptz, add column counted_since timestamptz;
create or replace view tenant.mailboxes_sendable_v1 with (security_invoker = true) as
  select tenant_id, id as mailbox_id, 'news@example.com'::text as address, 'News'::text as display_name,
         'fake'::text as backend, daily_limit, gap as minimum_gap_millis, paused,
         when_in_doubt, ramp_from, ramp_to, ramp_days, ramp_started_at,
         case when paused then 'mailbox' end as held_by, counted_since
  from tenant.a_mailbox;
create table tenant.a_counted (
  tenant_id uuid not null, id uuid not null, scope text not null, subject text not null,
  counted_since timestamptz, paused_by text, primary key (tenant_id, id),
  unique (tenant_id, scope, subject));
create view tenant.mailboxes_counted_v1 with (security_invoker = true) as
  select tenant_id, scope, subject, counted_since, paused_by from tenant.a_counted;
