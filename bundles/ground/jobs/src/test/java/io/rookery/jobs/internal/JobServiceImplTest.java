// SPDX-License-Identifier: Apache-2.0
package io.rookery.jobs.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rookery.jobs.Job;
import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.ErrorCode;
import io.rookery.kernel.IdempotencyKey;
import io.rookery.kernel.Page;
import io.rookery.kernel.PageRequest;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.kernel.Uuids;
import io.rookery.persistence.test.CatalogueRules;
import io.rookery.persistence.test.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class JobServiceImplTest {

  @RegisterExtension static final TestDatabase DATABASE = TestDatabase.withAreas("jobs");

  private final List<String> told = new ArrayList<>();
  private final JobServiceImpl jobs =
      new JobServiceImpl(
          DATABASE.transactions(),
          (tx, events) -> events.forEach(e -> told.add(e.type() + " " + e.subjectId())),
          Clock.systemUTC());
  private final TenantContext tenant = DATABASE.tenant();

  @Test
  void listShouldGivePagesOfAKindOfOneTenantOnly() {
    IntStream.range(0, 5).forEach(i -> submit("test.listed", Map.of()));
    submit("test.other", Map.of());

    Page<Job> first = jobs.list(tenant, "test.listed", new PageRequest(3, null));
    Page<Job> second = jobs.list(tenant, "test.listed", new PageRequest(3, first.next()));

    assertThat(first.items()).hasSize(3);
    assertThat(second.items()).hasSize(2);
    assertThat(second.next()).isNull();
    assertThat(jobs.list(tenant, null, PageRequest.FIRST).items()).hasSize(6);
    assertThat(jobs.list(DATABASE.tenant(), null, PageRequest.FIRST).items()).isEmpty();
    assertThatThrownBy(() -> jobs.list(tenant, null, new PageRequest(3, "no cursor")))
        .isInstanceOfSatisfying(RookeryException.class, e -> is(e, CommonErrors.INVALID_REQUEST));
  }

  @Test
  void beginningAndCancellingShouldBeInTheLogOnce() {
    Job job = submit("test.listed", Map.of());
    jobs.cancel(tenant, job.id());
    jobs.cancel(tenant, job.id());
    assertThat(told).containsExactly("job.begun " + job.id(), "job.cancelled " + job.id());
  }

  @Test
  void getShouldNotFindAnotherTenantsJob() {
    Job job = submit("test.listed", Map.of());

    assertThatThrownBy(() -> jobs.get(DATABASE.tenant(), job.id()))
        .isInstanceOfSatisfying(RookeryException.class, e -> is(e, CommonErrors.NOT_FOUND));
  }

  @Test
  void aRepeatedCancellationShouldBeAnsweredAsTheFirstWas() {
    Job waiting = submit("test.repeated", Map.of());
    Job other = submit("test.repeated", Map.of());
    TenantContext keyed = tenant.with(new IdempotencyKey("stop", "of the one"));
    Job first = jobs.cancel(keyed, waiting.id());
    assertThat(first.state()).isEqualTo(Job.State.CANCELLED);
    assertThat(jobs.cancel(keyed, waiting.id())).isEqualTo(first);
    TenantContext reused = tenant.with(new IdempotencyKey("stop", "of the other"));
    assertThatThrownBy(() -> jobs.cancel(reused, other.id()))
        .isInstanceOfSatisfying(
            RookeryException.class, e -> is(e, CommonErrors.IDEMPOTENCY_KEY_REUSED));
    assertThat(jobs.get(tenant, other.id()).state()).isEqualTo(Job.State.QUEUED);
  }

  @Test
  void tablesShouldKeepTheRules() throws SQLException {
    assertThat(CatalogueRules.violations(DATABASE)).isEmpty();
  }

  @Test
  void platformShouldNotSeeWhatAJobIsAbout() throws SQLException {
    try (Connection system = DATABASE.asSystem();
        Statement statement = system.createStatement()) {
      assertThatThrownBy(() -> statement.executeQuery("select parameters from tenant.job"))
          .hasMessageContaining("permission denied");
    }
  }

  private static void is(RookeryException e, ErrorCode code) {
    assertThat(e.code()).isEqualTo(code);
  }

  private Job submit(String kind, Map<String, ?> parameters) {
    return DATABASE
        .transactions()
        .call(tenant, tx -> jobs.submit(tx, kind, Uuids.next(), parameters));
  }
}
