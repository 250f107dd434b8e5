// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.audit.bucket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rookery.kernel.RookeryException;
import io.rookery.spi.plugin.Secret;
import io.rookery.tenancy.internal.audit.bucket.Bucket.Lock;
import io.rookery.tenancy.internal.audit.head.Head;
import io.rookery.tenancy.internal.audit.head.Head.Signed;
import io.rookery.tenancy.internal.audit.head.HeadFolder;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Heads in an object store, which checks every signature. */
class HeadBucketTest {

  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00.123456Z");
  private static final UUID TENANT = new UUID(0, 7);

  private ObjectPeer peer;

  @BeforeEach
  void open() throws Exception {
    peer = new ObjectPeer();
  }

  @AfterEach
  void close() {
    peer.close();
  }

  private HeadBucket bucket(Lock lock, Supplier<Secret> secret) {
    Bucket where = new Bucket(peer.address(), "eu-central-1", "a b/", "AKID", lock);
    return new HeadBucket(where, secret, Clock.fixed(NOW, ZoneOffset.UTC));
  }

  private static Signed head(long seq) {
    return new Signed(new Head(TENANT, seq, new byte[32], NOW), 1, new byte[64]);
  }

  private static List<Long> read(HeadBucket bucket) throws IOException {
    List<Long> seqs = new ArrayList<>();
    assertThat(bucket.read(heads -> heads.forEach(signed -> seqs.add(signed.head().seq()))))
        .isZero();
    return seqs;
  }

  @Test
  void whatWasCopiedShouldBeReadInItsOrder() throws Exception {
    HeadBucket bucket = bucket(null, () -> ObjectPeer.KEY);
    for (int i = 0; i < 5; i++) {
      bucket.append(List.of(head(2 * i), head(2 * i + 1)), NOW.plusSeconds(30L * i));
    }
    peer.objects.put("a b/other.txt", "x".getBytes(StandardCharsets.UTF_8));
    assertThat(peer.objects.firstKey())
        .matches("a b/heads-2026-03-01T12-00-00\\.123456Z-[0-9a-f]{8}\\.txt");
    assertThat(read(bucket)).containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L);
    assertThat(peer.locks).containsOnly("null null");
  }

  @Test
  void objectsShouldBeLockedWhereThatIsWanted() throws Exception {
    bucket(new Lock("COMPLIANCE", Duration.ofDays(10)), () -> ObjectPeer.KEY)
        .append(List.of(head(1)), NOW);
    assertThat(peer.locks).containsExactly("COMPLIANCE 2026-03-11T12:00:00Z");
  }

  @Test
  void aRefusalShouldBeAnErrorWithoutTheSecretAndHaveTheKeyReadAgain() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    HeadBucket bucket =
        bucket(
            null,
            () -> asked.incrementAndGet() == 1 ? Secret.of("the former key") : ObjectPeer.KEY);
    assertThatThrownBy(() -> bucket.append(List.of(head(1)), NOW))
        .isInstanceOf(IOException.class)
        .hasMessage("The object store answers PUT with 403")
        .hasNoCause();
    bucket.append(List.of(head(1)), NOW);
    bucket.append(List.of(head(2)), NOW);
    assertThat(asked).hasValue(2);
    peer.failing = true;
    assertThatThrownBy(() -> bucket.append(List.of(head(3)), NOW)).isInstanceOf(IOException.class);
    peer.failing = false;
    assertThat(read(bucket)).containsExactlyInAnyOrder(1L, 2L);
  }

  @Test
  void aSealedStoreShouldPutACopyOff() {
    HeadBucket bucket =
        bucket(
            null,
            () -> {
              throw RookeryException.unavailable(
                  "The store is sealed", Duration.ofSeconds(5), null);
            });
    assertThatThrownBy(() -> bucket.append(List.of(head(1)), NOW)).isInstanceOf(IOException.class);
    assertThat(peer.objects).isEmpty();
  }

  @Test
  void objectsThatWereFetchedIntoAFolderShouldBeReadThere(@TempDir Path folder) throws Exception {
    HeadBucket bucket = bucket(null, () -> ObjectPeer.KEY);
    bucket.append(List.of(head(1)), NOW);
    bucket.append(List.of(head(2)), NOW.plusSeconds(30));
    for (String name : peer.objects.keySet()) {
      Files.write(folder.resolve(name.substring("a b/".length())), peer.objects.get(name));
    }
    List<Long> seqs = new ArrayList<>();
    new HeadFolder(folder).read(heads -> heads.forEach(signed -> seqs.add(signed.head().seq())));
    assertThat(seqs).containsExactly(1L, 2L);
  }

  @Test
  void whatIsWrongInTheConfigurationShouldBeSaid() {
    for (String wrong : List.of("http://s3.example/heads", "https://s3.example", "heads")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new Bucket(URI.create(wrong), "r", "", "k", null));
    }
    assertThatIllegalArgumentException().isThrownBy(() -> new Lock("WEAK", Duration.ofDays(1)));
  }

  @Test
  void aListWithADocumentTypeShouldBeRefused() {
    String xml = "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a><Key>&x;</Key></a>";
    assertThatThrownBy(() -> Listed.read(xml.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(IOException.class);
  }
}
