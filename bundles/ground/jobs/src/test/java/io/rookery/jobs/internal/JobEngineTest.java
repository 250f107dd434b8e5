// SPDX-License-Identifier: Apache-2.0
package io.rookery.jobs.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.rookery.jobs.Job;
import io.rookery.jobs.JobHandler;
import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.ErrorCode;
import io.rookery.kernel.PageRequest;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.kernel.Uuids;
import io.rookery.persistence.test.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class JobEngineTest {

  @RegisterExtension static final TestDatabase DATABASE = TestDatabase.withAreas("jobs");

  private final JobServiceImpl jobs =
      new JobServiceImpl(DATABASE.transactions(), (tx, events) -> {}, Clock.systemUTC());
  private final TenantContext tenant = DATABASE.tenant();
  private final UUID subject = Uuids.next();
  private final Deque<JobEngine> engines = new ArrayDeque<>();

  @BeforeAll
  static void createChunks() throws SQLException {
    try (Connection owner = DATABASE.owner();
        Statement statement = owner.createStatement()) {
      statement.execute("create table chunk (tenant_id uuid, subject uuid, chunk int)");
      statement.execute("grant select, insert on chunk to rookery_app");
    }
  }

  @AfterEach
  void stop() {
    engines.forEach(JobEngine::close);
  }

  @Test
  void jobShouldRunToItsEndAndShowItsProgress() {
    List<Job> seen = new ArrayList<>();
    ChunkHandler handler =
        new ChunkHandler(
            DATABASE.transactions(),
            chunk -> seen.addAll(jobs.list(tenant, null, PageRequest.FIRST).items()));
    engine(handler);
    Job submitted = submit(ChunkHandler.KIND, Map.of("a", 1));
    assertThat(submitted.state()).isEqualTo(Job.State.QUEUED);

    Job job = awaitState(submitted.id(), Job.State.SUCCEEDED);

    assertThat(seen).extracting(Job::done).isSorted().contains(0L, 9L);
    assertThat(seen).extracting(Job::state).containsOnly(Job.State.RUNNING);
    assertThat(job.done()).isEqualTo(10);
    assertThat(job.total()).isEqualTo(10);
    assertThat(job.result()).isEqualTo(Map.of("chunks", 10));
    assertThat(job.finishedAt()).isAfterOrEqualTo(job.startedAt());
    assertThat(handler.runs().get(0).parameters()).isEqualTo(Map.of("a", 1));
    assertThat(handler.runs().get(0).context().actor()).isEqualTo(tenant.actor());
    assertThat(handler.runs().get(0).context().requestId()).isEqualTo(tenant.requestId());
    assertEachChunkOnce();
    await().until(() -> scheduled() == 0);
  }

  @Test
  void jobOfATransactionThatRollsBackShouldNotRun() {
    ChunkHandler handler = new ChunkHandler(DATABASE.transactions(), chunk -> {});
    engine(handler);
    assertThatThrownBy(
            () ->
                DATABASE
                    .transactions()
                    .call(
                        tenant,
                        tx -> {
                          jobs.submit(tx, ChunkHandler.KIND, subject, Map.of());
                          throw RookeryException.notFound("thing");
                        }))
        .isInstanceOf(RookeryException.class);
    Job other = submit(ChunkHandler.KIND, Map.of());

    awaitState(other.id(), Job.State.SUCCEEDED);
    assertThat(jobs.list(tenant, null, PageRequest.FIRST).items()).hasSize(1);
    assertThat(handler.runs()).hasSize(1);
  }

  @Test
  void jobWithoutAHandlerShouldWaitForOne() {
    JobEngine engine = engine();
    Job job = submit(ChunkHandler.KIND, Map.of());
    await().until(() -> scheduled() == 1);
    assertThat(jobs.get(tenant, job.id()).state()).isEqualTo(Job.State.QUEUED);

    engine.add(new ChunkHandler(DATABASE.transactions(), chunk -> {}));

    awaitState(job.id(), Job.State.SUCCEEDED);
  }

  @Test
  void jobThatFailsShouldSayWhy() {
    engine(TestHandlers.handler("test.fails", run -> fail(RookeryException.notFound("file"))));
    Job job = awaitState(submit("test.fails", Map.of()).id(), Job.State.FAILED);

    assertThat(job.error()).isEqualTo("There is no such file");
  }

  @Test
  void jobThatBreaksShouldTellNoDetails() {
    engine(TestHandlers.handler("test.breaks", run -> fail(new IllegalStateException("secret"))));
    Job job = awaitState(submit("test.breaks", Map.of()).id(), Job.State.FAILED);

    assertThat(job.error()).isEqualTo("Something went wrong here");
  }

  @Test
  void jobThatLacksSomethingShouldBeTriedAgain() {
    AtomicInteger tries = new AtomicInteger();
    engine(
        TestHandlers.handler(
            "test.lacks",
            run -> {
              if (tries.incrementAndGet() < 3) {
                throw RookeryException.unavailable("Not now", null, null);
              }
              return Map.of("tries", tries.get());
            }));
    Job job = awaitState(submit("test.lacks", Map.of()).id(), Job.State.SUCCEEDED);

    assertThat(job.result()).isEqualTo(Map.of("tries", 3));
    assertThat(job.error()).isNull();
  }

  @Test
  void cancelShouldEndAWaitingJobAtOnceAndTidyUp() {
    JobEngine engine = engine();
    Job job = submit(ChunkHandler.KIND, Map.of());

    assertThat(jobs.cancel(tenant, job.id()).state()).isEqualTo(Job.State.CANCELLED);
    assertThat(jobs.cancel(tenant, job.id()).state()).isEqualTo(Job.State.CANCELLED);
    ChunkHandler handler = new ChunkHandler(DATABASE.transactions(), chunk -> {});
    engine.add(handler);

    await().until(() -> handler.cancelled().equals(List.of(subject)));
    await().until(() -> scheduled() == 0);
    assertThat(handler.runs()).isEmpty();
    assertThat(jobs.get(tenant, job.id()).state()).isEqualTo(Job.State.CANCELLED);
  }

  @Test
  void cancelShouldEndARunningJobAtItsNextStep() {
    CountDownLatch third = new CountDownLatch(1);
    CountDownLatch asked = new CountDownLatch(1);
    ChunkHandler handler =
        new ChunkHandler(
            DATABASE.transactions(),
            chunk -> {
              if (chunk == 3) {
                third.countDown();
                awaitLatch(asked);
              }
            });
    engine(handler);
    Job job = submit(ChunkHandler.KIND, Map.of());
    awaitLatch(third);

    assertThat(jobs.cancel(tenant, job.id()).state()).isEqualTo(Job.State.CANCELLING);
    asked.countDown();

    Job ended = awaitState(job.id(), Job.State.CANCELLED);
    assertThat(ended.done()).isEqualTo(2);
    assertThat(chunks()).containsExactly(1, 2);
    assertThat(handler.cancelled()).containsExactly(subject);
  }

  @Test
  void cancelShouldRefuseAJobThatHasEnded() {
    engine(new ChunkHandler(DATABASE.transactions(), chunk -> {}));
    Job job = awaitState(submit(ChunkHandler.KIND, Map.of()).id(), Job.State.SUCCEEDED);

    assertThatThrownBy(() -> jobs.cancel(tenant, job.id()))
        .isInstanceOfSatisfying(RookeryException.class, e -> is(e, CommonErrors.WRONG_STATE));
  }

  @Test
  void jobOfADeadNodeShouldGoOnElsewhereAndTheDeadShouldNotWrite() throws Exception {
    CountDownLatch fourth = new CountDownLatch(1);
    CountDownLatch risen = new CountDownLatch(1);
    CuttableSource source = new CuttableSource(DATABASE.systemDataSource());
    CountDownLatch zombieEnded = new CountDownLatch(1);
    ChunkHandler mortal =
        new ChunkHandler(
            DATABASE.transactions(),
            chunk -> {
              if (chunk == 4) {
                fourth.countDown();
                awaitLatch(risen);
              }
            });
    engine(source, TestHandlers.ending(mortal, zombieEnded));
    Job job = submit(ChunkHandler.KIND, Map.of());
    awaitLatch(fourth);
    source.cut();
    CountDownLatch eighth = new CountDownLatch(1);
    ChunkHandler heir =
        new ChunkHandler(
            DATABASE.transactions(),
            chunk -> {
              if (chunk == 8) {
                eighth.countDown();
                awaitLatch(zombieEnded);
              }
            });
    engine(heir);
    awaitLatch(eighth);
    risen.countDown();

    Job done = awaitState(job.id(), Job.State.SUCCEEDED);

    assertThat(done.done()).isEqualTo(10);
    assertEachChunkOnce();
    assertThat(heir.runs()).hasSize(1);
    assertThat(zombieEnded.getCount()).isZero();
    assertThat(mortal.cancelled()).isEmpty();
    assertThat(jobs.get(tenant, job.id())).isEqualTo(done);
  }

  @Test
  void jobShouldGoOnElsewhereAtOnceWhenItsNodeStops() {
    CountDownLatch fourth = new CountDownLatch(1);
    ChunkHandler first =
        new ChunkHandler(
            DATABASE.transactions(),
            chunk -> {
              if (chunk == 4) {
                fourth.countDown();
                new CountDownLatch(1).await();
              }
            });
    JobEngine stopping = engine(first);
    Job job = submit(ChunkHandler.KIND, Map.of());
    awaitLatch(fourth);
    engines.remove(stopping);
    stopping.close();
    assertThat(jobs.get(tenant, job.id()).state()).isEqualTo(Job.State.QUEUED);

    engine(new ChunkHandler(DATABASE.transactions(), chunk -> {}));

    awaitState(job.id(), Job.State.SUCCEEDED);
    assertEachChunkOnce();
  }

  @Test
  void jobShouldWaitWhenItsHandlerGoesAndGoOnWithTheNext() {
    CountDownLatch fourth = new CountDownLatch(1);
    ChunkHandler first =
        new ChunkHandler(
            DATABASE.transactions(),
            chunk -> {
              if (chunk == 4) {
                fourth.countDown();
                new CountDownLatch(1).await();
              }
            });
    JobEngine engine = engine(first);
    Job job = submit(ChunkHandler.KIND, Map.of());
    awaitLatch(fourth);

    engine.remove(first);
    assertThat(jobs.get(tenant, job.id()).state()).isEqualTo(Job.State.QUEUED);
    engine.add(new ChunkHandler(DATABASE.transactions(), chunk -> {}));

    awaitState(job.id(), Job.State.SUCCEEDED);
    assertEachChunkOnce();
  }

  @Test
  void manyJobsOnTwoNodesShouldEachRunOnce() {
    ChunkHandler one = new ChunkHandler(DATABASE.transactions(), chunk -> {});
    ChunkHandler two = new ChunkHandler(DATABASE.transactions(), chunk -> {});
    engine(one);
    engine(two);
    List<UUID> ids =
        IntStream.range(0, 30).mapToObj(i -> submit(ChunkHandler.KIND, Map.of()).id()).toList();

    ids.forEach(id -> awaitState(id, Job.State.SUCCEEDED));

    assertThat(one.runs().size() + two.runs().size()).isEqualTo(30);
    assertThat(chunks()).hasSize(300);
  }

  private static void is(RookeryException e, ErrorCode code) {
    assertThat(e.code()).isEqualTo(code);
  }

  private static Map<String, ?> fail(RuntimeException e) {
    throw e;
  }

  private JobEngine engine(JobHandler... handlers) {
    return engine(DATABASE.systemDataSource(), handlers);
  }

  private JobEngine engine(DataSource source, JobHandler... handlers) {
    JobSettings settings =
        new JobSettings(
            "node-" + engines.size(),
            2,
            Duration.ofMillis(50),
            Duration.ofMillis(200),
            Duration.ofMillis(50));
    JobEngine engine = new JobEngine(DATABASE.transactions(), source, settings, Clock.systemUTC());
    engines.push(engine);
    List.of(handlers).forEach(engine::add);
    return engine;
  }

  private Job submit(String kind, Map<String, ?> parameters) {
    return DATABASE.transactions().call(tenant, tx -> jobs.submit(tx, kind, subject, parameters));
  }

  private Job awaitState(UUID id, Job.State state) {
    return await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> jobs.get(tenant, id), job -> job.state() == state);
  }

  private void assertEachChunkOnce() {
    assertThat(chunks()).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
  }

  private List<Integer> chunks() {
    return numbers("select chunk from chunk where subject = '" + subject + "' order by chunk");
  }

  private int scheduled() {
    return numbers(
            "select count(*) from platform.scheduled_tasks where task_instance like '"
                + tenant.tenantId()
                + "/%'")
        .get(0);
  }

  static List<Integer> numbers(String sql) {
    try (Connection owner = DATABASE.owner();
        Statement statement = owner.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      List<Integer> numbers = new ArrayList<>();
      while (row.next()) {
        numbers.add(row.getInt(1));
      }
      return numbers;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void awaitLatch(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
