// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal.domain;

import io.rookery.api.mailboxes.DkimKey.Algorithm;
import io.rookery.api.mailboxes.DkimSelector;
import io.rookery.api.mailboxes.RecordPurpose;
import io.rookery.api.mailboxes.RecordVerdict;
import io.rookery.mailboxes.internal.check.CheckResult;
import io.rookery.mailboxes.internal.check.DkimCheck;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The selectors of a domain and which of them sign. A generation signs once its RSA record has been
 * seen; the newest that does retires those before it. Immutable.
 *
 * @param all the newest generation first, RSA before Ed25519
 */
record Selectors(List<DkimSelector> all) {

  private static final Comparator<DkimSelector> NEWEST_FIRST =
      Comparator.comparing(DkimSelector::createdAt)
          .reversed()
          .thenComparing(DkimSelector::algorithm)
          .thenComparing(DkimSelector::name);

  Selectors {
    all = all.stream().sorted(NEWEST_FIRST).toList();
  }

  /** Returns the selectors that sign, RSA first; empty before any record was seen. */
  List<DkimSelector> signing() {
    return all.stream()
        .filter(Selectors::isUsedRsa)
        .findFirst()
        .map(rsa -> generation(rsa.createdAt()).filter(one -> one.publishedAt() != null).toList())
        .orElse(List.of());
  }

  private Stream<DkimSelector> generation(Instant createdAt) {
    return all.stream().filter(one -> one.createdAt().equals(createdAt));
  }

  private static boolean isUsedRsa(DkimSelector selector) {
    return selector.algorithm() == Algorithm.RSA_SHA256
        && selector.publishedAt() != null
        && selector.retiredAt() == null;
  }

  /** Returns the RSA selector whose record decides: the one that signs, else the newest. */
  DkimSelector deciding() {
    return all.stream()
        .filter(Selectors::isUsedRsa)
        .findFirst()
        .orElseGet(
            () ->
                all.stream()
                    .filter(one -> one.algorithm() == Algorithm.RSA_SHA256)
                    .findFirst()
                    .orElseThrow());
  }

  /** Returns whether the newest generation waits to be seen. */
  boolean isRotating() {
    return all.get(0).publishedAt() == null;
  }

  /** Returns when the newest generation was made. */
  Instant newestAt() {
    return all.get(0).createdAt();
  }

  /** Returns the newest generation where its record has not been seen, so that none needs it. */
  List<DkimSelector> unseen() {
    return isRotating() ? generation(newestAt()).toList() : List.of();
  }

  /** Returns this with a generation more, in the place of one that has not been seen. */
  Selectors rotated(List<DkimSelector> made) {
    List<DkimSelector> together = new ArrayList<>(all);
    together.removeAll(unseen());
    together.addAll(made);
    return new Selectors(together);
  }

  /** Returns the retired ones whose grace is over. */
  List<DkimSelector> outOfUse(Instant now) {
    return all.stream().filter(one -> isOutOfUse(one, now)).toList();
  }

  private static boolean isOutOfUse(DkimSelector selector, Instant now) {
    return selector.retiredAt() != null && !selector.retiredAt().plus(DkimCheck.GRACE).isAfter(now);
  }

  /** Returns what the selectors are after their records were looked at. */
  Selectors seen(String domain, List<CheckResult> results, Instant now) {
    List<DkimSelector> looked =
        all.stream().map(one -> seen(one, verdict(one, domain, results), now)).toList();
    Optional<DkimSelector> newest = looked.stream().filter(Selectors::isUsedRsa).findFirst();
    List<DkimSelector> kept = new ArrayList<>();
    for (DkimSelector one : looked) {
      boolean replaced =
          one.retiredAt() == null
              && newest.filter(it -> it.createdAt().isAfter(one.createdAt())).isPresent();
      boolean gone = isOutOfUse(one, now) && verdict(one, domain, results) == RecordVerdict.OK;
      if (!gone) {
        kept.add(replaced ? with(one, one.publishedAt(), now) : one);
      }
    }
    return new Selectors(kept);
  }

  /** An Ed25519 record that went wrong is left out at once: RSA carries the mail meanwhile. */
  private static DkimSelector seen(DkimSelector selector, RecordVerdict verdict, Instant now) {
    if (verdict == RecordVerdict.OK && selector.publishedAt() == null) {
      return with(selector, now, selector.retiredAt());
    } else if (verdict.bad() && selector.algorithm() == Algorithm.ED25519_SHA256) {
      return with(selector, null, selector.retiredAt());
    }
    return selector;
  }

  private static RecordVerdict verdict(
      DkimSelector selector, String domain, List<CheckResult> results) {
    String host = DkimCheck.host(selector.name(), domain);
    return results.stream()
        .filter(result -> result.isAbout(RecordPurpose.DKIM, host))
        .map(CheckResult::verdict)
        .findFirst()
        .orElse(RecordVerdict.UNCHECKED);
  }

  /** Returns this with those whose records were found at fault waiting to be seen again. */
  Selectors lost(String domain, List<CheckResult> results) {
    return new Selectors(
        all.stream()
            .map(
                one -> verdict(one, domain, results).bad() ? with(one, null, one.retiredAt()) : one)
            .toList());
  }

  private static DkimSelector with(DkimSelector one, Instant publishedAt, Instant retiredAt) {
    return new DkimSelector(
        one.name(), one.algorithm(), one.publicKey(), one.createdAt(), publishedAt, retiredAt);
  }
}
