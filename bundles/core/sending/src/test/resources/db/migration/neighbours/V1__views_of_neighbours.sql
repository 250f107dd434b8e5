-- SPDX-License-Identifier: Apache-2.0
-- Stands in for the views that the bundles to the left publish, over tables that a test can fill.
create table tenant.a_contact (
  tenant_id uuid not null, id uuid not null, email text not null, suppressed boolean not null,
  primary key (tenant_id, id));
create view tenant.contacts_audience_v1 with (security_invoker = true) as
  select tenant_id, id as contact_id, email, 'Ada'::text as first_name, null::text as last_name,
         '{"city":"Köln"}'::jsonb as attributes, 'US'::text as country, null::text as lawful_basis,
         null::boolean as tracking_consent, false as restricted, suppressed
  from tenant.a_contact;
create view tenant.contacts_list_member_v1 with (security_invoker = true) as
  select tenant_id, '00000000-0000-7000-8000-0000000000aa'::uuid as list_id, id as contact_id
  from tenant.a_contact;
create table tenant.a_mailbox (
  tenant_id uuid not null, id uuid not null, daily_limit int not null, gap bigint not null,
  paused boolean not null, when_in_doubt text not null default 'resend', primary key (tenant_id, id));
create view tenant.mailboxes_sendable_v1 with (security_invoker = true) as
  select tenant_id, id as mailbox_id, 'news@example.com'::text as address, 'News'::text as display_name,
         'fake'::text as backend, daily_limit, gap as minimum_gap_millis, paused,
         when_in_doubt
  from tenant.a_mailbox;
create table tenant.a_campaign (
  tenant_id uuid not null, id uuid not null, state text not null, primary key (tenant_id, id));
create view tenant.campaigns_sendable_v1 with (security_invoker = true) as
  select tenant_id, id as campaign_id, state
  from tenant.a_campaign where state in ('running', 'paused', 'completed');
create table tenant.a_tenant (
  tenant_id uuid not null, id uuid not null, weight int not null, primary key (tenant_id, id));
create view tenant.tenancy_weights_v1 with (security_invoker = true) as
  select tenant_id, weight from tenant.a_tenant;
create policy a_tenant_system on tenant.a_tenant for select to rookery_system using (true);
grant select on tenant.a_tenant, tenant.tenancy_weights_v1 to rookery_system;
