// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rookery.api.campaigns.CampaignData.Category;
import io.rookery.api.people.PeopleMail.Kind;
import io.rookery.api.people.PeopleMail.Letter;
import io.rookery.api.people.PeopleMail.Link;
import io.rookery.kernel.Uuids;
import io.rookery.persistence.test.TestDatabase;
import io.rookery.sending.internal.single.Single;
import io.rookery.sending.internal.store.LaneStore;
import io.rookery.sending.internal.store.SingleStore;
import io.rookery.spi.plugin.Secret;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SystemMailOnTheLineTest {

  @RegisterExtension
  static final TestDatabase DATABASE = TestDatabase.withAreas("sending", "neighbours");

  private static final String TOKEN = "rky_unlock_8f2kQ";

  private final FakeBackend backend = new FakeBackend();
  private SendingLine line;

  @AfterEach
  void close() {
    if (line != null) {
      line.close();
    }
  }

  @Test
  void whatThePlatformSaysShouldBeMadeAsItIsSentAndItsTokenStandInNoTable() throws Exception {
    LineFixture fixture = new LineFixture(DATABASE, 1000);
    fixture.letter = letter("ada@x.example");
    queue(fixture);
    line = fixture.line(DATABASE.leases(), backend);

    await().atMost(Duration.ofSeconds(30)).until(() -> !backend.messages.isEmpty());
    String mail =
        new String(backend.messages.remove().content(), StandardCharsets.UTF_8)
            .replace("=\r\n", "");
    assertThat(mail)
        .contains("To: ada@x.example")
        .contains("Auto-Submitted: auto-generated")
        .contains("Hello Ada Lovelace")
        .doesNotContain("List-Unsubscribe", "{{")
        .containsSubsequence(
            "https://links.example/account/unlock/" + TOKEN,
            "https://links.example/account/unlock/" + TOKEN);
    assertThat(everything()).doesNotContain(TOKEN, "Ada Lovelace");
  }

  @Test
  void whatIsNotToBeSaidAnyMoreOrNotToThatAddressShouldNotGoOut() throws Exception {
    LineFixture fixture = new LineFixture(DATABASE, 1000);
    queue(fixture);
    line = fixture.line(DATABASE.leases(), backend);
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> fixture.states().equals(Map.of("failed", 1)));

    fixture.letter = letter("ada@elsewhere.example");
    queue(fixture);
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> fixture.states().equals(Map.of("failed", 2)));
    assertThat(backend.messages).isEmpty();
  }

  /** Each kind has a text and a page, and uses no word that it is not given. */
  @ParameterizedTest
  @EnumSource(Kind.class)
  void everyKindOfLetterShouldBeWritten(Kind kind) throws Exception {
    LineFixture fixture = new LineFixture(DATABASE, 1000);
    Link link = letter("x").link();
    boolean told = kind == Kind.PASSWORD_CHANGED || kind == Kind.EMAIL_CHANGE;
    Map<String, String> words =
        switch (kind) {
          case INVITED -> Map.of("tenant", "Acme <b>", "role", "viewer");
          case NEW_EMAIL -> Map.of();
          case EMAIL_CHANGE -> Map.of("name", "Ada <b>", "email", "new@x.example");
          default -> Map.of("name", "Ada <b>");
        };
    fixture.letter = new Letter("ada@x.example", words, told ? null : link);
    queue(fixture, kind.name().toLowerCase(Locale.ROOT));
    line = fixture.line(DATABASE.leases(), backend);

    await().atMost(Duration.ofSeconds(30)).until(() -> !backend.messages.isEmpty());
    String mail =
        new String(backend.messages.remove().content(), StandardCharsets.UTF_8)
            .replace("=\r\n", "");
    assertThat(mail).doesNotContain("{{");
    assertThat(mail.split("/account/unlock/", -1)).hasSize(told ? 1 : 3);
    for (String word : words.values()) {
      assertThat(mail).contains(word);
    }
  }

  private static Letter letter(String address) {
    Instant until = Instant.now().plus(Duration.ofMinutes(30)).truncatedTo(ChronoUnit.SECONDS);
    return new Letter(
        address, Map.of("name", "Ada Lovelace"), new Link("unlock", Secret.of(TOKEN), until));
  }

  private static void queue(LineFixture fixture) throws Exception {
    queue(fixture, "locked");
  }

  private static void queue(LineFixture fixture, String kind) throws Exception {
    UUID id = Uuids.next();
    Instant now = Instant.now();
    fixture.execute(
        "insert into tenant.system_mail values (?, ?, ?, ?, ?, now())",
        id,
        kind,
        Uuids.next(),
        Uuids.next());
    Single message =
        new Single(
            id,
            null,
            "ada@x.example",
            new Single.Sender(fixture.mailbox, "example.com"),
            Category.TRANSACTIONAL,
            now,
            null,
            null);
    DATABASE
        .transactions()
        .call(
            fixture.context,
            tx -> {
              new SingleStore().insert(tx, List.of(message), now);
              new LaneStore().makeDue(tx, List.of(fixture.mailbox), now);
              return null;
            });
  }

  /** Returns all rows of all tables. */
  private static String everything() throws Exception {
    try (Connection owner = DATABASE.owner();
        Statement statement = owner.createStatement()) {
      List<String> tables = new ArrayList<>();
      try (ResultSet rows =
          statement.executeQuery(
              "select schemaname || '.' || tablename from pg_tables"
                  + " where schemaname in ('tenant', 'platform')")) {
        while (rows.next()) {
          tables.add(rows.getString(1));
        }
      }
      StringBuilder all = new StringBuilder();
      for (String table : tables) {
        try (ResultSet row =
            statement.executeQuery("select string_agg(t::text, ' ') from " + table + " t")) {
          row.next();
          all.append(row.getString(1));
        }
      }
      return all.toString();
    }
  }
}
