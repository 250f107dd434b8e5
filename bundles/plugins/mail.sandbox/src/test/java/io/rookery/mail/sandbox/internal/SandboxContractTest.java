// SPDX-License-Identifier: Apache-2.0
package io.rookery.mail.sandbox.internal;

import io.rookery.spi.mail.Account;
import io.rookery.spi.mail.EmailBackend;
import io.rookery.testkit.mail.BackendFixture;
import io.rookery.testkit.mail.EmailBackendContract;
import io.rookery.testkit.plugin.MemoryPluginStorage;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

class SandboxContractTest implements EmailBackendContract {

  @Override
  public BackendFixture testee() {
    return new Fixture();
  }

  private static final class Fixture implements BackendFixture {
    private final SandboxBackend backend = new SandboxBackend(new MemoryPluginStorage(), 10_000);
    private final Account account =
        new Account(
            UUID.randomUUID(), UUID.randomUUID(), "sender@rookery.example", Map.of(), Map.of(), 1);

    @Override
    public EmailBackend backend() {
      return backend;
    }

    @Override
    public Account account() {
      return account;
    }

    @Override
    public Optional<String> refusedRecipient() {
      return Optional.of("somebody@bounce.example");
    }

    @Override
    public List<String> received() {
      return backend.list(account.tenantId(), null, 500).stream()
          .flatMap(caught -> caught.recipients().stream())
          .toList();
    }
  }
}
