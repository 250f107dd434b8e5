// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal;

import static io.rookery.tenancy.internal.People.PASSWORD;
import static io.rookery.tenancy.internal.People.from;
import static io.rookery.tenancy.internal.World.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import io.rookery.api.people.EmailAddressService.NewAddress;
import io.rookery.api.people.Member;
import io.rookery.api.people.PeopleMail.Kind;
import io.rookery.api.people.Role;
import io.rookery.api.people.SessionService.Credentials;
import io.rookery.api.people.SessionService.Tokens;
import io.rookery.api.tenancy.Authenticator.Caller;
import io.rookery.api.tenancy.Scope;
import io.rookery.api.tenancy.Tenant;
import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.TenantContext;
import io.rookery.kernel.TenantContext.Mode;
import io.rookery.persistence.test.TestDatabase;
import io.rookery.spi.plugin.Secret;
import io.rookery.tenancy.internal.auth.CallCounts;
import io.rookery.tenancy.internal.store.UsageRows;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How long is kept what people and keys leave: a second before its bound, at it, and after. */
class RetentionTableTest {

  @RegisterExtension
  static final TestDatabase DATABASE = TestDatabase.withAreas("events", "tenancy");

  private static final List<String> TABLES =
      List.of(
          "platform.user_session",
          "platform.sign_in_failure",
          "platform.link_use",
          "platform.link_ask",
          "platform.sign_in_challenge",
          "platform.email_change",
          "tenant.api_key_usage");
  private static final String HERE = "198.51.100.7";

  private static final Secret NEW = Secret.of("blue heron, 4 ponds");

  private World world;
  private People people;
  private Tenant tenant;
  private Member ada;

  @BeforeEach
  void begin() throws SQLException {
    world = new World(DATABASE);
    people = new People(world);
    tenant = world.newTenant();
    ada = people.join(tenant, Role.OWNER);
    try (Connection owner = DATABASE.owner();
        Statement statement = owner.createStatement()) {
      for (String table : TABLES) {
        statement.execute("delete from " + table);
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          session              | user_session      | P30D   | kept
          ended session        | user_session      | P30D   | kept
          used refresh token   | user_session      | P30D   | kept
          failed sign-in       | sign_in_failure   | PT15M  | gone
          lock of a source     | sign_in_failure where locked_until is not null | PT30M | gone
          used link to unlock  | link_use          | PT30M  | gone
          used link to reset   | link_use          | PT1H   | gone
          used link to verify  | link_use          | P1D    | gone
          ask for a link       | link_ask          | PT1H   | gone
          change of an address | email_change      | P3D    | gone
          """)
  void whatIsOverShouldGoAtItsBound(String what, String table, Duration kept, String at)
      throws SQLException {
    cause(what);
    String name = "platform." + table;
    int made = rows(name);
    assertThat(made).isPositive();

    world.clock.move(kept.minusSeconds(1));
    people.sweep().run();
    assertThat(rows(name)).as("a second before").isEqualTo(made);
    world.clock.move(Duration.ofSeconds(1));
    people.sweep().run();
    assertThat(rows(name) > 0 ? "kept" : "gone").as("at the bound").isEqualTo(at);
    world.clock.move(Duration.ofSeconds(1));
    people.sweep().run();
    assertThat(rows(name)).as("a second after").isZero();
  }

  /** What a day's calls were is shown for 30 days, and goes with the day. */
  @ParameterizedTest(name = "{0} days before: {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          28 | kept
          29 | kept
          30 | gone
          31 | gone
          """)
  void whatKeysDidShouldGoAfterThirtyDays(int days, String then) throws SQLException {
    TenantContext context = World.context(tenant);
    LocalDate today = LocalDate.ofInstant(world.clock.instant(), ZoneOffset.UTC);
    CallCounts counts = new CallCounts(new UsageRows(world.transactions), 10);
    Caller caller =
        new Caller(
            tenant.id(),
            world.newKey(context, Scope.CONTACTS).id(),
            Set.of(),
            Mode.LIVE,
            false,
            false);
    counts.count(caller, "listContacts", today.minusDays(days));
    counts.flush();
    assertThat(rows("tenant.api_key_usage")).isEqualTo(1);

    new UsageSweep(world.transactions, world.clock).run();

    assertThat(rows("tenant.api_key_usage") > 0 ? "kept" : "gone").isEqualTo(then);
  }

  private void cause(String what) {
    switch (what) {
      case "session" -> people.signIn(ada.email());
      case "ended session" -> ended();
      case "used refresh token" -> refreshed();
      case "failed sign-in" -> fail(1);
      case "lock of a source" -> fail(5);
      case "used link to unlock" -> people.unlocks.redeem(link(Kind.LOCKED), from(HERE));
      case "used link to reset" -> people.passwords.reset(link(Kind.RESET_ASKED), NEW, from(HERE));
      case "used link to verify" -> people.verified(ada);
      case "ask for a link" -> people.passwords.askReset(ada.email(), from(HERE));
      case "change of an address" -> change();
      default -> throw new AssertionError(what);
    }
  }

  private void ended() {
    Tokens tokens = people.signIn(ada.email());
    people.sessions.end(People.as(tenant, ada), tokens.sessionId());
  }

  /** It ends its session where it comes a second time for as long as it would have worked. */
  private void refreshed() {
    people.sessions.refresh(people.signIn(ada.email()).refresh(), from(HERE));
  }

  private void fail(int times) {
    Credentials wrong = new Credentials(ada.email(), NEW, null);
    for (int i = 0; i < times; i++) {
      assertFails(CommonErrors.UNAUTHENTICATED, () -> people.sessions.signIn(wrong, from(HERE)));
    }
  }

  private void change() {
    NewAddress wanted = new NewAddress(People.email(), PASSWORD);
    people.addresses().askChange(People.as(tenant, ada), wanted, from(HERE));
  }

  private Secret link(Kind kind) {
    return people.letter(kind, ada.userId()).link().token();
  }

  private static int rows(String table) throws SQLException {
    try (Connection owner = DATABASE.owner();
        Statement statement = owner.createStatement();
        ResultSet row = statement.executeQuery("select count(*) from " + table)) {
      row.next();
      return row.getInt(1);
    }
  }
}
