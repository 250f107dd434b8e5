// SPDX-License-Identifier: Apache-2.0
package io.rookery.hosts.internal.keys;

import io.rookery.api.hosts.SshKey;
import io.rookery.api.hosts.SshKey.State;
import io.rookery.api.hosts.SshKey.Version;
import io.rookery.api.hosts.SshKey.VersionState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A key as its tables hold it.
 *
 * @param key what everybody may know
 * @param step what a rotation does next, or null
 * @param grace for how long the present pair is to work on after the rotation under way
 * @param untidy whether the host may hold lines of ours that should not be there
 */
record KeyRow(SshKey key, RotationStep step, Duration grace, boolean untidy) {

  /** Returns where the secret store has the private halves. */
  String reference() {
    return "ssh/" + key.hostId() + "/" + key.role().name().toLowerCase(Locale.ROOT);
  }

  /** Returns the comment by which our lines are told from those of others. */
  String marker() {
    return "rookery-" + key.hostId() + "-" + key.role().name().toLowerCase(Locale.ROOT);
  }

  Optional<Version> in(VersionState state) {
    return key.versions().stream().filter(it -> it.state() == state).findFirst();
  }

  Optional<Version> current() {
    return in(VersionState.CURRENT);
  }

  /** Returns the public halves that the host should let in now, of pairs in some states. */
  List<String> publicKeys(VersionState... states) {
    return key.versions().stream()
        .filter(it -> List.of(states).contains(it.state()))
        .map(Version::publicKey)
        .toList();
  }

  /** Returns the pairs whose grace is over. */
  List<Version> overdue(Instant now) {
    return key.versions().stream()
        .filter(it -> it.state() == VersionState.GRACE && !it.retireAt().isAfter(now))
        .toList();
  }

  /** Returns when there is something to do next: a grace ends, or the pair has served its days. */
  Instant nextAt() {
    Instant rotation =
        current().orElseThrow().createdAt().plus(Duration.ofDays(key.rotationDays()));
    return key.versions().stream()
        .filter(it -> it.state() == VersionState.GRACE)
        .map(Version::retireAt)
        .filter(it -> it.isBefore(rotation))
        .min(Instant::compareTo)
        .orElse(rotation);
  }

  /** Returns whether somebody may be at it on the host, by a lease that still runs. */
  boolean mayBeAttendedTo(Instant now) {
    Instant until = key.nextAt();
    return until != null && until.isAfter(now) && !until.isAfter(now.plus(KeySteps.LEASE));
  }

  /** Returns whether an active key is held by somebody, and not only due soon by itself. */
  boolean isHeld(Instant now) {
    return mayBeAttendedTo(now) && !key.nextAt().equals(nextAt());
  }

  KeyRow with(State state, RotationStep next, Instant dueAt) {
    return new KeyRow(copy(key.versions(), state, key.problem(), dueAt), next, grace, untidy);
  }

  KeyRow with(Duration wanted) {
    return new KeyRow(key, step, wanted, untidy);
  }

  KeyRow with(List<Version> versions) {
    return new KeyRow(
        copy(versions, key.state(), key.problem(), key.nextAt()), step, grace, untidy);
  }

  KeyRow troubled(String problem, Instant dueAt) {
    return new KeyRow(copy(key.versions(), key.state(), problem, dueAt), step, grace, untidy);
  }

  KeyRow tidy(boolean isTidy) {
    return new KeyRow(key, step, grace, !isTidy);
  }

  private SshKey copy(List<Version> versions, State state, String problem, Instant dueAt) {
    return new SshKey(
        key.id(),
        key.hostId(),
        key.role(),
        key.user(),
        key.algorithm(),
        state,
        key.rotationDays(),
        versions,
        problem,
        dueAt,
        key.createdAt(),
        key.version());
  }
}
