// SPDX-License-Identifier: Apache-2.0
package io.rookery.spi.secrets;

import io.rookery.spi.plugin.Secret;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Prepares a server so that a {@link SecretStore} can work with it. Registered as a service with
 * the property {@code store}, the same as the store's. Thread-safe.
 */
@ConsumerType
public interface StoreSetup {

  /**
   * Brings the server to what the store needs; what is right already stays as it is, so that it may
   * be repeated, also after a failure halfway.
   *
   * @return what was looked at, in order, with whether it was changed
   * @throws SecretStoreException where the server cannot be reached or refuses
   */
  List<Step> apply(Order order);

  /**
   * What is wanted.
   *
   * @param token an operator's token; it is used by this call alone and kept nowhere
   * @param folder where the files of the platform's sign-in go, each readable by its owner alone;
   *     null for where this node's store looks for them
   * @param renew whether new means to sign in are made though the present ones work
   */
  record Order(Secret token, Path folder, boolean renew) {

    /** Requires a token. */
    public Order {
      Objects.requireNonNull(token, "token");
    }
  }

  /**
   * What was done.
   *
   * @param what what was looked at, in words that hold no secret
   * @param changed whether it was made or changed; false where it was right already
   */
  record Step(String what, boolean changed) {}
}
