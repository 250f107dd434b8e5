// SPDX-License-Identifier: Apache-2.0
package io.rookery.certificates.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.rookery.certificates.internal.Turns.Turn;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Who goes first, and who waits for whom. */
class TurnsTest {

  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final String PUBLIC = "mail.operator.example";

  private final Map<String, Set<String>> owners = new HashMap<>();
  private final Turns turns = new Turns(names -> owners);
  private final List<CertificateRow> due = new ArrayList<>();

  private void waiting(String tenant, int from, int to) {
    for (int i = from; i < to; i++) {
      String host = "links" + i + "." + tenant + ".example";
      owners.put(host, Set.of(tenant));
      due.add(CertificateRow.wanted(host, NOW));
    }
  }

  private void renewal(String host, Duration left) {
    due.add(new CertificateRow(host, 1, "CN=ca", NOW, NOW.plus(left), NOW, null, 0, null, NOW));
  }

  private List<Turn> take(Instant now) {
    List<Turn> taken = turns.next(due, PUBLIC, now);
    due.removeAll(taken.stream().map(Turn::row).toList());
    return taken;
  }

  private static List<String> hosts(List<Turn> taken) {
    return taken.stream().map(turn -> turn.row().host()).toList();
  }

  @Test
  void thePublicHostAndRenewalsShouldGoFirst() {
    waiting("heron", 0, 51);
    renewal("links.late.example", Duration.ofDays(20));
    renewal("links.later.example", Duration.ofDays(2));
    due.add(CertificateRow.wanted(PUBLIC, NOW));
    List<Turn> taken = take(NOW);
    assertThat(hosts(taken))
        .startsWith(PUBLIC, "links.later.example", "links.late.example")
        .hasSize(Turns.AT_A_TIME);
  }

  @Test
  void oneTenantWithManyHostsShouldHoldUpNoOther() {
    waiting("heron", 0, 51);
    assertThat(take(NOW)).hasSize(Turns.PER_TENANT);
    for (String tenant : List.of("a", "b", "c", "d", "e", "f")) {
      waiting(tenant, 0, 1);
    }
    assertThat(take(NOW.plusSeconds(60))).extracting(Turn::owner).doesNotContain("heron");
    assertThat(take(NOW.plusSeconds(120))).extracting(Turn::owner).contains("f", "heron");
  }

  @Test
  void tenantsWithManyHostsShouldBeServedAlike() {
    Map<String, Integer> served = new HashMap<>();
    for (int i = 0; i < 10; i++) {
      waiting("tenant" + i, 0, 30);
    }
    for (int minute = 0; minute < 20; minute++) {
      take(NOW.plusSeconds(60L * minute))
          .forEach(turn -> served.merge(turn.owner(), 1, Integer::sum));
    }
    assertThat(served.values()).hasSize(10).containsOnly(10);
  }

  @Test
  void aHostThatAnotherTenantClaimsShouldNotWaitForThatTenantsTurn() {
    waiting("greedy", 0, 20);
    assertThat(take(NOW)).hasSize(Turns.PER_TENANT);
    owners.put("links.heron.example", Set.of("greedy", "heron"));
    due.add(CertificateRow.wanted("links.heron.example", NOW.plusSeconds(1)));
    assertThat(hosts(take(NOW.plusSeconds(60)))).startsWith("links.heron.example");
  }

  @Test
  void aTenantThatIsRefusedShouldHoldUpItsOwnNewHostsForTenMinutesAtMost() {
    waiting("heron", 0, 10);
    Turn first = take(NOW).get(0);
    turns.refused(first, NOW.plus(Duration.ofDays(3)), NOW);
    waiting("other", 0, 2);
    assertThat(take(NOW)).extracting(Turn::owner).containsExactly("other", "other");
    assertThat(take(NOW.plus(Turns.LONGEST_PAUSE))).hasSize(Turns.PER_TENANT);
  }

  @Test
  void refusalsShouldTellOfTheAccountOnlyWhereNothingSucceededBetween() {
    waiting("heron", 0, 1);
    waiting("other", 0, 1);
    waiting("third", 0, 9);
    List<Turn> taken = take(NOW);
    Instant later = NOW.plus(Duration.ofDays(3));
    turns.refused(taken.get(0), later, NOW);
    turns.fulfilled(taken.get(2));
    turns.refused(taken.get(1), later, NOW);
    assertThat(turns.mayGo(taken.get(2), NOW)).isTrue();
    turns.refused(taken.get(0), later, NOW);
    assertThat(turns.mayGo(taken.get(2), NOW)).isFalse();
    assertThat(turns.mayGo(taken.get(2), NOW.plus(Turns.LONGEST_PAUSE))).isTrue();
    assertThat(turns.mayGo(new Turn(taken.get(0).row(), null), NOW)).isTrue();
  }

  @Test
  void domainsShouldTakeTurnsWhereNobodyKnowsWhoseTheyAre() {
    Turns unknown =
        new Turns(
            names -> {
              throw new IllegalStateException("No database");
            });
    waiting("heron", 0, 9);
    waiting("other", 0, 1);
    assertThat(unknown.next(due, PUBLIC, NOW))
        .extracting(Turn::owner)
        .containsExactly("heron.example", "other.example", "heron.example", "heron.example");
  }
}
