// SPDX-License-Identifier: Apache-2.0
package io.rookery.secrets.embedded;

import io.rookery.spi.secrets.SecretMetadata;
import io.rookery.spi.secrets.SecretPath;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * A secret as it is kept: its path in clear and its versions sealed. One entry of the storage holds
 * the whole, so that its compare-and-set is the secret's.
 *
 * @param path where the secret stands
 * @param current the newest version's number
 * @param versions the versions that are kept, oldest first
 */
record SecretRecord(SecretPath path, int current, List<Version> versions) {

  /** What the keys of all secrets begin with, in each tenant's storage. */
  static final String PREFIX = "secret/";

  private static final int FORMAT = 1;
  private static final long NEVER = Long.MIN_VALUE;

  SecretRecord {
    versions = List.copyOf(versions);
  }

  /** Returns a secret that has no version yet. */
  static SecretRecord empty(SecretPath path) {
    return new SecretRecord(path, 0, List.of());
  }

  Optional<Version> version(int number) {
    int wanted = number == 0 ? current : number;
    return versions.stream().filter(version -> version.number() == wanted).findFirst();
  }

  /** Adds a newer version and lets the oldest go where there are more than may be kept. */
  SecretRecord plus(Version newest, int keep) {
    List<Version> more = new ArrayList<>(versions);
    more.add(newest);
    return new SecretRecord(
        path, newest.number(), more.subList(Math.max(0, more.size() - keep), more.size()));
  }

  /** Changes some versions; those that are destroyed or unknown are passed over. */
  SecretRecord change(Set<Integer> numbers, UnaryOperator<Version> change) {
    return new SecretRecord(
        path,
        current,
        versions.stream()
            .map(v -> numbers.contains(v.number()) && !v.destroyed() ? change.apply(v) : v)
            .toList());
  }

  SecretMetadata metadata() {
    return new SecretMetadata(
        path,
        current,
        versions.stream()
            .map(
                v ->
                    new SecretMetadata.Version(
                        v.number(), v.createdAt(), v.deletedAt(), v.destroyed()))
            .toList());
  }

  byte[] toBytes() {
    Output out =
        new Output().number(FORMAT).text(path.value()).number(current).number(versions.size());
    for (Version version : versions) {
      out.number(version.number())
          .number(micros(version.createdAt()))
          .number(version.deletedAt() == null ? NEVER : micros(version.deletedAt()))
          .flag(version.destroyed())
          .number(version.keyId())
          .bytes(version.sealed());
    }
    return out.toBytes();
  }

  static SecretRecord of(byte[] bytes) {
    return Input.read(
        bytes,
        FORMAT,
        in -> {
          SecretPath path = new SecretPath(in.text());
          int current = in.number();
          List<Version> versions = new ArrayList<>();
          for (int count = in.number(); count > 0; count--) {
            versions.add(version(in));
          }
          return new SecretRecord(path, current, versions);
        });
  }

  private static Version version(Input in) {
    int number = in.number();
    Instant createdAt = instant(in.longNumber());
    long deletedAt = in.longNumber();
    return new Version(
        number,
        createdAt,
        deletedAt == NEVER ? null : instant(deletedAt),
        in.flag(),
        in.number(),
        in.bytes());
  }

  private static long micros(Instant instant) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
  }

  private static Instant instant(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }

  /**
   * A version of a secret.
   *
   * @param deletedAt when it was marked as deleted, or null
   * @param keyId the data key that sealed it
   * @param sealed its fields, sealed; empty once destroyed
   */
  record Version(
      int number,
      Instant createdAt,
      Instant deletedAt,
      boolean destroyed,
      int keyId,
      byte[] sealed) {

    boolean readable() {
      return deletedAt == null && !destroyed;
    }

    Version deleted(Instant now) {
      return deletedAt != null
          ? this
          : new Version(number, createdAt, now, destroyed, keyId, sealed);
    }

    Version undeleted() {
      return new Version(number, createdAt, null, destroyed, keyId, sealed);
    }

    /** Returns it in the state that a version has elsewhere. */
    Version as(SecretMetadata.Version other) {
      Instant at = other.deletedAt();
      Version same =
          new Version(
              number,
              createdAt,
              at == null ? null : at.truncatedTo(ChronoUnit.MICROS),
              destroyed,
              keyId,
              sealed);
      return other.destroyed() ? same.destroy() : same;
    }

    Version destroy() {
      return new Version(number, createdAt, deletedAt, true, keyId, new byte[0]);
    }
  }
}
