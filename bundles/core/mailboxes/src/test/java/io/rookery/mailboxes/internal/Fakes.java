// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal;

import io.rookery.api.secrets.SecretService;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.spi.mail.Account;
import io.rookery.spi.mail.BackendException;
import io.rookery.spi.mail.Capability;
import io.rookery.spi.mail.EmailBackend;
import io.rookery.spi.mail.OutboundMessage;
import io.rookery.spi.mail.OutcomeSink;
import io.rookery.spi.plugin.Setting;
import io.rookery.spi.secrets.SecretData;
import io.rookery.spi.secrets.SecretMetadata;
import io.rookery.spi.secrets.StoreStatus;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Stand-ins for the backends and the secret store that mailboxes work with. */
final class Fakes {

  private Fakes() {}

  /** A backend whose account works where its password is "right". */
  static final class Backend implements EmailBackend {

    @Override
    public Set<Capability> capabilities() {
      return Set.of(Capability.RAW_MIME);
    }

    @Override
    public List<Setting> settings() {
      return List.of(
          Setting.required("host", Setting.Type.HOST, "The server"),
          Setting.optional("port", Setting.Type.PORT, "587", "Its port"),
          Setting.choice("tls", "How it is encrypted", List.of("starttls", "implicit")),
          Setting.optional("pool", Setting.Type.BOOLEAN, null, "Whether connections are kept"),
          Setting.required("password", Setting.Type.SECRET, "The password"));
    }

    @Override
    public int parallelism(Account account) {
      return 1;
    }

    @Override
    public void send(Account account, Iterator<OutboundMessage> messages, OutcomeSink outcomes) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void check(Account account) throws BackendException {
      if (!account.credentials().get("password").reveal().equals("right")) {
        throw new BackendException(
            BackendException.Kind.AUTHENTICATION, "The password is refused", null, null);
      }
    }

    @Override
    public void release(UUID accountId) {}
  }

  /** A secret store in memory that can be sealed. */
  static final class Secrets implements SecretService {

    final Map<String, SecretData> kept = new ConcurrentHashMap<>();
    volatile boolean sealed;

    @Override
    public SecretData read(TenantContext context, String reference, String purpose) {
      open();
      SecretData data = kept.get(context.tenantId() + "/" + reference);
      if (data == null) {
        throw RookeryException.notFound("secret");
      }
      return data;
    }

    @Override
    public int write(TenantContext context, String reference, SecretData data, String purpose) {
      open();
      kept.put(context.tenantId() + "/" + reference, data);
      return 1;
    }

    @Override
    public void purge(TenantContext context, String reference, String purpose) {
      open();
      kept.remove(context.tenantId() + "/" + reference);
    }

    @Override
    public List<SecretMetadata> list(TenantContext context) {
      return List.of();
    }

    @Override
    public StoreStatus status() {
      throw new UnsupportedOperationException();
    }

    private void open() {
      if (sealed) {
        throw RookeryException.unavailable("The store is sealed", Duration.ofSeconds(5), null);
      }
    }
  }
}
