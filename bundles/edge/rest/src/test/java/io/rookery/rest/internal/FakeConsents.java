// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal;

import io.rookery.api.mailboxes.MailboxConsents;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.spi.plugin.Secret;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Ends every consent as told and remembers what came. */
final class FakeConsents implements MailboxConsents {

  static final URI PAGE = URI.create("https://provider.example/authorize?state=s&scope=a+b");

  volatile Ending ending = Ending.UNKNOWN;
  volatile ProviderAnswer answer;

  @Override
  public List<String> providers() {
    return List.of("acme");
  }

  @Override
  public Started start(TenantContext context, UUID mailboxId, String provider) {
    if (!provider.equals("acme")) {
      throw RookeryException.invalid("/provider", "Unknown");
    }
    return new Started(mailboxId, PAGE, Instant.EPOCH);
  }

  @Override
  public Ending complete(ProviderAnswer came) {
    answer = came;
    return ending;
  }

  @Override
  public Consent get(TenantContext context, UUID mailboxId) {
    return new Consent("acme", null);
  }

  @Override
  public void keepClientSecret(TenantContext operator, String provider, Secret secret) {
    throw new AssertionError("Not by REST");
  }
}
