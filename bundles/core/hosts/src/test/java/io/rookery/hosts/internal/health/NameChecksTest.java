// SPDX-License-Identifier: Apache-2.0
package io.rookery.hosts.internal.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.rookery.api.hosts.HostCheck.State;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NameChecksTest {

  private final Map<String, Optional<List<String>>> answers = new HashMap<>();
  private final NameChecks checks =
      new NameChecks(
          (name, type) -> answers.getOrDefault(type + " " + name, Optional.of(List.of())),
          List.of("one.example", "two.example"));

  private static InetAddress address(String text) throws Exception {
    return InetAddress.getByName(text);
  }

  private void says(String question, String... values) {
    answers.put(question, Optional.of(List.of(values)));
  }

  private void nobodyKnows(String question) {
    answers.put(question, Optional.empty());
  }

  @Test
  void addressesShouldBeAskedForBackwards() throws Exception {
    assertThat(NameChecks.reversed(address("192.0.2.1"))).isEqualTo("1.2.0.192.");
    assertThat(NameChecks.reversed(address("2001:db8::1")))
        .startsWith("1.0.0.0.0.0.")
        .endsWith(".8.b.d.0.1.0.0.2.");
  }

  @Test
  void anAddressShouldLeadToTheGreetingAndBack() throws Exception {
    InetAddress mx = address("192.0.2.1");
    assertThat(checks.reverseName(mx, Optional.of("mx.example")).code()).isEqualTo("unconfirmed");
    says("PTR 1.2.0.192.in-addr.arpa", "mx.example");
    assertThat(checks.reverseName(mx, Optional.of("mx.example")).code()).isEqualTo("unconfirmed");
    says("A mx.example", "192.0.2.9", "192.0.2.1");
    assertThat(checks.reverseName(mx, Optional.of("mx.example")).state()).isEqualTo(State.OK);
    assertThat(checks.reverseName(mx, Optional.of("localhost")).code()).isEqualTo("other_name");
    assertThat(checks.reverseName(mx, Optional.empty()).state()).isEqualTo(State.UNKNOWN);
    nobodyKnows("PTR 1.2.0.192.in-addr.arpa");
    assertThat(checks.reverseName(mx, Optional.of("mx.example")).code()).isEqualTo("no_answer");
  }

  @Test
  void ofAnAddressWithCountlessNamesOnlySomeShouldBeAskedFor() throws Exception {
    List<String> asked = new ArrayList<>();
    NameChecks many =
        new NameChecks(
            (name, type) -> {
              asked.add(name);
              return type.equals("PTR")
                  ? Optional.of(
                      IntStream.range(0, 900).mapToObj(i -> "n" + i + ".example").toList())
                  : Optional.of(List.of());
            },
            List.of());
    assertThat(many.reverseName(address("192.0.2.1"), Optional.empty()).code())
        .isEqualTo("unconfirmed");
    assertThat(asked).hasSize(11).endsWith("n9.example");
  }

  @Test
  void aRefusedQueryShouldNotBeTakenForAListing() throws Exception {
    InetAddress mx = address("192.0.2.1");
    assertThat(checks.blockLists(mx).code()).isEqualTo("not_listed");
    says("A 1.2.0.192.one.example", "127.255.255.254");
    assertThat(checks.blockLists(mx))
        .satisfies(
            it -> {
              assertThat(it.state()).isEqualTo(State.UNKNOWN);
              assertThat(it.detail()).contains("one.example").doesNotContain("two.example");
            });
    says("A 1.2.0.192.two.example", "127.0.0.4");
    assertThat(checks.blockLists(mx))
        .satisfies(
            it -> {
              assertThat(it.state()).isEqualTo(State.FAILED);
              assertThat(it.detail()).contains("two.example").doesNotContain("one.example");
            });
    nobodyKnows("A 1.2.0.192.two.example");
    assertThat(checks.blockLists(mx).code()).isEqualTo("not_answered");
  }

  @Test
  void aNameShouldBeResolvedAndAnAddressTaken() throws Exception {
    says("A mx.example", "192.0.2.1");
    says("AAAA mx.example", "2001:db8::1");
    assertThat(checks.addresses("mx.example"))
        .containsExactly(address("192.0.2.1"), address("2001:db8::1"));
    assertThat(checks.addresses("192.0.2.7")).containsExactly(address("192.0.2.7"));
    assertThat(checks.addresses("nobody.example")).isEmpty();
  }
}
