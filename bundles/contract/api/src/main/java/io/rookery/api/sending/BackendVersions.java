// SPDX-License-Identifier: Apache-2.0
package io.rookery.api.sending;

import io.rookery.kernel.TenantContext;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Which version of a mail backend tenants send by. Several versions may be installed side by side:
 * a new one gets nobody until tenants are moved to it, and is left by all of them, by itself, once
 * too much of what it does fails. A tenant whose version is not installed uses the highest one that
 * is. A change is effective on every node within two seconds; what is on its way then still ends
 * with the version that began it. Thread-safe.
 */
@ProviderType
public interface BackendVersions {

  /** Returns the versions installed on this node, by backend, of each the highest first. */
  List<Installed> installed();

  /** Returns which versions are in use on the platform, by backend, as the operator. */
  List<Use> uses(TenantContext operator);

  /**
   * Moves tenants to another version. More may be moved later by a greater share; a smaller one
   * does not move anybody back.
   *
   * @throws io.rookery.kernel.RookeryException {@code forbidden} where the context is not the
   *     operator's, {@code validation_failed} where the version is not installed on this node or is
   *     the current one
   */
  Use move(TenantContext operator, Move move);

  /** Has all tenants go back to the current version. Repeating changes nothing. */
  Use giveBack(TenantContext operator, String backend);

  /** Makes the version that tenants were moved to the current one, for all. */
  Use settle(TenantContext operator, String backend);

  /**
   * A version that is installed on this node.
   *
   * @param calls how many calls are inside it now
   * @param silentCalls how many of these have neither asked nor told anything for 30 s
   * @param accepted messages that it got rid of since it started
   * @param failed messages that it did not, refused recipients not counted
   * @param problem what went wrong last, or null
   * @param unreachable the servers that this node cannot reach by it now
   */
  record Installed(
      String backend,
      String version,
      int calls,
      int silentCalls,
      long accepted,
      long failed,
      String problem,
      List<String> unreachable) {

    /** Copies the list. */
    public Installed {
      unreachable = List.copyOf(unreachable);
    }

    /** A version by which every server can be reached. */
    public Installed(
        String backend,
        String version,
        int calls,
        int silentCalls,
        long accepted,
        long failed,
        String problem) {
      this(backend, version, calls, silentCalls, accepted, failed, problem, List.of());
    }

    /** Returns this version with the servers that cannot be reached by it. */
    public Installed without(List<String> servers) {
      return new Installed(
          backend, version, calls, silentCalls, accepted, failed, problem, servers);
    }
  }

  /**
   * Whom to move.
   *
   * @param percent the share of tenants, 1 to 100, or null where tenants are named; with 100 all
   *     move, also those that are made later
   * @param tenants the tenants; empty where a share is given
   * @param returnAbove the share of failures, in per cent, above which all go back
   */
  record Move(String backend, String version, Integer percent, Set<UUID> tenants, int returnAbove) {

    /** Copies the set. */
    public Move {
      tenants = tenants == null ? Set.of() : Set.copyOf(tenants);
    }
  }

  /** How far a move is. */
  enum State {
    /** Everybody uses the current version. */
    STEADY,
    /** Some or all use the next version, which is watched. */
    MOVING,
    /** The next version was left again. */
    RETURNED
  }

  /**
   * Which versions of a backend are used.
   *
   * @param next the version that tenants are or were moved to, or null
   * @param tenants how many tenants were moved, where not everybody was
   * @param reason why the next version was left, or null
   */
  record Use(
      String backend,
      String current,
      String next,
      State state,
      boolean everybody,
      int tenants,
      int returnAbove,
      String reason,
      Instant changedAt) {}
}
