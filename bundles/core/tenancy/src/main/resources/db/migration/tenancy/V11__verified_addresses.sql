-- SPDX-License-Identifier: Apache-2.0

-- Since when it is known that somebody reads what is mailed to the account's address. Whoever has set a password by a
-- mailed link does.
alter table platform.user_account add column verified_at timestamptz;
update platform.user_account set verified_at = password_set_at;

-- Addresses that people want instead of theirs. A change that was made or called off stays for as long as the former
-- address is to be told of it.
create table platform.email_change (
  id        uuid        primary key,
  user_id   uuid        not null references platform.user_account on delete cascade,
  former    text        not null,
  email     text        not null,
  email_key text        collate "C" not null,
  asked_at  timestamptz not null,
  ended_at  timestamptz
);
create unique index email_change_pending on platform.email_change (user_id) where ended_at is null;
create index email_change_user on platform.email_change (user_id);
create index email_change_age on platform.email_change (asked_at);
