// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.audit.head;

import io.rookery.persistence.SystemPurpose;
import io.rookery.persistence.Transactions;
import io.rookery.tenancy.internal.audit.head.Head.Signed;
import io.rookery.tenancy.internal.audit.head.HeadRows.Moved;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Signs the ends of all chains that moved and copies the heads. A chain that no longer holds what
 * its newest head says is not signed again, as its next head would bear witness for whoever changed
 * it. For one thread at a time.
 */
public final class HeadSigner {

  private static final Logger LOG = LoggerFactory.getLogger(HeadSigner.class);
  private static final int BLOCK = 500;

  private final Transactions transactions;
  private final HeadKeys keys;
  private final HeadStore copies;
  private final Clock clock;
  private final Set<UUID> contradicted = ConcurrentHashMap.newKeySet();

  /** Signs by keys and copies to a place. */
  public HeadSigner(Transactions transactions, HeadKeys keys, HeadStore copies, Clock clock) {
    this.transactions = transactions;
    this.keys = keys;
    this.copies = copies;
    this.clock = clock;
  }

  /** Signs what moved; returns how many heads that made. */
  public int sign() {
    int signed = 0;
    UUID beyond = null;
    while (true) {
      UUID from = beyond;
      List<Moved> moved =
          transactions.system(
              SystemPurpose.AUDIT, connection -> new HeadRows(connection).moved(from, BLOCK));
      signed += sign(moved);
      if (moved.size() < BLOCK) {
        return signed;
      }
      beyond = moved.get(moved.size() - 1).tenantId();
    }
  }

  private int sign(List<Moved> moved) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    List<Signed> heads = new ArrayList<>();
    for (Moved chain : moved) {
      if (holds(chain)) {
        contradicted.remove(chain.tenantId());
        Head head = new Head(chain.tenantId(), chain.seq(), chain.hash(), now);
        heads.add(keys.sign(Head.Kind.END, head));
      } else if (contradicted.add(chain.tenantId())) {
        LOG.error(
            "The audit chain of tenant {} is not what was signed before: it is signed no more,"
                + " and rookery:audit-verify tells what is wrong",
            chain.tenantId());
      }
    }
    if (!heads.isEmpty()) {
      transactions.system(
          SystemPurpose.AUDIT,
          connection -> {
            new HeadRows(connection).insert(heads);
            return null;
          });
    }
    return heads.size();
  }

  private boolean holds(Moved chain) {
    Signed last = chain.head();
    if (last == null) {
      return true;
    }
    return chain.seq() > last.head().seq()
        && (chain.dropped() >= last.head().seq()
            || Arrays.equals(chain.there(), last.head().hash()))
        && keys.verifies(Head.Kind.END, last);
  }

  /**
   * Copies what has not been copied.
   *
   * @return how many heads that were
   * @throws IOException where that place takes nothing; the heads are copied when it does again
   */
  public int copy() throws IOException {
    int copied = 0;
    while (true) {
      List<Signed> heads =
          transactions.system(
              SystemPurpose.AUDIT, connection -> new HeadRows(connection).uncopied(BLOCK));
      if (heads.isEmpty()) {
        return copied;
      }
      Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
      copies.append(heads, now);
      transactions.system(
          SystemPurpose.AUDIT,
          connection -> {
            new HeadRows(connection).copied(heads, now);
            return null;
          });
      copied += heads.size();
    }
  }

  /** Returns the tenants whose chains are signed no more, as far as this node has seen. */
  public Set<UUID> contradicted() {
    return Set.copyOf(contradicted);
  }
}
