// SPDX-License-Identifier: Apache-2.0
package io.rookery.testkit.mail;

import io.rookery.spi.mail.Account;
import io.rookery.spi.mail.EmailBackend;
import io.rookery.spi.mail.OutboundMessage;
import java.util.List;
import java.util.Optional;

/** A backend with a receiver behind it, made anew for each test of the contract. */
public interface BackendFixture extends AutoCloseable {

  /** Returns the backend under test. */
  EmailBackend backend();

  /** Returns an account that can send. */
  Account account();

  /** Returns an account that the other side refuses, or empty where nobody signs in. */
  default Optional<Account> accountWithWrongCredentials() {
    return Optional.empty();
  }

  /** Returns an account whose server cannot be reached, or empty where there is no server. */
  default Optional<Account> unreachableAccount() {
    return Optional.empty();
  }

  /** Returns a message of the form that the backend takes, to an address that will be accepted. */
  default OutboundMessage message(String recipient) {
    return TestMessages.to(recipient);
  }

  /**
   * Returns an address that the other side refuses for good, or empty where it cannot be told to.
   */
  default Optional<String> refusedRecipient() {
    return Optional.empty();
  }

  /** Returns the envelope recipients of what really arrived, an entry for every copy. */
  List<String> received();

  /** Releases what the fixture holds. */
  @Override
  default void close() {}
}
