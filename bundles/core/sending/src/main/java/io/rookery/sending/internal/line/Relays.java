// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.line;

import io.rookery.persistence.SystemPurpose;
import io.rookery.persistence.Transactions;
import io.rookery.sending.internal.store.PaceStore;
import io.rookery.sending.internal.store.PaceStore.Others;
import io.rookery.sending.internal.store.PaceStore.Row;
import io.rookery.spi.mail.Account;
import io.rookery.spi.mail.EmailBackend;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The servers that this node sends to, and how it shares them with other nodes: once a second it
 * tells what it is answered by each that is scarce and for whom it sends there, and takes the part
 * that its tenants weigh among all. Thread-safe.
 */
final class Relays {

  private static final Logger LOG = LoggerFactory.getLogger(Relays.class);
  private static final long FORGOTTEN = Duration.ofMinutes(10).toNanos();
  private static final long ACTIVE = Duration.ofSeconds(2).toNanos();
  private static final int SWEEP_EVERY = 60;
  private static final int LONGEST_NAME = 512;

  private final Slots slots;
  private final Transactions transactions;
  private final String node;
  private final PaceStore store = new PaceStore();
  private final Map<String, Relay> relays = new HashMap<>();
  private int exchanges;

  Relays(Slots slots, Transactions transactions, String node) {
    this.slots = slots;
    this.transactions = transactions;
    this.node = node;
  }

  /** Returns the relay of a backend's account. */
  Relay of(String backend, EmailBackend plugin, Account account) {
    String digest = digest(backend + "/" + server(plugin, account));
    return slots.with(
        now ->
            relays.computeIfAbsent(
                digest, key -> new Relay(key, new Pace(slots.window(), now), now)));
  }

  /** Returns what the backend says, or the account where it says nothing of use. */
  private static String server(EmailBackend plugin, Account account) {
    String own = account.id().toString();
    try {
      String server = plugin.server(account);
      boolean usable = server != null && !server.isBlank() && server.length() <= LONGEST_NAME;
      return usable ? server : own;
    } catch (RuntimeException e) {
      LOG.warn("A mail backend cannot say which server it sends to", e);
      return own;
    }
  }

  private static String digest(String name) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JVM has SHA-256", e);
    }
  }

  /** Tells other nodes and hears of them; does nothing while no server is scarce. */
  void exchange() {
    List<Row> mine = slots.with(this::rows);
    boolean sweep = ++exchanges % SWEEP_EVERY == 0;
    if (mine.isEmpty() && !sweep) {
      return;
    }
    long before = System.nanoTime();
    Others others =
        transactions.system(
            SystemPurpose.PACING,
            system -> {
              if (sweep) {
                store.sweep(system);
              }
              return store.exchange(system, node, mine);
            });
    long common = others.nanos() - (before + (System.nanoTime() - before) / 2);
    slots.with(
        now -> {
          relays.values().forEach(relay -> relay.pace().synchronise(common));
          mine.forEach(row -> apportion(relays.get(row.relay()), row, others.of(row.relay())));
          return null;
        });
  }

  private List<Row> rows(long now) {
    relays.values().removeIf(relay -> relay.idleSince(now - FORGOTTEN));
    List<Row> rows = new ArrayList<>();
    for (Relay relay : relays.values()) {
      if (relay.pace().scarce(now)) {
        rows.add(row(relay, now));
      } else {
        relay.pace().share(1, 0, 0);
      }
    }
    return rows;
  }

  private static Row row(Relay relay, long now) {
    Map<UUID, Row.Part> parts = new HashMap<>();
    relay
        .tenants()
        .forEach(
            (id, tenant) -> {
              int lanes = tenant.lanesSince(now - ACTIVE);
              if (lanes > 0) {
                parts.put(id, new Row.Part(tenant.weight(), lanes));
              }
            });
    return new Row(relay.digest(), relay.pace().rate(), relay.pace().base(), parts);
  }

  private static void apportion(Relay relay, Row mine, List<Row> others) {
    if (relay == null) {
      return;
    }
    Shares shares = Shares.of(mine, others);
    double base = others.stream().mapToDouble(Row::base).filter(b -> b > 0).min().orElse(0);
    relay.pace().share(shares.mine(), others.stream().mapToDouble(Row::rate).sum(), base);
    shares.parts().forEach((tenant, part) -> relay.tenant(tenant).part(part));
  }

  /** Returns how many servers hold messages back on this node. */
  int scarce() {
    return slots.with(
        now -> (int) relays.values().stream().filter(r -> r.pace().scarce(now)).count());
  }
}
