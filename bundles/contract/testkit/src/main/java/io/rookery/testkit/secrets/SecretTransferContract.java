// SPDX-License-Identifier: Apache-2.0
package io.rookery.testkit.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import io.rookery.spi.plugin.Secret;
import io.rookery.spi.secrets.SecretData;
import io.rookery.spi.secrets.SecretMetadata;
import io.rookery.spi.secrets.SecretMetadata.Version;
import io.rookery.spi.secrets.SecretPath;
import io.rookery.spi.secrets.SecretStore;
import io.rookery.spi.secrets.SecretStoreException;
import io.rookery.spi.secrets.SecretTransfer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What a store does that secrets can be moved into and out of. */
public interface SecretTransferContract {

  /** A moment at which what comes from elsewhere was written. */
  Instant THEN = Instant.parse("2026-01-02T03:04:05Z");

  /** Returns the store, which is a {@link SecretTransfer} too. */
  SecretStore testee();

  private SecretTransfer transfer() {
    return (SecretTransfer) testee();
  }

  private static SecretPath fresh() {
    return SecretPath.tenant(UUID.randomUUID(), "smtp/main");
  }

  private static SecretData data(String value) {
    return new SecretData(Map.of("password", Secret.of(value)));
  }

  private static Version version(int number) {
    return new Version(number, THEN, null, false);
  }

  private String value(SecretPath path, int version) {
    return testee()
        .read(path, version)
        .map(found -> found.data().fields().get("password").reveal())
        .orElse(null);
  }

  @Test
  default void tenantsWithSecretsShouldBeNamed() {
    SecretPath one = fresh();
    SecretPath other = SecretPath.tenant(UUID.randomUUID(), "dkim/a.example/s1");
    testee().write(one, data("one"), 0);
    testee().write(other, data("one"), 0);
    testee().write(SecretPath.platform("contract/transfer"), data("one"), -1);
    List<UUID> tenants = transfer().tenants();
    assertThat(tenants).contains(one.tenantId(), other.tenantId());
    assertThat(tenants).isSortedAccordingTo((a, b) -> a.toString().compareTo(b.toString()));
  }

  @Test
  default void whatIsDeletedShouldBeReadAndStayDeleted() {
    SecretPath path = fresh();
    testee().write(path, data("one"), 0);
    testee().write(path, data("two"), 1);
    testee().write(path, data("three"), 2);
    testee().delete(path, Set.of(1, 3));
    testee().destroy(path, Set.of(3));
    assertThat(transfer().deletedData(path, 1)).contains(data("one"));
    assertThat(testee().read(path, 1)).isEmpty();
    assertThat(transfer().deletedData(path, 2)).isEmpty();
    assertThat(transfer().deletedData(path, 3)).isEmpty();
    assertThat(transfer().deletedData(path, 7)).isEmpty();
    assertThat(transfer().deletedData(fresh(), 1)).isEmpty();
  }

  @Test
  default void versionsShouldComeUnderTheirOwnNumbers() {
    SecretPath path = fresh();
    transfer().restore(path, version(4), data("four"));
    transfer().restore(path, new Version(5, THEN, THEN, false), data("five"));
    transfer().restore(path, new Version(6, THEN, null, true), null);
    transfer().restore(path, version(8), data("eight"));

    assertThat(value(path, 0)).isEqualTo("eight");
    assertThat(value(path, 4)).isEqualTo("four");
    assertThat(value(path, 5)).isNull();
    assertThat(transfer().deletedData(path, 5)).contains(data("five"));
    assertThat(value(path, 6)).isNull();
    SecretMetadata known = testee().metadata(path).orElseThrow();
    assertThat(known.currentVersion()).isEqualTo(8);
    assertThat(known.versions())
        .filteredOn(v -> !v.destroyed())
        .extracting(Version::number)
        .containsExactly(4, 5, 8);
    assertThat(testee().write(path, data("nine"), 8)).isEqualTo(9);
  }

  @Test
  default void repeatingShouldChangeNothingButTheState() {
    SecretPath path = fresh();
    transfer().restore(path, version(1), data("one"));
    transfer().restore(path, version(2), data("two"));
    transfer().restore(path, version(1), data("another"));
    assertThat(value(path, 1)).isEqualTo("one");
    transfer().restore(path, new Version(1, THEN, THEN, false), data("one"));
    assertThat(value(path, 1)).isNull();
    transfer().restore(path, version(1), data("one"));
    assertThat(value(path, 1)).isEqualTo("one");
    transfer().restore(path, new Version(1, THEN, null, true), null);
    assertThat(value(path, 1)).isNull();
    assertThat(testee().metadata(path).orElseThrow().currentVersion()).isEqualTo(2);
  }

  @Test
  default void whatComesTooLateShouldNotBePassedOff() {
    SecretPath path = fresh();
    transfer().restore(path, version(4), data("four"));
    try {
      transfer().restore(path, version(2), data("two"));
    } catch (SecretStoreException e) {
      assertThat(e.kind()).isEqualTo(SecretStoreException.Kind.CONFLICT);
    }
    assertThat(value(path, 2)).isNull();
    assertThat(value(path, 0)).isEqualTo("four");
  }
}
