// SPDX-License-Identifier: Apache-2.0
package io.rookery.mail.smtp.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.rookery.kernel.Uuids;
import io.rookery.spi.mail.Capability;
import io.rookery.spi.mail.Outcome.Status;
import io.rookery.spi.mail.RawMessage;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who stands in MAIL FROM. */
@Timeout(30)
class EnvelopeSenderTest {

  /** As long as a local part may be (RFC 5321 §4.5.3.1.1). */
  private static final String RETURN_PATH = "b-" + "a2".repeat(31) + "@bounces.heron.example";

  @Test
  void anAccountShouldBeBoundToItsMailboxUnlessItSaysOtherwise() {
    try (Rig rig = new Rig()) {
      assertThat(rig.backend.capabilities(Accounts.on(25)))
          .doesNotContain(Capability.FREE_ENVELOPE_SENDER)
          .contains(Capability.RAW_MIME, Capability.SHOWS_DEFERRALS);
      assertThat(rig.backend.capabilities(Accounts.on(25, "envelope_sender", "mailbox")))
          .doesNotContain(Capability.FREE_ENVELOPE_SENDER);
      assertThat(rig.backend.capabilities(Accounts.on(25, "envelope_sender", "return_path")))
          .isEqualTo(rig.backend.capabilities());
      assertThat(rig.backend.capabilities(Accounts.on(25, "envelope_sender", "anybody")))
          .doesNotContain(Capability.FREE_ENVELOPE_SENDER);
    }
  }

  @Test
  void theServerShouldSeeTheReturnPathWordForWord() throws Exception {
    try (Rig rig = new Rig()) {
      byte[] content =
          "From: a@heron.example\r\n\r\nHello.\r\n".getBytes(StandardCharsets.US_ASCII);
      rig.send(new RawMessage(Uuids.next(), RETURN_PATH, List.of("ann@x.example"), content, false));

      assertThat(rig.outcomes.statuses()).containsExactly(Status.ACCEPTED);
      assertThat(rig.server.received())
          .singleElement()
          .satisfies(
              taken -> assertThat(taken.mail()).startsWith("MAIL FROM:<" + RETURN_PATH + ">"));
    }
  }
}
