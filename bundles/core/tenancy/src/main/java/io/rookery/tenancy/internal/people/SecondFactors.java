// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.people;

import io.rookery.api.secrets.PlatformSecrets;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.persistence.Transactions;
import io.rookery.spi.plugin.Secret;
import io.rookery.spi.secrets.SecretData;
import io.rookery.tenancy.internal.key.KeyDigests;
import io.rookery.tenancy.internal.people.store.Factors;
import io.rookery.tenancy.internal.people.store.Factors.Factor;
import io.rookery.tenancy.internal.people.store.Factors.State;
import io.rookery.tenancy.internal.people.totp.Base32;
import io.rookery.tenancy.internal.people.totp.RecoveryCodes;
import io.rookery.tenancy.internal.people.totp.Totp;
import java.time.Clock;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.regex.Pattern;

/** Looks codes up: those of time by the secret in the store, recovery codes by their digests. */
final class SecondFactors {

  private static final String FIELD = "secret";
  private static final Pattern OF_TIME = Pattern.compile("\\d{" + Totp.DIGITS + "}");

  private final PlatformSecrets secrets;
  private final Factors factors;
  private final KeyDigests digests;
  private final Clock clock;

  SecondFactors(
      Transactions transactions, PlatformSecrets secrets, KeyDigests digests, Clock clock) {
    this.secrets = secrets;
    this.factors = new Factors(transactions);
    this.digests = digests;
    this.clock = clock;
  }

  /** Keeps a secret. */
  void keep(TenantContext context, UUID id, byte[] secret) {
    SecretData data = new SecretData(Map.of(FIELD, Secret.of(Base32.write(secret))));
    secrets.write(context, reference(id), data, "totp.enrol");
  }

  /** Returns the step of a code of time, if it is of one about now. */
  OptionalLong step(TenantContext context, UUID id, String code) {
    Secret kept = secrets.read(context, reference(id), "totp.verify").fields().get(FIELD);
    return Totp.step(Base32.read(kept.reveal()), code.strip(), clock.instant());
  }

  static String reference(UUID id) {
    return "totp/" + id;
  }

  /** How a code was right. */
  enum Answer {
    WRONG,
    CODE,
    RECOVERY_CODE
  }

  /** Takes a code of time or a recovery code, once. */
  Answer take(TenantContext context, UUID userId, String given) {
    Factor factor = factors.find(userId).orElseThrow(() -> RookeryException.notFound("user"));
    if (factor.state() != State.ON) {
      return Answer.WRONG;
    }
    String code = given.replaceAll("[\\s-]", "");
    if (!OF_TIME.matcher(code).matches()) {
      boolean known = factors.useCode(userId, digests.all(RecoveryCodes.normal(given)));
      return known ? Answer.RECOVERY_CODE : Answer.WRONG;
    }
    OptionalLong step = step(context, factor.secret(), code);
    boolean taken = step.isPresent() && factors.take(userId, factor.secret(), step.getAsLong());
    return taken ? Answer.CODE : Answer.WRONG;
  }
}
