// SPDX-License-Identifier: Apache-2.0
package io.rookery.api.people;

import io.rookery.api.tenancy.Authenticator.Caller;
import io.rookery.spi.plugin.Secret;
import java.util.Objects;
import java.util.UUID;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Tells whose access token a request carries. Warm checks touch no database; what is cached is at
 * most two seconds old. Thread-safe.
 */
@ProviderType
public interface SessionAuthenticator {

  /** How every access token begins; no API key does. */
  String PREFIX = "rky_access_";

  /**
   * Checks an access token.
   *
   * @throws io.rookery.kernel.RookeryException {@code unauthenticated}, with the same words for
   *     every reason, where the token is broken, unknown or expired, or its session has ended
   */
  SignedIn authenticate(Secret token);

  /**
   * A person who is signed in.
   *
   * @param caller what the person may do; the session stands where a key's id does
   */
  record SignedIn(Caller caller, UUID userId, Role role) {

    /** Checks that all is there. */
    public SignedIn {
      Objects.requireNonNull(caller, "caller");
      Objects.requireNonNull(userId, "userId");
      Objects.requireNonNull(role, "role");
    }
  }
}
