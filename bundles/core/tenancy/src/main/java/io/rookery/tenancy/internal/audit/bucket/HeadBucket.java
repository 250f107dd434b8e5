// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.audit.bucket;

import io.rookery.kernel.RookeryException;
import io.rookery.spi.plugin.Secret;
import io.rookery.tenancy.internal.audit.bucket.ObjectStore.RefusedException;
import io.rookery.tenancy.internal.audit.head.Head.Signed;
import io.rookery.tenancy.internal.audit.head.HeadLines;
import io.rookery.tenancy.internal.audit.head.HeadStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Copies of heads in an object store: each copy an object of its own, as objects are not added to,
 * named by its time so that names sort as they were written. Objects that were fetched into a
 * folder verify there as well.
 */
public final class HeadBucket implements HeadStore {

  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("'heads-'yyyy-MM-dd'T'HH-mm-ss.SSSSSS'Z'")
          .withZone(ZoneOffset.UTC);
  private static final int FORBIDDEN = 403;

  private final Bucket bucket;
  private final Supplier<Secret> secrets;
  private final ObjectStore objects;
  private final SecureRandom random = new SecureRandom();
  private volatile Secret known;

  /**
   * @param secrets reads the secret key from the store; asked once, and again after a refusal, as
   *     each access to a secret is an entry of the very log whose heads are copied
   */
  public HeadBucket(Bucket bucket, Supplier<Secret> secrets, Clock clock) {
    this.bucket = bucket;
    this.secrets = secrets;
    this.objects = new ObjectStore(bucket, this::key, clock);
  }

  private Secret key() {
    Secret present = known;
    if (present == null) {
      present = secrets.get();
      known = present;
    }
    return present;
  }

  @Override
  public String place() {
    return bucket.address() + "/" + bucket.prefix();
  }

  @Override
  public void append(List<Signed> heads, Instant now) throws IOException {
    byte[] suffix = new byte[4];
    random.nextBytes(suffix);
    String name = NAME.format(now) + "-" + HexFormat.of().formatHex(suffix) + ".txt";
    byte[] lines = HeadLines.write(heads).getBytes(StandardCharsets.US_ASCII);
    call(
        () -> {
          objects.put(bucket.prefix() + name, lines);
          return null;
        });
  }

  @Override
  public long read(Consumer<List<Signed>> heads) throws IOException {
    long unreadable = 0;
    String token = null;
    do {
      String from = token;
      Listed page = call(() -> objects.list(bucket.prefix() + "heads-", from));
      for (String name : page.names()) {
        String text = new String(call(() -> objects.get(name)), StandardCharsets.ISO_8859_1);
        unreadable += HeadLines.read(text.lines().iterator(), heads);
      }
      token = page.next();
    } while (token != null);
    return unreadable;
  }

  private interface Work<R> {
    R run() throws IOException;
  }

  private <R> R call(Work<R> work) throws IOException {
    try {
      return work.run();
    } catch (RefusedException e) {
      if (e.status() == FORBIDDEN) {
        known = null;
      }
      throw e;
    } catch (RookeryException e) {
      throw new IOException("The object store's key cannot be read: " + e.getMessage(), e);
    }
  }
}
