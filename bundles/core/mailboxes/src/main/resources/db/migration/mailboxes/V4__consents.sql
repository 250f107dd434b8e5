-- SPDX-License-Identifier: Apache-2.0

-- Consents by OAuth 2. The tokens stand in the secret store; of a consent that was begun only the
-- digest of its state stands here, until it is taken up, replaced or too old.
alter table tenant.mailbox
  add column oauth_provider           text,
  add column consented_at             timestamptz,
  add column consent_digest           bytea check (octet_length(consent_digest) = 32),
  add column consent_provider         text,
  add column consent_expires_at       timestamptz,
  add constraint mailbox_consent_whole check (
    (consent_digest is null) = (consent_expires_at is null)
    and (consent_digest is null) = (consent_provider is null)
    and (consented_at is null or oauth_provider is not null));
