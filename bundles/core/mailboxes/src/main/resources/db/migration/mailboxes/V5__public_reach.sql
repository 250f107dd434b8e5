-- SPDX-License-Identifier: Apache-2.0

-- When a one-click unsubscribe of our own last came back through each public address.
create table platform.public_reach (
  base_url   text        primary key,
  reached_at timestamptz not null
);
