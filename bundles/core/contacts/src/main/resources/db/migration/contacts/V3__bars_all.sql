-- SPDX-License-Identifier: Apache-2.0

-- Whoever unsubscribed may still get transactional mail; whatever else was ever said against an address
-- forbids that too, whichever reason came first. Without a word it is forbidden.
alter table tenant.suppression add column bars_all boolean not null default true;
update tenant.suppression set bars_all = false where reason = 'UNSUBSCRIBE';
