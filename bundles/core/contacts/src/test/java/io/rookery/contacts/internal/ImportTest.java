// SPDX-License-Identifier: Apache-2.0
package io.rookery.contacts.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.rookery.api.contacts.Contact;
import io.rookery.api.contacts.ContactData;
import io.rookery.api.contacts.ContactData.LawfulBasis;
import io.rookery.api.contacts.ContactService.Filter;
import io.rookery.api.contacts.ImportService.ContactImport;
import io.rookery.api.contacts.ImportService.Counts;
import io.rookery.api.contacts.ImportService.ImportRequest;
import io.rookery.api.contacts.ImportService.RowError;
import io.rookery.contacts.internal.imports.ImportJob;
import io.rookery.jobs.JobCancelledException;
import io.rookery.kernel.IdempotencyKey;
import io.rookery.kernel.PageRequest;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.persistence.test.TestDatabase;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ImportTest {

  @RegisterExtension static final TestDatabase DATABASE = TestDatabase.withAreas("contacts");

  private final Neighbours neighbours = new Neighbours();
  private final TenantContext tenant = DATABASE.tenant();
  private final Neighbours.Jobs jobs = new Neighbours.Jobs();
  private final ImportServiceImpl imports =
      new ImportServiceImpl(DATABASE.transactions(), jobs, Clock.systemUTC(), 100_000_000);
  private final ContactServiceImpl contacts =
      new ContactServiceImpl(
          DATABASE.transactions(), neighbours.log(), Neighbours.keys(), Clock.systemUTC());

  @Test
  void readsWhatRealExportsHold() throws Exception {
    String csv =
        "\uFEFFVorname;Nachname;E-Mail-Adresse;Land;Notiz\r\n"
            + "Jürgen;Groß;JG@Example.com;Deutschland;\"zwei\r\nZeilen; \"\"so\"\"\"\r\n"
            + "\r\n"
            + "Zoë;;zoë@bücher.example;nl;\r\n"
            + ";;jg@EXAMPLE.com;;noch einmal\r\n"
            + ";;kein-at;;\r\n"
            + ";;;DE;\r\n"
            + ";;x@example.com;Atlantis;\r\n"
            + ";;y@example.com;DE;a;b\r\n"
            + "李;小龙;li@example.org;CN;=1+1";
    ContactImport done = run(csv.getBytes(StandardCharsets.UTF_8), request(true));
    assertThat(done.state()).isEqualTo(ContactImport.State.SUCCEEDED);
    assertThat(done.counts()).isEqualTo(new Counts(8, 3, 0, 0, 1, 4));
    assertThat(done.columns()).contains("E-Mail-Adresse", "Notiz");
    Contact first = find("jg@example.com");
    assertThat(first.data().country()).isEqualTo("DE");
    assertThat(first.data().firstName()).isEqualTo("Jürgen");
    assertThat(first.data().attributes()).isEqualTo(Map.of("notiz", "zwei\r\nZeilen; \"so\""));
    assertThat(find("zoë@xn--bcher-kva.example").data().country()).isEqualTo("NL");
    assertThat(find("li@example.org").data().attributes()).containsEntry("notiz", "=1+1");
    assertThat(imports.errors(tenant, done.id(), PageRequest.FIRST).items())
        .extracting(RowError::line, RowError::code)
        .containsExactly(
            tuple(7L, "email_invalid"),
            tuple(8L, "email_missing"),
            tuple(9L, "country_unknown"),
            tuple(10L, "too_many_fields"));
    assertThat(count("tenant.import_chunk")).isZero();
    assertThat(
            contacts
                .list(tenant, new Filter(null, null, Map.of("notiz", "=1+1")), PageRequest.FIRST)
                .items())
        .hasSize(1);
  }

  @Test
  void aRepeatedCancellationIsAnsweredAsTheFirstWas() throws Exception {
    InputStream csv =
        new ByteArrayInputStream("email\na@example.org\n".getBytes(StandardCharsets.UTF_8));
    ContactImport started = imports.start(tenant, request(true), csv);
    TenantContext keyed = tenant.with(new IdempotencyKey("stop", "f"));
    ContactImport first = imports.cancel(keyed, started.id());
    assertThat(imports.cancel(keyed, started.id())).isEqualTo(first);
    assertThat(jobs.cancelled).containsExactly(started.jobId());
    TenantContext other = tenant.with(new IdempotencyKey("stop", "g"));
    assertThatThrownBy(() -> imports.cancel(other, started.id()))
        .isInstanceOfSatisfying(
            RookeryException.class,
            e -> assertThat(e.code().name()).isEqualTo("idempotency_key_reused"));
  }

  @Test
  void readsTheFilesOfTheQuickStart() throws Exception {
    Path folder = Path.of("../../../docs/quickstart");
    ContactImport comma = run(Files.readAllBytes(folder.resolve("contacts.csv")), request(true));
    assertThat(comma.counts()).isEqualTo(new Counts(1000, 915, 0, 0, 50, 35));
    ContactImport semicolon =
        run(Files.readAllBytes(folder.resolve("contacts-semicolon.csv")), request(true));
    assertThat(semicolon.counts()).isEqualTo(new Counts(6, 4, 0, 0, 1, 1));
    assertThat(find("zoe@example.org").data().attributes())
        .containsEntry("notiz", "Anruf;\r\nspäter");
  }

  @Test
  void readsUtf16AndWindows1252() throws Exception {
    byte[] utf16 =
        "\uFEFFemail\tname\r\na@example.com\tMüller Æ\r\n".getBytes(StandardCharsets.UTF_16LE);
    assertThat(run(utf16, request(true)).counts()).isEqualTo(new Counts(1, 1, 0, 0, 0, 0));
    assertThat(find("a@example.com").data().attributes()).containsEntry("name", "Müller Æ");
    byte[] western =
        "mail,name\nb@example.com,Müller Æ\n".getBytes(Charset.forName("windows-1252"));
    assertThat(run(western, request(true)).counts().created()).isEqualTo(1);
    assertThat(find("b@example.com").data().attributes()).containsEntry("name", "Müller Æ");
  }

  @Test
  void goesOnAfterEachStrikeWithExactCounts() throws Exception {
    byte[] csv = GeneratedContacts.csv(1000).getBytes(StandardCharsets.UTF_8);
    ContactImport whole = run(csv, request(true));
    assertThat(whole.counts()).isEqualTo(new Counts(1100, 1000, 0, 0, 50, 50));
    for (int strike = 1; strike < 4; strike++) {
      TenantContext other = DATABASE.tenant();
      ContactImport started = imports.start(other, request(true), new ByteArrayInputStream(csv));
      int chunk = strike;
      assertThatThrownBy(() -> job(100).run(Neighbours.Run.of(other, started.id(), chunk)))
          .isInstanceOf(Throwable.class);
      job(100).run(Neighbours.Run.of(other, started.id(), 0));
      assertThat(imports.get(other, started.id()).counts()).isEqualTo(whole.counts());
      assertThat(imports.errors(other, started.id(), new PageRequest(500, null)).items())
          .isEqualTo(imports.errors(tenant, whole.id(), new PageRequest(500, null)).items());
    }
  }

  @Test
  void anOvertakenRunChangesNothing() throws Exception {
    byte[] csv = GeneratedContacts.csv(1000).getBytes(StandardCharsets.UTF_8);
    ContactImport started = imports.start(tenant, request(true), new ByteArrayInputStream(csv));
    // A stretch of the slow run is still under way and may win one place.
    Runnable overtake =
        () -> {
          if (!ended(started.id())) {
            assertThat(ended(started.id())).isTrue();
          }
        };
    Neighbours.Run slow = Neighbours.Run.of(tenant, started.id(), 0).with(overtake);
    assertThatThrownBy(() -> job(100).run(slow))
        .isInstanceOfSatisfying(
            RookeryException.class, e -> assertThat(e.code().name()).isEqualTo("unavailable"));
    ContactImport done = imports.get(tenant, started.id());
    assertThat(done.state()).isEqualTo(ContactImport.State.SUCCEEDED);
    assertThat(done.counts()).isEqualTo(new Counts(1100, 1000, 0, 0, 50, 50));
    assertThat(count("tenant.contact")).isEqualTo(1000);
    assertThat(neighbours.types()).hasSize(11);
  }

  /** Runs an import as the jobs do, which try again later; returns whether it has ended. */
  private boolean ended(UUID id) {
    try {
      job(100).run(Neighbours.Run.of(tenant, id, 0));
      return true;
    } catch (RookeryException e) {
      return false;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aRowThatIsRepeatedInTheNextStretchChangesNothing() throws Exception {
    run(utf8(pairs(1000).replace("first", "Ulm")), request(true));
    String file = pairs(1000);
    ContactImport changed = run(utf8(file), request(true));
    assertThat(changed.counts()).isEqualTo(new Counts(2000, 0, 1000, 0, 1000, 0));
    ContactImport again = run(utf8(file), request(true));
    assertThat(again.counts()).isEqualTo(new Counts(2000, 0, 0, 1000, 1000, 0));
    assertThat(find("user150@example.com").data().attributes()).isEqualTo(Map.of("city", "first"));
    assertThat(find("user150@example.com").version()).isEqualTo(2);
    TenantContext other = DATABASE.tenant();
    ContactImport started =
        imports.start(other, request(true), new ByteArrayInputStream(utf8(file)));
    job(100).run(Neighbours.Run.of(other, started.id(), 0));
    assertThat(imports.get(other, started.id()).counts())
        .isEqualTo(new Counts(2000, 1000, 0, 0, 1000, 0));
  }

  /** Every hundred contacts, and the same hundred once more with another city. */
  private static String pairs(int contacts) {
    StringBuilder csv = new StringBuilder("email,city\n");
    for (int from = 0; from < contacts; from += 100) {
      for (String city : List.of("first", "second")) {
        for (int i = from; i < from + 100; i++) {
          csv.append("user").append(i).append("@example.com,").append(city).append('\n');
        }
      }
    }
    return csv.toString();
  }

  @Test
  void keepsWhatWasImportedBeforeACancel() throws Exception {
    byte[] csv = GeneratedContacts.csv(1000).getBytes(StandardCharsets.UTF_8);
    ContactImport started = imports.start(tenant, request(true), new ByteArrayInputStream(csv));
    Neighbours.Run run =
        Neighbours.Run.of(tenant, started.id(), 0)
            .with(
                () -> {
                  throw new JobCancelledException();
                });
    ImportJob job = job(100);
    assertThatThrownBy(() -> job.run(run)).isInstanceOf(JobCancelledException.class);
    job.cancelled(tenant, started.id());
    ContactImport done = imports.get(tenant, started.id());
    assertThat(done.state()).isEqualTo(ContactImport.State.CANCELLED);
    // The stretch that was under way is finished, no further one is begun.
    assertThat(done.counts().rows()).isIn(100L, 200L);
    assertThat(count("tenant.contact")).isEqualTo(done.counts().created());
    assertThat(count("tenant.import_chunk")).isZero();
  }

  @Test
  void aCancelInTheMiddleOfAStretchRollsItBackAndIsNoFailure() throws Exception {
    byte[] csv = GeneratedContacts.csv(1000).getBytes(StandardCharsets.UTF_8);
    ContactImport started = imports.start(tenant, request(true), new ByteArrayInputStream(csv));
    Neighbours.Run run =
        Neighbours.Run.of(tenant, started.id(), 3)
            .struckBy(
                () -> {
                  throw new JobCancelledException();
                });
    ImportJob job = job(100);
    assertThatThrownBy(() -> job.run(run)).isInstanceOf(JobCancelledException.class);
    ContactImport left = imports.get(tenant, started.id());
    assertThat(left.state()).isEqualTo(ContactImport.State.RUNNING);
    assertThat(left.counts().rows()).isEqualTo(200);
    assertThat(count("tenant.contact")).isEqualTo(left.counts().created());
    job.run(Neighbours.Run.of(tenant, started.id(), 0));
    assertThat(imports.get(tenant, started.id()).counts())
        .isEqualTo(new Counts(1100, 1000, 0, 0, 50, 50));
  }

  @Test
  void fillsDefaultsAndJoinsTheList() throws Exception {
    ContactListServiceImpl lists =
        new ContactListServiceImpl(
            DATABASE.transactions(), neighbours.log(), Neighbours.workspaces(), Clock.systemUTC());
    UUID list = lists.create(tenant, "News").id();
    run(utf8("email,land\nold@example.com,FR\n"), request(true));
    ContactData defaults =
        new ContactData(
            null, null, null, Map.of("tag", "fair"), "DE", LawfulBasis.CONSENT, "fair", true);
    ImportRequest request =
        new ImportRequest("a.csv", list, Map.of("Wer", "email", "Geheim", ""), defaults, true);
    byte[] csv =
        utf8("Wer,Geheim,Country\nnew@example.com,x,\nold@example.com,x,\nat@example.com,x,AT\n");
    assertThat(run(csv, request).counts()).isEqualTo(new Counts(3, 2, 0, 1, 0, 0));
    ContactData made = find("new@example.com").data();
    assertThat(made.country()).isEqualTo("DE");
    assertThat(made.lawfulBasis()).isEqualTo(LawfulBasis.CONSENT);
    assertThat(made.attributes()).isEqualTo(Map.of("tag", "fair"));
    assertThat(find("at@example.com").data().country()).isEqualTo("AT");
    assertThat(find("old@example.com").data().lawfulBasis()).isNull();
    assertThat(lists.get(tenant, list).contacts()).isEqualTo(3);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void updatesOnlyWhereAsked() throws Exception {
    run(
        "email,city,country\na@example.com,Köln,DE\nb@example.com,Ulm,DE\n"
            .getBytes(StandardCharsets.UTF_8),
        request(true));
    byte[] again =
        "email,city\na@example.com,Bonn\nb@example.com,Ulm\nc@example.com,Ulm\nA@example.com,X\n"
            .getBytes(StandardCharsets.UTF_8);
    assertThat(run(again, request(false)).counts()).isEqualTo(new Counts(4, 1, 0, 2, 1, 0));
    assertThat(find("a@example.com").data().attributes()).containsEntry("city", "Köln");
    assertThat(run(again, request(true)).counts()).isEqualTo(new Counts(4, 0, 1, 2, 1, 0));
    Contact changed = find("a@example.com");
    assertThat(changed.data().attributes()).isEqualTo(Map.of("city", "Bonn"));
    assertThat(changed.data().country()).isEqualTo("DE");
    assertThat(changed.version()).isEqualTo(2);
    assertThat(
            contacts
                .list(tenant, new Filter(null, null, Map.of("city", "Köln")), PageRequest.FIRST)
                .items())
        .isEmpty();
  }

  @Test
  void keepsNothingOfWhatIsNoCsvOrBreaks() throws Exception {
    byte[] png = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n', 0, 0, 0, 13};
    refused(new ByteArrayInputStream(png));
    refused(new ByteArrayInputStream(new byte[0]));
    refused(new ByteArrayInputStream("a@example.com,Ada\n".getBytes(StandardCharsets.UTF_8)));
    refused(new ByteArrayInputStream("name,city\nAda,Köln\n".getBytes(StandardCharsets.UTF_8)));
    InputStream broken =
        new SequenceInputStream(
            new ByteArrayInputStream(
                GeneratedContacts.csv(30_000).getBytes(StandardCharsets.UTF_8)),
            new InputStream() {
              @Override
              public int read() throws IOException {
                throw new IOException("cut");
              }
            });
    assertThatThrownBy(() -> imports.start(tenant, request(true), broken))
        .isInstanceOf(IOException.class);
    assertThat(count("tenant.import")).isZero();
    assertThat(count("tenant.import_chunk")).isZero();
  }

  @Test
  void showsNothingToAnotherTenant() throws Exception {
    ContactImport done =
        run("email\na@example.com\n".getBytes(StandardCharsets.UTF_8), request(true));
    assertThatThrownBy(() -> imports.get(DATABASE.tenant(), done.id()))
        .hasMessageContaining("no such import");
  }

  private void refused(InputStream file) {
    assertThatThrownBy(() -> imports.start(tenant, request(true), file))
        .isInstanceOfSatisfying(
            RookeryException.class,
            e -> assertThat(e.code().name()).isEqualTo("validation_failed"));
  }

  private long count(String table) {
    return DATABASE
        .transactions()
        .call(
            tenant,
            tx -> {
              try (Statement statement = tx.connection().createStatement();
                  ResultSet row = statement.executeQuery("select count(*) from " + table)) {
                row.next();
                return row.getLong(1);
              }
            });
  }

  private Contact find(String address) {
    List<Contact> found =
        contacts.list(tenant, new Filter(null, address, null), PageRequest.FIRST).items();
    assertThat(found).hasSize(1);
    return found.get(0);
  }

  private static ImportRequest request(boolean update) {
    return new ImportRequest("contacts.csv", null, Map.of(), null, update);
  }

  private ContactImport run(byte[] csv, ImportRequest request) throws Exception {
    ContactImport started = imports.start(tenant, request, new ByteArrayInputStream(csv));
    job(100).run(Neighbours.Run.of(tenant, started.id(), 0));
    return imports.get(tenant, started.id());
  }

  private ImportJob job(int chunk) {
    return new ImportJob(
        DATABASE.transactions(), neighbours.log(), Neighbours.keys(), Clock.systemUTC(), chunk);
  }
}
