// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.dto;

import io.rookery.api.mailboxes.MailboxConsents.Consent;
import io.rookery.api.mailboxes.MailboxConsents.Started;
import io.rookery.rest.internal.param.Checks;
import io.swagger.v3.oas.annotations.media.Schema;
import java.net.URI;
import java.time.Instant;
import java.util.List;

/** What is said of consents by OAuth 2. */
public final class ConsentDtos {

  private ConsentDtos() {}

  /** At which provider to consent. */
  @Schema(name = "ConsentRequest")
  public record ConsentRequest(String provider) {

    /** Returns the provider's name. */
    public String name() {
      new Checks().text("/provider", provider).longest("/provider", provider, 40).done();
      return provider;
    }
  }

  /** Where whoever owns the account consents; the address works once, until it expires. */
  @Schema(name = "ConsentStarted")
  public record StartedView(URI authorizationUrl, Instant expiresAt) {

    /** Shows a beginning. */
    public static StartedView of(Started started) {
      return new StartedView(started.authorizationUrl(), started.expiresAt());
    }
  }

  /** How a mailbox stands; a provider without a time means that the consent is gone. */
  @Schema(name = "Consent")
  public record ConsentView(
      boolean connected, String provider, Instant consentedAt, List<String> providers) {

    /** Shows a consent and the providers that there are. */
    public static ConsentView of(Consent consent, List<String> providers) {
      return new ConsentView(
          consent.consentedAt() != null, consent.provider(), consent.consentedAt(), providers);
    }
  }
}
