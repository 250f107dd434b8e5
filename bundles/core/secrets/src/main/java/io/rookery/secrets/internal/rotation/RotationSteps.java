// SPDX-License-Identifier: Apache-2.0
package io.rookery.secrets.internal.rotation;

import io.rookery.api.secrets.RotatingSecret;
import io.rookery.api.secrets.SecretRotation;
import io.rookery.api.secrets.SecretRotation.State;
import io.rookery.api.secrets.SecretRotator;
import io.rookery.api.secrets.SecretRotator.Progress;
import io.rookery.api.secrets.SecretRotator.Task;
import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.ErrorCode.Kind;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.kernel.Tx;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes a rotation from step to step: what a step does is done first and recorded then, so that a
 * process that dies in between has the step done again. The row's version decides between two who
 * are at it.
 */
final class RotationSteps {

  private static final Logger LOG = LoggerFactory.getLogger(RotationSteps.class);

  /** After so long somebody else takes over: longer than any step takes. */
  static final Duration LEASE = Duration.ofMinutes(3);

  static final Duration SOON = Duration.ofSeconds(30);
  static final Duration LATER = Duration.ofMinutes(5);

  private static final Set<Kind> UNDECIDED =
      Set.of(Kind.UNAVAILABLE, Kind.RATE_LIMITED, Kind.INTERNAL);

  private final RotationRecords records;
  private final Rotators rotators;

  RotationSteps(RotationRecords records, Rotators rotators) {
    this.records = records;
    this.rotators = rotators;
  }

  /** Takes a rotation as far as it goes now; what stands in its way is said in the row. */
  SecretRotation advance(TenantContext asked, SecretRotation begun) {
    // What a rotator does elsewhere is not the request's own.
    TenantContext context = asked.withoutIdempotencyKey();
    SecretRotation row = begun;
    State before = null;
    while (row.state() != before && !row.state().isOver() && isNow(row)) {
      before = row.state();
      row = step(context, row);
    }
    return row;
  }

  private boolean isNow(SecretRotation row) {
    return row.state() != State.GRACE || !row.retireAt().isAfter(records.now());
  }

  private SecretRotation step(TenantContext context, SecretRotation row) {
    SecretRotator rotator;
    try {
      rotator = rotators.of(row.kind());
    } catch (RookeryException e) {
      return troubled(context, row, e.getMessage(), SOON);
    }
    Task task =
        new Task(
            row.id(),
            row.secretId(),
            row.subjectId(),
            row.reference(),
            row.oldVersion(),
            row.overlap());
    return switch (row.state()) {
      case PREPARING -> prepare(context, row, rotator, task);
      case PUTTING ->
          waiting(context, row, State.VERIFYING, "put", () -> rotator.put(context, task));
      case VERIFYING ->
          waiting(context, row, State.PROMOTING, "verified", () -> rotator.verify(context, task));
      case PROMOTING -> promote(context, row, rotator, task);
      case GRACE -> retire(context, row, rotator, task);
      case TAKING_BACK -> takeBack(context, row, rotator, task);
      default -> throw new IllegalStateException("Nothing is left to do");
    };
  }

  /** What a step came to: a value, or why it came to none. */
  private record Outcome<R>(R value, RookeryException failure) {

    static <R> Outcome<R> of(SecretRotation row, Supplier<R> step) {
      try {
        return new Outcome<>(step.get(), null);
      } catch (RookeryException e) {
        return new Outcome<>(null, e);
      } catch (RuntimeException e) {
        LOG.error("A step of rotation {} failed", row.id(), e);
        return new Outcome<>(
            null,
            new RookeryException(
                CommonErrors.INTERNAL, "The step failed here; see the node's log", e));
      }
    }
  }

  private SecretRotation prepare(
      TenantContext context, SecretRotation row, SecretRotator rotator, Task task) {
    var outcome = Outcome.of(row, () -> rotator.prepare(context, task));
    return outcome.failure() != null
        ? failed(context, row, outcome.failure())
        : records.record(
            context,
            Changes.prepared(row, outcome.value(), lease()),
            "secret.rotation_prepared",
            Map.of("old_version", outcome.value().oldVersion()),
            tx -> {});
  }

  private SecretRotation waiting(
      TenantContext context, SecretRotation row, State next, String done, Supplier<Progress> step) {
    Outcome<Progress> outcome = Outcome.of(row, step);
    if (outcome.failure() != null) {
      return failed(context, row, outcome.failure());
    }
    Progress progress = outcome.value();
    return progress.done()
        ? records.record(context, Changes.to(row, next, lease()), "secret.rotation_" + done)
        : troubled(context, row, progress.awaited(), progress.again());
  }

  private SecretRotation promote(
      TenantContext context, SecretRotation row, SecretRotator rotator, Task task) {
    var outcome = Outcome.of(row, () -> run(() -> rotator.promote(context, task)));
    if (outcome.failure() != null) {
      return failed(context, row, outcome.failure());
    }
    Instant now = records.now();
    SecretRotation after = Changes.promoted(row, now);
    return records.record(
        context,
        after,
        "secret.rotated",
        Map.of("grace_seconds", after.grace().toSeconds()),
        tx -> replan(tx, row, now));
  }

  private void replan(Tx tx, SecretRotation row, Instant now) throws SQLException {
    Optional<RotatingSecret> secret = records.secrets().find(tx, row.secretId(), true);
    if (secret.isPresent()) {
      records.secrets().plan(tx, Plans.from(secret.get(), now, secret.get().days()));
    }
  }

  private SecretRotation retire(
      TenantContext context, SecretRotation row, SecretRotator rotator, Task task) {
    var outcome = Outcome.of(row, () -> run(() -> rotator.retire(context, task)));
    return outcome.failure() != null
        ? troubled(context, row, outcome.failure().getMessage(), LATER)
        : records.record(
            context, Changes.over(row, State.DONE, records.now()), "secret.rotation_done");
  }

  private SecretRotation takeBack(
      TenantContext context, SecretRotation row, SecretRotator rotator, Task task) {
    var outcome = Outcome.of(row, () -> run(() -> rotator.takeBack(context, task)));
    return outcome.failure() != null
        ? troubled(context, row, outcome.failure().getMessage(), LATER)
        : records.record(
            context,
            Changes.over(row, State.TAKEN_BACK, records.now()),
            "secret.rotation_taken_back");
  }

  private static boolean run(Runnable step) {
    step.run();
    return true;
  }

  /** What the target says decides; a store or database that is away does not. */
  private SecretRotation failed(TenantContext context, SecretRotation row, RookeryException e) {
    LOG.warn("Rotation {} of a {} secret: {}", row.id(), row.kind(), e.getMessage());
    if (UNDECIDED.contains(e.code().kind())) {
      return troubled(context, row, e.getMessage(), SOON);
    }
    String step = row.state().name().toLowerCase(Locale.ROOT);
    return records.record(
        context,
        Changes.back(row, e.getMessage(), lease()),
        "secret.rotation_failed",
        Map.of("step", step, "reason", e.code().name()),
        tx -> {
          if (row.state() == State.PREPARING && e.code().equals(CommonErrors.NOT_FOUND)) {
            records.secrets().delete(tx, row.secretId());
          }
        });
  }

  private SecretRotation troubled(
      TenantContext context, SecretRotation row, String problem, Duration again) {
    return records.record(context, Changes.troubled(row, problem, records.now().plus(again)), null);
  }

  private Instant lease() {
    return records.now().plus(LEASE);
  }
}
