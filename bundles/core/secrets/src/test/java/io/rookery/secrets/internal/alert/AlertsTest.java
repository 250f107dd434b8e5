// SPDX-License-Identifier: Apache-2.0
package io.rookery.secrets.internal.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rookery.api.monitoring.MetricSource.Sample;
import io.rookery.events.internal.EventLogService;
import io.rookery.kernel.Actor;
import io.rookery.kernel.TenantContext;
import io.rookery.kernel.Uuids;
import io.rookery.persistence.test.TestDatabase;
import io.rookery.secrets.internal.ConfiguredStore;
import io.rookery.secrets.internal.TestSecrets;
import io.rookery.spi.plugin.Secret;
import io.rookery.spi.secrets.SecretData;
import io.rookery.testkit.secrets.MemorySecretStore;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AlertsTest {

  @RegisterExtension
  static final TestDatabase DATABASE = TestDatabase.withAreas("events", "secrets");

  private static final Duration TICK = Duration.of(1, ChronoUnit.MICROS);

  private final TenantContext tenant = DATABASE.tenant();
  private final TenantContext person = as(Actor.Kind.USER);
  private final MovedClock clock = new MovedClock();
  private final EventLogService log = new EventLogService(() -> 1, null);
  private final Alerts alerts = new Alerts(log, clock);
  private final TestSecrets secrets =
      new TestSecrets(
          ConfiguredStore.of(new MemorySecretStore()), DATABASE.transactions(), log, alerts, clock);
  private final StoreSignIns signIns = new StoreSignIns(DATABASE.transactions(), alerts, clock);

  @BeforeEach
  void begin() {
    SecretData data = new SecretData(Map.of("key", Secret.of("not to be told")));
    secrets.write(tenant, "ssh/one", data);
    secrets.write(tenant, "ssh/two", data);
    signIns.operator = actor -> TenantContext.of(tenant.tenantId(), actor);
  }

  @AfterEach
  void end() {
    signIns.close();
  }

  private TenantContext as(Actor.Kind kind) {
    return TenantContext.of(tenant.tenantId(), new Actor(kind, Uuids.next().toString()));
  }

  private void read(TenantContext who, String reference, int times) {
    for (int i = 0; i < times; i++) {
      secrets.read(who, reference);
    }
  }

  private List<String> told(String type) {
    return DATABASE
        .transactions()
        .call(
            tenant,
            tx -> {
              try (PreparedStatement query =
                  tx.connection()
                      .prepareStatement(
                          "select actor, data::text from tenant.event where type = ? order by id")) {
                query.setString(1, type);
                try (ResultSet rows = query.executeQuery()) {
                  List<String> found = new ArrayList<>();
                  while (rows.next()) {
                    found.add(rows.getString(1) + " " + rows.getString(2));
                  }
                  return found;
                }
              }
            });
  }

  private double counted(String reason) {
    return alerts.samples().stream()
        .filter(sample -> sample.labels().get("reason").equals(reason))
        .mapToDouble(Sample::value)
        .sum();
  }

  @ParameterizedTest
  @EnumSource(
      value = Actor.Kind.class,
      names = {"USER", "OPERATOR"})
  void theSixthReadOfAPersonWithinAnHourShouldAlertOnce(Actor.Kind kind) {
    TenantContext who = as(kind);
    read(who, "ssh/one", 5);
    assertThat(told("secret.alert")).isEmpty();
    read(who, "ssh/one", 1);
    assertThat(told("secret.alert"))
        .singleElement()
        .satisfies(
            alert ->
                assertThat(alert)
                    .contains(who.actor().id(), "\"reads\"", "\"times\": 6", "ssh/one")
                    .doesNotContain("not to be told"));
    read(who, "ssh/one", 7);
    assertThat(told("secret.alert")).hasSize(1);
    assertThat(told("secret.read")).hasSize(13);
    assertThat(counted("reads")).isEqualTo(1);
  }

  @Test
  void aReadOfAnHourAgoShouldNotCountAndOneJustAfterShould() {
    read(person, "ssh/one", 1);
    clock.pass(TICK);
    read(person, "ssh/one", 4);
    clock.pass(Duration.ofHours(1).minus(TICK));
    read(person, "ssh/one", 1);
    assertThat(told("secret.alert")).isEmpty();

    read(person, "ssh/two", 5);
    clock.pass(Duration.ofHours(1).minus(TICK));
    read(person, "ssh/two", 1);
    assertThat(told("secret.alert")).hasSize(1);
  }

  @Test
  void readsThatGoOnShouldAlertEachHour() {
    read(person, "ssh/one", 6);
    clock.pass(Duration.ofHours(1).minus(TICK));
    read(person, "ssh/one", 6);
    assertThat(told("secret.alert")).hasSize(1);
    clock.pass(TICK);
    read(person, "ssh/one", 1);
    assertThat(told("secret.alert")).hasSize(2);
  }

  @Test
  void readsOfOthersOrOfOtherSecretsShouldNotBeTakenTogether() {
    read(person, "ssh/one", 5);
    read(person, "ssh/two", 5);
    read(as(Actor.Kind.USER), "ssh/one", 5);
    assertThat(told("secret.alert")).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = Actor.Kind.class,
      names = {"USER", "OPERATOR"},
      mode = EnumSource.Mode.EXCLUDE)
  void whatIsNoPersonMayReadAsOftenAsItMust(Actor.Kind kind) {
    read(as(kind), "ssh/one", 20);
    assertThat(told("secret.read")).hasSize(20);
    assertThat(told("secret.alert")).isEmpty();
  }

  @Test
  void readsAtTheSameTimeShouldAlertOnce() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Callable<Object>> reads = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        reads.add(
            () -> {
              read(person, "ssh/one", 1);
              return null;
            });
      }
      for (Future<Object> read : threads.invokeAll(reads)) {
        read.get();
      }
      assertThat(told("secret.alert")).hasSize(1);
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void theFourthRefusedSignInWithinFiveMinutesShouldAlertTheOperatorOnce() {
    refuse(3);
    assertThat(told("secret.alert")).isEmpty();
    refuse(1);
    assertThat(told("secret.alert"))
        .singleElement()
        .satisfies(
            alert -> assertThat(alert).contains("system:secrets", "\"sign_ins\"", "\"vault\""));
    refuse(3);
    assertThat(told("secret.alert")).hasSize(1);
    assertThat(counted("sign_ins")).isEqualTo(1);
  }

  @Test
  void aSignInOfFiveMinutesAgoShouldNotCount() {
    refuse(3);
    clock.pass(Duration.ofMinutes(5));
    refuse(1);
    assertThat(told("secret.alert")).isEmpty();
    refuse(2);
    clock.pass(Duration.ofMinutes(5).minus(TICK));
    refuse(1);
    assertThat(told("secret.alert")).hasSize(1);
  }

  private void refuse(int times) {
    int before = told("secret.store_refused").size();
    for (int i = 0; i < times; i++) {
      signIns.refused("vault");
    }
    await().until(() -> told("secret.store_refused").size() == before + times);
  }

  @Test
  void eachEmergencyShouldAlert() {
    for (String incident : List.of("INC-7", "INC-8")) {
      DATABASE
          .transactions()
          .call(
              person,
              tx -> {
                alerts.emergency(tx, Uuids.next(), incident);
                return null;
              });
    }
    assertThat(told("secret.alert")).hasSize(2).allMatch(alert -> alert.contains("INC-"));
    assertThat(counted("emergency")).isEqualTo(2);
  }

  /** A clock that a test moves; it begins now, as ids of events do. */
  private static final class MovedClock extends Clock {

    private Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);

    synchronized void pass(Duration time) {
      now = now.plus(time);
    }

    @Override
    public synchronized Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
