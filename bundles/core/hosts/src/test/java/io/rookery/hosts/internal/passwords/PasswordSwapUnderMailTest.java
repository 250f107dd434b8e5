// SPDX-License-Identifier: Apache-2.0
package io.rookery.hosts.internal.passwords;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rookery.api.secrets.RotationService.Order;
import io.rookery.api.secrets.SecretRotation;
import io.rookery.api.secrets.SecretRotation.State;
import io.rookery.persistence.test.TestDatabase;
import io.rookery.sending.internal.line.TestLine;
import io.rookery.spi.mail.Account;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Passwords are swapped on a real host while two nodes send through its real server. */
@Tag("peer")
@Timeout(240)
class PasswordSwapUnderMailTest {

  @RegisterExtension
  static final TestDatabase DATABASE =
      TestDatabase.withAreas("secrets", "hosts", "sending", "neighbours");

  private static final int ALL = 800;
  private static final Duration SOON = Duration.ofSeconds(60);

  @TempDir Path folder;

  @Test
  void noMailShouldFailOrBeSentTwiceWhilePasswordsAreSwapped() throws Exception {
    try (TestLine line = new TestLine(DATABASE);
        PasswordWorld world = new PasswordWorld(DATABASE, folder, line.tenant(), line.mailbox())) {
      Supplier<Account> account =
          () -> world.mailbox.account(line.tenant().tenantId(), world.inUse());
      line.queue(ALL, Duration.ofMillis(20));
      line.begin(world.backend(), account);
      line.begin(world.backend(), account);
      await().atMost(SOON).until(() -> sent(line) > 20);
      var password = world.registeredAlone(world.dovecot.users());

      SecretRotation rotation =
          world.engine().start(world.tenant, password.secretId(), new Order(null, "INC-1"));
      await()
          .atMost(SOON)
          .pollInterval(Duration.ofMillis(500))
          .until(
              () -> {
                world.upkeep();
                return world.engine().get(world.tenant, rotation.id()).state().isOver();
              });

      assertThat(world.engine().get(world.tenant, rotation.id()).state()).isEqualTo(State.DONE);
      int before = sent(line);
      assertThat(before).isLessThan(ALL);
      await().atMost(SOON).until(() -> sent(line) > before);
      await().atMost(SOON).until(() -> sent(line) == ALL);
      assertThat(line.states()).isEqualTo(Map.of("accepted", ALL));
      assertThat(world.relayed()).isEqualTo(ALL);
      // The rotation itself tried the old password, to see that it is refused; nobody else did.
      assertThat(world.dovecot.log().split("auth failed", -1)).hasSize(2);
    }
  }

  private static int sent(TestLine line) {
    return line.states().getOrDefault("accepted", 0);
  }
}
