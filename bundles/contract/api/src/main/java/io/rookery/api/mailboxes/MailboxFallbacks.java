// SPDX-License-Identifier: Apache-2.0
package io.rookery.api.mailboxes;

import io.rookery.kernel.TenantContext;
import io.rookery.kernel.Tx;
import io.rookery.spi.mail.Account;
import io.rookery.spi.plugin.Secret;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The servers that a mailbox's mail goes by while its own cannot be reached, in order. The mailbox
 * stays the sender in all: its address, its limits, its queue. Thread-safe.
 */
@ProviderType
public interface MailboxFallbacks {

  /** The most fallbacks of a mailbox. */
  int MOST = 3;

  /** Returns a mailbox's fallbacks in their order. */
  List<Fallback> list(TenantContext context, UUID mailboxId);

  /**
   * Puts a list in the place of a mailbox's fallbacks. Entries that name the id of one of these
   * keep its secret settings where they give none; those of entries that are left out are removed.
   *
   * @throws io.rookery.kernel.RookeryException {@code validation_failed} where a backend is not
   *     installed, a setting is wrong, or a backend can do less with content than the mailbox's own
   */
  List<Fallback> replace(TenantContext context, UUID mailboxId, List<FallbackData> wanted);

  /**
   * Signs in at a fallback without sending; throws with what is wrong.
   *
   * @throws io.rookery.kernel.RookeryException as {@link MailboxService#check} does
   */
  void check(TenantContext context, UUID mailboxId, UUID fallbackId) throws InterruptedException;

  /**
   * Returns the account to send with by a fallback, credentials resolved, under an id of its own.
   * Call it outside of transactions.
   *
   * @throws io.rookery.kernel.RookeryException {@code unavailable} while the secret store is sealed
   *     or the backend is not installed, {@code not_found} where it is no fallback any more
   */
  Account account(TenantContext context, UUID mailboxId, UUID fallbackId);

  /**
   * Notes by what a mailbox's mail goes from now on, and tells the log, {@code mailbox.failed_over}
   * or {@code mailbox.failed_back}, where that is another than before. Repeating changes nothing.
   *
   * @param fallbackId the fallback, or null for the mailbox's own server
   */
  void use(Tx tx, UUID mailboxId, UUID fallbackId);

  /**
   * A server that stands behind a mailbox's own.
   *
   * @param settings values of the backend's settings, without the secret ones
   * @param secretSettings the names of the secret settings that are set
   * @param inUse whether mail goes by it now
   */
  record Fallback(
      UUID id,
      String backend,
      Map<String, String> settings,
      Set<String> secretSettings,
      boolean inUse) {

    /** Copies the collections. */
    public Fallback {
      settings = Map.copyOf(settings);
      secretSettings = Set.copyOf(secretSettings);
    }
  }

  /**
   * What is said of a fallback.
   *
   * @param id the fallback that it changes, or null for a new one
   * @param secrets values of its secret settings, on their way to the store
   */
  record FallbackData(
      UUID id, String backend, Map<String, String> settings, Map<String, Secret> secrets) {

    /** Copies the maps; null stands for none. */
    public FallbackData {
      settings = settings == null ? Map.of() : Map.copyOf(settings);
      secrets = secrets == null ? Map.of() : Map.copyOf(secrets);
    }
  }
}
