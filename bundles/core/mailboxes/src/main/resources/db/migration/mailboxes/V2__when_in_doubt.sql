-- SPDX-License-Identifier: Apache-2.0

-- What becomes of a message whose final answer was lost with the connection.
alter table tenant.mailbox add column when_in_doubt text not null default 'resend'
  check (when_in_doubt in ('resend', 'hold'));

create or replace view tenant.mailboxes_sendable_v1 with (security_invoker = true) as
  select tenant_id, id as mailbox_id, address, display_name, backend, daily_limit,
         minimum_gap_millis, paused_reason is not null as paused, when_in_doubt
  from tenant.mailbox where removed_at is null;
