-- SPDX-License-Identifier: Apache-2.0

-- Mailboxes that are gone, or that a node of an older version has let go on, were found as due each minute for ever.
update tenant.mailbox set paused_until = null
where paused_until is not null and (removed_at is not null or paused_reason is null);
