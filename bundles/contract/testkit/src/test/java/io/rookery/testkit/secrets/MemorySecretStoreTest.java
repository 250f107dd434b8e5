// SPDX-License-Identifier: Apache-2.0
package io.rookery.testkit.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.rookery.spi.secrets.SecretPath;
import io.rookery.spi.secrets.SecretStore;
import io.rookery.spi.secrets.SecretStoreException;
import io.rookery.spi.secrets.SecretStoreException.Kind;
import io.rookery.spi.secrets.StoreStatus;
import org.junit.jupiter.api.Test;

class MemorySecretStoreTest implements SecretStoreContract, SecretTransferContract {

  private final MemorySecretStore store = new MemorySecretStore();

  @Override
  public SecretStore testee() {
    return store;
  }

  @Test
  void sealedStoreShouldRefuse() {
    store.setStatus(StoreStatus.SEALED);
    assertThatExceptionOfType(SecretStoreException.class)
        .isThrownBy(() -> store.read(SecretPath.platform("x"), 0))
        .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.SEALED));
  }
}
