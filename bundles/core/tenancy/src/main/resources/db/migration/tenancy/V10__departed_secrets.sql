-- SPDX-License-Identifier: Apache-2.0

-- Secrets of second factors that nothing refers to (any more), until they are gone from the secret store. A row stands here before its secret is
-- written, and from when its account lets go of it: the store cannot take part in a transaction.
create table platform.departed_secret (
  id uuid primary key,
  due_at timestamptz not null
);
create index departed_secret_due on platform.departed_secret (due_at);
