// SPDX-License-Identifier: Apache-2.0
package io.rookery.benchmarks.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AccountTest {

  private static LedgerLine line(long at, String recipient, String id) {
    return new LedgerLine(at, "c-1", recipient, id, "box@bench.example");
  }

  @Test
  void accountShouldTellLostAndDoubledApart() {
    Account account =
        Account.of(
            List.of(line(1, "a", "<1>"), line(2, "b", "<2>"), line(9, "a", "<1>")),
            List.of("a", "b", "c"));
    assertEquals(Set.of("c"), account.lost());
    assertEquals(List.of(line(9, "a", "<1>")), account.doubles());
    assertEquals(1, account.first("a").at());
    assertEquals(Map.of(0, 1, 1, 1, 2, 1), account.distribution());
    assertEquals(0, account.withSeveralIds());
  }

  @Test
  void accountShouldLeaveOutRecipientsThatNothingWasSentTo() {
    Account account = Account.of(List.of(line(1, "x", "<1>")), List.of("a"));
    assertEquals(1, account.strangers());
    assertEquals(Set.of("a"), account.lost());
    assertEquals(0, account.reached());
  }

  @Test
  void accountShouldNoticeACopyUnderAnotherMessageId() {
    Account account = Account.of(List.of(line(1, "a", "<1>"), line(2, "a", "<2>")), List.of("a"));
    assertEquals(1, account.withSeveralIds());
  }
}
