// SPDX-License-Identifier: Apache-2.0
package io.rookery.crypto.internal;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import org.conscrypt.Conscrypt;

/**
 * Where an implementation comes from.
 *
 * @param name its name, for people
 */
record Source(String name, Loader loader) {

  /** RSA in a quarter of the JDK's time (measured: 0.3 ms against 1.0 ms); Linux on x86-64. */
  static final Source CORRETTO = new Source("Amazon Corretto Crypto Provider", Source::corretto);

  /** RSA in two thirds of the JDK's time, Ed25519 in a thirtieth; more kinds of machines. */
  static final Source CONSCRYPT = new Source("Conscrypt", Source::conscrypt);

  /** Loads an implementation. */
  @FunctionalInterface
  interface Loader {

    /**
     * Returns the implementation.
     *
     * @throws Exception or a {@link LinkageError} where it does not run on this machine
     */
    Implementation load() throws Exception;
  }

  private static Implementation corretto() {
    AmazonCorrettoCryptoProvider provider = AmazonCorrettoCryptoProvider.INSTANCE;
    // Without its native part it is there and empty.
    Throwable failed = provider.getLoadingError();
    if (failed != null) {
      throw new IllegalStateException(failed.toString(), failed);
    }
    provider.assertHealthy();
    return new Implementation(CORRETTO.name() + " " + provider.getVersionStr(), provider);
  }

  private static Implementation conscrypt() {
    Conscrypt.Version version = Conscrypt.version();
    String title =
        CONSCRYPT.name() + " " + version.major() + "." + version.minor() + "." + version.patch();
    return new Implementation(title, Conscrypt.newProvider());
  }
}
