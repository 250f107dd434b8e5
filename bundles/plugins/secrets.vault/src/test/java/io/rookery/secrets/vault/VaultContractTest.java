// SPDX-License-Identifier: Apache-2.0
package io.rookery.secrets.vault;

import io.rookery.spi.secrets.SecretStore;
import io.rookery.spi.secrets.StoreSetup.Order;
import io.rookery.testkit.secrets.SecretStoreContract;
import io.rookery.testkit.secrets.SecretTransferContract;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** What every store must do, on OpenBao as our own command sets it up. */
@Tag("peer")
class VaultContractTest implements SecretStoreContract, SecretTransferContract {

  @TempDir static Path folder;

  private static OpenBao bao;
  private static VaultStore store;

  @BeforeAll
  static void start() throws Exception {
    bao = OpenBao.dev(folder);
    Access access = new Access("rookery", "approle", "rookery", folder.resolve("keys"), "", null);
    new VaultSetup(bao.server(), access, Clock.systemUTC())
        .apply(new Order(bao.root(), null, false));
    store = new VaultStore(bao.server(), access, Clock.systemUTC());
  }

  @AfterAll
  static void stop() throws Exception {
    if (store != null) {
      store.close();
    }
    if (bao != null) {
      bao.close();
    }
  }

  @Override
  public SecretStore testee() {
    return store;
  }
}
