// SPDX-License-Identifier: Apache-2.0
package io.rookery.mail.sandbox.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rookery.kernel.Uuids;
import io.rookery.spi.mail.Account;
import io.rookery.spi.mail.CaughtMail.Caught;
import io.rookery.spi.mail.OutboundMessage;
import io.rookery.spi.mail.Outcome;
import io.rookery.spi.mail.Outcome.Status;
import io.rookery.spi.mail.OutcomeSink;
import io.rookery.spi.mail.RawMessage;
import io.rookery.testkit.plugin.MemoryPluginStorage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SandboxBackendTest {

  private final UUID tenant = Uuids.next();
  private final MemoryPluginStorage storage = new MemoryPluginStorage();
  private final SandboxBackend backend = new SandboxBackend(storage, 30);
  private final List<Outcome> outcomes = new ArrayList<>();

  @Test
  void aSentMailShouldBeCaughtAsItWas() throws Exception {
    RawMessage mail = mail("bob@example.org", "Grüße");
    send(OutcomeSink.Offer.GRANTED, mail);

    Caught listed = backend.list(tenant, null, 10).get(0);
    assertThat(listed.messageId()).isEqualTo(mail.id());
    assertThat(listed.recipients()).containsExactly("bob@example.org");
    assertThat(new String(listed.content(), StandardCharsets.UTF_8))
        .isEqualTo("Subject: x\r\n\r\n");
    Caught whole = backend.get(tenant, listed.id()).orElseThrow();
    assertThat(whole.content()).isEqualTo(mail.content());
    assertThat(whole.envelopeSender()).isEqualTo("news@example.com");
    assertThat(outcomes)
        .extracting(o -> o.recipients().get(0).status())
        .containsOnly(Status.ACCEPTED);
  }

  @Test
  void aMailThatWasNotGrantedShouldNotBeCaught() throws Exception {
    send(OutcomeSink.Offer.SKIP, mail("a@example.org", "x"));
    send(OutcomeSink.Offer.REFUSED, mail("a@example.org", "x"));

    assertThat(outcomes).isEmpty();
    assertThat(backend.list(tenant, null, 10)).isEmpty();
  }

  @Test
  void theTrialDomainsShouldBounceDeferAndAskForLess() throws Exception {
    send(
        OutcomeSink.Offer.GRANTED,
        mail("a@Bounce.example", "x"),
        mail("a@defer.example", "x"),
        mail("a@busy.example", "x"));

    assertThat(outcomes)
        .extracting(o -> o.recipients().get(0).status())
        .containsExactly(Status.REJECTED, Status.DEFERRED, Status.DEFERRED);
    assertThat(outcomes.get(2).recipients().get(0).reply().text()).contains("slow down");
    assertThat(backend.list(tenant, null, 10)).isEmpty();
  }

  @Test
  void mailsShouldBeListedNewestFirstInPagesAndKeptApartByTenant() throws Exception {
    send(OutcomeSink.Offer.GRANTED, mails(7));

    List<Caught> first = backend.list(tenant, null, 5);
    List<Caught> second = backend.list(tenant, first.get(4).id(), 5);
    List<UUID> ids = Stream.concat(first.stream(), second.stream()).map(Caught::id).toList();
    assertThat(ids).hasSize(7).doesNotHaveDuplicates();
    assertThat(ids.get(0)).isGreaterThan(ids.get(6));
    UUID other = Uuids.next();
    assertThat(backend.list(other, null, 5)).isEmpty();
    assertThat(backend.get(other, ids.get(0))).isEmpty();
    assertThat(backend.clear(other)).isZero();
    assertThat(backend.clear(tenant)).isEqualTo(7);
  }

  @Test
  void onlyTheNewestShouldBeKept() throws Exception {
    RawMessage[] mails = mails(100);
    send(OutcomeSink.Offer.GRANTED, mails);

    List<Caught> left = backend.list(tenant, null, 100);
    assertThat(left).hasSizeBetween(30, 34);
    assertThat(left.get(0).messageId()).isEqualTo(mails[99].id());
  }

  @Test
  void aLimitThatMakesNoSenseShouldBeRefused() {
    assertThatThrownBy(() -> new SandboxBackend(storage, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("kept.mails");
  }

  private static RawMessage[] mails(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> mail("c" + i + "@example.org", "x"))
        .toArray(RawMessage[]::new);
  }

  private static RawMessage mail(String to, String body) {
    byte[] content = ("Subject: x\r\n\r\n" + body + "\r\n").getBytes(StandardCharsets.UTF_8);
    return new RawMessage(Uuids.next(), "news@example.com", List.of(to), content, true);
  }

  private void send(OutcomeSink.Offer offer, RawMessage... mails) throws Exception {
    OutcomeSink sink =
        new OutcomeSink() {
          @Override
          public Offer offer(UUID messageId, Duration wait) {
            return offer;
          }

          @Override
          public void report(Outcome outcome) {
            outcomes.add(outcome);
          }
        };
    Account account = new Account(tenant, Uuids.next(), "news@example.com", Map.of(), Map.of(), 1);
    backend.send(account, List.<OutboundMessage>of(mails).iterator(), sink);
  }
}
