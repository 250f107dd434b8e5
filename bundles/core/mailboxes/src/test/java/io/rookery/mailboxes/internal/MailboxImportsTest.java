// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rookery.api.mailboxes.Mailbox;
import io.rookery.api.mailboxes.MailboxImports.Result;
import io.rookery.api.mailboxes.MailboxImports.Row;
import io.rookery.api.mailboxes.Ramp;
import io.rookery.jobs.Job;
import io.rookery.jobs.JobRun;
import io.rookery.jobs.JobService;
import io.rookery.kernel.FieldError;
import io.rookery.kernel.IdempotencyKey;
import io.rookery.kernel.Page;
import io.rookery.kernel.PageRequest;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.kernel.Tx;
import io.rookery.mailboxes.internal.bulk.MailboxCheckJob;
import io.rookery.mailboxes.internal.bulk.MailboxImportsImpl;
import io.rookery.persistence.test.TestDatabase;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Many mailboxes of a file. */
class MailboxImportsTest {

  @RegisterExtension static final TestDatabase DATABASE = TestDatabase.withAreas("mailboxes");

  private static final String HEADER =
      "address,backend,display_name,host,port,password,daily_limit\n";

  private final TenantContext context = DATABASE.tenant();
  private final FakeSecrets secrets = new FakeSecrets();
  private final BackendDirectoryImpl backends = new BackendDirectoryImpl();
  private final Submissions jobs = new Submissions();
  private final MailboxServiceImpl service =
      new MailboxServiceImpl(
          DATABASE.transactions(),
          secrets,
          (tx, appended) -> {},
          backends,
          null,
          TestWorkspaces.OPEN,
          Clock.systemUTC());
  private MailboxImportsImpl imports;

  @BeforeEach
  void install() {
    backends.bindBackend(new FakeRelay(), Map.of("backend", "relay", "version", "1.0.0"));
    imports = new MailboxImportsImpl(service, backends, DATABASE.transactions(), jobs);
  }

  @Test
  void eachRowShouldBecomeAMailboxWithItsSecretInTheStore() throws Exception {
    Result result =
        imports.importCsv(
            context,
            "\ufeffAddress,Backend,Display Name,host,port,password,Daily-Limit,minimum_gap_ms\r\n"
                + "ann@example.com,relay,\"Ann, of Acme\",smtp.example.com,465,let me"
                + " in,70,1000\r\n"
                + "\r\n"
                + "bob@example.com,relay,,smtp.example.com,,,,\r\n",
            false);

    assertThat(result.jobId()).isNull();
    assertThat(result.rows()).extracting(Row::line).containsExactly(2L, 4L);
    assertThat(result.rows()).allSatisfy(row -> assertThat(row.errors()).isEmpty());
    Mailbox ann = service.get(context, result.rows().get(0).mailboxId());
    assertThat(ann.address()).isEqualTo("ann@example.com");
    assertThat(ann.displayName()).isEqualTo("Ann, of Acme");
    assertThat(ann.dailyLimit()).isEqualTo(70);
    assertThat(ann.minimumGapMillis()).isEqualTo(1000);
    assertThat(ann.settings())
        .containsEntry("host", "smtp.example.com")
        .containsEntry("port", "465");
    assertThat(ann.secretSettings()).containsExactly("password");
    Mailbox bob = service.get(context, result.rows().get(1).mailboxId());
    assertThat(bob.dailyLimit()).isEqualTo(50);
    assertThat(bob.secretSettings()).isEmpty();
    assertThat(secrets.kept).hasSize(1);
    service.check(context, ann.id());
    assertThat(dump()).doesNotContain("let me in");
  }

  @Test
  void aRampShouldBeTakenByItsNameOrItsNumbers() {
    Result result =
        imports.importCsv(
            context,
            "address,backend,host,ramp\n"
                + "a@example.com,relay,h.example,Slow\n"
                + "b@example.com,relay,h.example,3-40/20\n"
                + "c@example.com,relay,h.example,none\n"
                + "d@example.com,relay,h.example,\n"
                + "e@example.com,relay,h.example,quick\n",
            false);

    assertThat(result.rows().subList(0, 4))
        .extracting(row -> service.get(context, row.mailboxId()).ramp())
        .containsExactly(Ramp.SLOW, new Ramp(3, 40, 20), null, null);
    assertThat(result.rows().get(4).errors())
        .extracting(FieldError::pointer)
        .containsExactly("/lines/6/ramp");
  }

  @Test
  void aRowThatIsWrongShouldBeToldByItsLineAndHoldNoOtherUp() {
    Result result =
        imports.importCsv(
            context,
            HEADER
                + "nobody,relay,,h.example,,hunter2-a,\n"
                + "ann@example.com,relay,,h.example,,,\n"
                + "ann@example.com,relay,,h.example,,hunter2-b,\n"
                + "bob@example.com,pigeon,,h.example,,hunter2-c,\n"
                + "eve@example.com,relay,,,70000,hunter2-d,many\n"
                + "eve@example.com,relay,,h.example,70000,hunter2-d,\n"
                + "eve@example.com,relay,,h.example,,\"hunter2\u0001d\",\n"
                + "eve@example.com,relay,,h.example,,hunter2-e,5,more\n",
            true);

    assertThat(pointers(result))
        .containsExactly(
            "/lines/2/address",
            "/lines/4",
            "/lines/5/backend",
            "/lines/6/daily_limit",
            "/lines/7/port",
            "/lines/8/password",
            "/lines/9");
    assertThat(result.rows().get(1).mailboxId()).isNotNull();
    assertThat(result.toString()).doesNotContain("hunter2");
    assertThat(secrets.kept).isEmpty();
    assertThat(service.list(context, PageRequest.FIRST).items()).hasSize(1);
    assertThat(jobs.parameters).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "address,backend\n",
        "ann@example.com,relay,hunter2\nbob@example.com,relay,hunter2\n",
        "address,password\nann@example.com,hunter2\n",
        "address,backend,address\nann@example.com,relay,hunter2\n",
        "address,backend,colour\nann@example.com,relay,hunter2\n"
      })
  void aFileThatIsWrongAsAWholeShouldMakeNothingAndBeQuotedNowhere(String csv) {
    RookeryException e =
        catchThrowableOfType(RookeryException.class, () -> imports.importCsv(context, csv, false));
    assertThat(e).as(csv).isNotNull();
    assertThat(e.code().name()).isEqualTo("validation_failed");
    assertThat(e.getMessage() + e.errors() + e.getCause())
        .doesNotContain("hunter2", "ann@example.com");
    assertThat(service.list(context, PageRequest.FIRST).items()).isEmpty();
    assertThat(secrets.kept).isEmpty();
  }

  /** What follows an open quote is in one cell with it, line ends and all. */
  @Test
  void aQuoteThatIsLeftOpenShouldMakeNothing() {
    Result result =
        imports.importCsv(
            context,
            HEADER + "ann@example.com,relay,,h.example,,\"hunter2\nbob@example.com",
            false);
    assertThat(pointers(result)).containsExactly("/lines/2/password");
    assertThat(result.toString()).doesNotContain("hunter2");
    assertThat(secrets.kept).isEmpty();
  }

  @Test
  void aFileShouldHaveAtMostAThousandRows() {
    String row = ",relay,h.example\n";
    StringBuilder csv = new StringBuilder("address;backend;host\n".replace(';', ','));
    for (int i = 0; i < 1001; i++) {
      csv.append("m").append(i).append("@example.com").append(row);
    }
    assertThat(
            catchThrowableOfType(
                RookeryException.class, () -> imports.importCsv(context, csv.toString(), false)))
        .hasMessage("A file has at most 1,000 mailboxes");
    assertThat(service.list(context, PageRequest.FIRST).items()).isEmpty();
    csv.setLength(csv.lastIndexOf("m1000"));
    assertThat(imports.importCsv(context, csv.toString(), false).rows())
        .hasSize(1000)
        .allSatisfy(made -> assertThat(made.mailboxId()).isNotNull());
  }

  @Test
  void aRepeatedRequestShouldMakeEachMailboxOnceAndKeepNoPassword() throws Exception {
    TenantContext keyed = context.with(new IdempotencyKey("k", "f"));
    String csv =
        HEADER
            + "ann@example.com,relay,,h.example,,let me in,\n"
            + "bob@example.com,relay,,h.example,,let me in,\n";

    Result first = imports.importCsv(keyed, csv, true);
    assertThat(imports.importCsv(keyed, csv, true)).isEqualTo(first);
    assertThat(secrets.kept).hasSize(2);
    assertThat(jobs.parameters).hasSize(1);
    assertThat(dump()).doesNotContain("let me in");

    Result other = imports.importCsv(keyed, csv.replace("bob@", "eve@"), false);
    assertThat(other.rows().get(0)).isEqualTo(first.rows().get(0));
    assertThat(pointers(other)).containsExactly("/lines/3");
  }

  @Test
  void theCheckShouldSignInToEachInTheBackground() throws Exception {
    Result result =
        imports.importCsv(
            context,
            "address;backend;host;password\nann@example.com;relay;h.example;let me in\n"
                + "bob@example.com;relay;h.example;wrong\n",
            true);

    assertThat(result.jobId()).isEqualTo(Submissions.ID);
    UUID bob = result.rows().get(1).mailboxId();
    Run run = new Run(context, jobs.parameters.get(0));
    Map<String, ?> figures = new MailboxCheckJob(service, DATABASE.transactions()).run(run);
    assertThat(figures)
        .isEqualTo(
            Map.of("checked", 2, "failed", 1, "failed_mailbox_ids", List.of(bob.toString())));
    assertThat(run.done).containsExactly(1L, 2L);
    assertThat(jobs.parameters.toString()).doesNotContain("let me in", "wrong", "@");
    // Begun again after its node died, it goes on where it was.
    Map<String, ?> again = new MailboxCheckJob(service, DATABASE.transactions()).run(run);
    assertThat(again).isEqualTo(figures);
    assertThat(run.done).hasSize(2);
  }

  private static List<String> pointers(Result result) {
    return result.rows().stream()
        .flatMap(row -> row.errors().stream())
        .map(FieldError::pointer)
        .toList();
  }

  private String dump() throws Exception {
    StringBuilder all = new StringBuilder();
    try (var connection = DATABASE.owner();
        var statement = connection.createStatement()) {
      for (String table : List.of("mailbox", "idempotency")) {
        try (var rows = statement.executeQuery("select t::text from tenant." + table + " t")) {
          while (rows.next()) {
            all.append(rows.getString(1)).append('\n');
          }
        }
      }
    }
    assertThat(all).contains("ann@example.com");
    return all.toString();
  }

  /** Takes jobs and does nothing with them. */
  private static final class Submissions implements JobService {
    static final UUID ID = new UUID(0, 9);
    final List<Map<String, Object>> parameters = new ArrayList<>();

    @Override
    public Job submit(Tx tx, String kind, UUID subjectId, Map<String, ?> wanted) {
      assertThat(kind).isEqualTo(MailboxCheckJob.KIND);
      parameters.add(new HashMap<>(wanted));
      return new Job(
          ID, kind, subjectId, Job.State.QUEUED, 0, 0, Map.of(), null, Instant.EPOCH, null, null);
    }

    @Override
    public Job get(TenantContext context, UUID id) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Page<Job> list(TenantContext context, String kind, PageRequest page) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Job cancel(TenantContext context, UUID id) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Job cancel(Tx tx, UUID id) {
      throw new UnsupportedOperationException();
    }
  }

  /** One run that remembers how far it is. */
  private static final class Run implements JobRun {
    private final TenantContext context;
    private final Map<String, Object> parameters;
    private final List<Long> done = new ArrayList<>();
    private Map<String, Object> checkpoint = Map.of();

    Run(TenantContext context, Map<String, Object> parameters) {
      this.context = context;
      this.parameters = parameters;
    }

    @Override
    public UUID id() {
      return Submissions.ID;
    }

    @Override
    public TenantContext context() {
      return context;
    }

    @Override
    public UUID subjectId() {
      return Submissions.ID;
    }

    @Override
    public Map<String, Object> parameters() {
      return parameters;
    }

    @Override
    public Map<String, Object> checkpoint() {
      return checkpoint;
    }

    @Override
    public void advance(Tx tx, Map<String, ?> reached, long units, long total) {
      checkpoint = new HashMap<>(reached);
      done.add(units);
    }

    @Override
    public void check() {}
  }
}
