// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.audit.chain;

import io.rookery.kernel.Uuids;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/**
 * Writes values as bytes in one way only. What varies in length says its length first, so no two
 * different sequences of values share their bytes.
 */
public final class Canonical {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
  private final DataOutputStream out = new DataOutputStream(bytes);

  /** Begins with what the bytes are for, so that those of one purpose serve no other. */
  public Canonical(String purpose) {
    text(purpose);
  }

  Canonical bytes(byte[] value) {
    try {
      out.writeInt(value == null ? -1 : value.length);
      if (value != null) {
        out.write(value);
      }
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Adds text, or null. */
  public Canonical text(String value) {
    return bytes(value == null ? null : value.getBytes(StandardCharsets.UTF_8));
  }

  /** Adds an id. */
  public Canonical id(UUID value) {
    return bytes(Uuids.toBytes(value));
  }

  /** Adds a number. */
  public Canonical number(long value) {
    try {
      out.writeLong(value);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Adds a moment, to the microsecond. */
  public Canonical moment(Instant value) {
    return number(ChronoUnit.MICROS.between(Instant.EPOCH, value));
  }

  /** Adds a hash. */
  public Canonical hash(byte[] value) {
    return bytes(value);
  }

  /** Returns what was written. */
  public byte[] toBytes() {
    return bytes.toByteArray();
  }

  /** Returns the SHA-256 (FIPS 180-4) of what was written. */
  byte[] sha256() {
    try {
      return MessageDigest.getInstance("SHA-256").digest(toBytes());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
