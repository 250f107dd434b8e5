// SPDX-License-Identifier: Apache-2.0
package io.rookery.benchmarks.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerSinkTest {

  @TempDir Path folder;

  private SinkProcess sink;
  private Ledger ledger;

  @BeforeEach
  void start() throws Exception {
    sink = SinkProcess.start(folder.resolve("ledger.tsv"));
    ledger = new Ledger(sink.ledger());
  }

  @AfterEach
  void stop() {
    sink.close();
  }

  @Test
  void sinkShouldHaveWrittenWhatItAcknowledges() throws Exception {
    try (SinkClient client = new SinkClient(sink.port()).open()) {
      assertTrue(client.send("a@dest.example").startsWith("250"));
      sink.kill();
    }
    LedgerLine line = ledger.lines().get(0);
    assertEquals("a@dest.example", line.recipient());
    assertEquals("<a@dest.example>", line.messageId());
    assertEquals("box@bench.example", line.sender());
  }

  @Test
  void sinkShouldGoOnAfterAKillWithItsSettings() throws Exception {
    sink.fault(Stage.RCPT, "2:550 5.1.1 Nobody");
    try (SinkClient client = new SinkClient(sink.port()).open()) {
      client.send("a@dest.example");
    }
    sink.kill();
    // As a kill in the midst of a write leaves it.
    Files.writeString(sink.ledger(), "17\tx-1\tcut@dest", StandardOpenOption.APPEND);
    sink.start();
    try (SinkClient client = new SinkClient(sink.port()).open()) {
      assertTrue(client.send("b@dest.example").startsWith("250"));
      assertTrue(client.send("c@dest.example").startsWith("503"));
    }
    List<String> recipients = ledger.lines().stream().map(LedgerLine::recipient).toList();
    assertEquals(List.of("a@dest.example", "b@dest.example"), recipients);
  }

  @Test
  void sinkShouldDropBeforeItWritesOrAfter() throws Exception {
    sink.fault(Stage.DOT, "drop");
    try (SinkClient client = new SinkClient(sink.port()).open()) {
      assertNull(client.send("before@dest.example"));
    }
    sink.fault(Stage.DOT, null).fault(Stage.REPLY, "drop");
    try (SinkClient client = new SinkClient(sink.port()).open()) {
      assertNull(client.send("after@dest.example"));
    }
    List<String> recipients = ledger.lines().stream().map(LedgerLine::recipient).toList();
    assertEquals(List.of("after@dest.example"), recipients);
  }

  @Test
  void sinkShouldLoseAndDoubleWhenTold() throws Exception {
    try (SinkClient client = new SinkClient(sink.port()).open()) {
      sink.fault(Stage.DOT, "lose");
      assertTrue(client.send("lost@dest.example").startsWith("250"));
      sink.fault(Stage.DOT, "twice");
      assertTrue(client.send("twice@dest.example").startsWith("250"));
    }
    Account account =
        Account.of(ledger.lines(), List.of("lost@dest.example", "twice@dest.example"));
    assertEquals(1, account.lost().size());
    assertEquals(1, account.doubles().size());
  }

  @Test
  void sinkShouldRefuseForNowWhatComesTooFast() throws Exception {
    sink.refuseAbove(0.001);
    try (SinkClient client = new SinkClient(sink.port()).open()) {
      client.write("MAIL FROM:<>\r\nRCPT TO:<a@dest.example>\r\n");
      client.reply();
      assertTrue(client.reply().startsWith("451 4.7.28"));
      assertEquals(1, sink.status().refused());
      sink.refuseAbove(0);
      client.write("RSET\r\n");
      client.reply();
      assertTrue(client.send("b@dest.example").startsWith("250"));
    }
    assertEquals(1, sink.status().accepted());
  }

  @Test
  void sinkShouldTellHowManyAreInsideData() throws Exception {
    List<SinkClient> clients = new ArrayList<>();
    try {
      for (int i = 0; i < 5; i++) {
        SinkClient client = new SinkClient(sink.port()).open();
        clients.add(client);
        client.write("MAIL FROM:<>\r\nRCPT TO:<a@dest.example>\r\nDATA\r\n");
        client.reply();
        client.reply();
        assertTrue(client.reply().startsWith("354"));
      }
      assertEquals(5, sink.status().insideData());
    } finally {
      for (SinkClient client : clients) {
        client.close();
      }
    }
  }
}
