// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal.bulk;

import io.rookery.api.mailboxes.BackendDirectory;
import io.rookery.api.mailboxes.MailboxImports;
import io.rookery.api.mailboxes.MailboxService;
import io.rookery.jobs.JobService;
import io.rookery.kernel.ErrorCode;
import io.rookery.kernel.FieldError;
import io.rookery.kernel.IdempotencyKey;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.kernel.Uuids;
import io.rookery.persistence.Transactions;
import io.rookery.spi.plugin.Setting;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Makes mailboxes of a file while the caller waits: what the file holds of passwords may stand in
 * the secret store alone, so no job could take it up later. Each row is a mailbox of its own, made
 * or refused whatever becomes of the others.
 */
@Component
public final class MailboxImportsImpl implements MailboxImports {

  private final MailboxService mailboxes;
  private final BackendDirectory backends;
  private final Transactions transactions;
  private final JobService jobs;

  /** Makes the service. */
  @Activate
  public MailboxImportsImpl(
      @Reference MailboxService mailboxes,
      @Reference BackendDirectory backends,
      @Reference Transactions transactions,
      @Reference JobService jobs) {
    this.mailboxes = mailboxes;
    this.backends = backends;
    this.transactions = transactions;
    this.jobs = jobs;
  }

  @Override
  public Result importCsv(TenantContext context, String csv, boolean check) {
    List<Setting> settings =
        backends.list().stream().flatMap(backend -> backend.settings().stream()).toList();
    List<Row> rows = new ArrayList<>();
    for (MailboxLine line : MailboxRows.read(csv, settings)) {
      rows.add(make(context, line, settings));
    }
    List<UUID> made = rows.stream().map(Row::mailboxId).filter(Objects::nonNull).toList();
    return new Result(rows, check && !made.isEmpty() ? check(context, made) : null);
  }

  private Row make(TenantContext context, MailboxLine line, List<Setting> settings) {
    TenantContext own = keyed(context, "line " + line.number(), () -> line.fingerprint(settings));
    try {
      UUID id = mailboxes.create(own, line.toData(settings)).id();
      return new Row(line.number(), id, List.of());
    } catch (RookeryException e) {
      if (e.code().kind() == ErrorCode.Kind.UNAVAILABLE
          || e.code().kind() == ErrorCode.Kind.INTERNAL) {
        // Nothing is wrong with the row. Under the same key the rest can be made up for.
        throw e;
      }
      return new Row(line.number(), null, errors(line, e));
    }
  }

  /** A row is told from another request's, and one that changed is not taken for the same. */
  private static TenantContext keyed(TenantContext context, String part, Supplier<String> content) {
    IdempotencyKey whole = context.idempotencyKey();
    if (whole == null) {
      return context;
    }
    return context.with(
        new IdempotencyKey(
            "mailbox-import-" + digest(whole.key() + "\n" + part),
            digest(whole.fingerprint() + "\n" + content.get())));
  }

  private static String digest(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }

  /** Pointers lead to the line and the column instead of into a request for one mailbox. */
  private static List<FieldError> errors(MailboxLine line, RookeryException e) {
    String place = "/lines/" + line.number();
    if (e.errors().isEmpty()) {
      return List.of(new FieldError(place, e.getMessage()));
    }
    return e.errors().stream()
        .map(
            error ->
                new FieldError(
                    place + error.pointer().replaceFirst("^/(settings|secrets)/", "/"),
                    error.detail()))
        .toList();
  }

  private UUID check(TenantContext context, List<UUID> mailboxIds) {
    List<String> ids = mailboxIds.stream().map(UUID::toString).toList();
    TenantContext own = keyed(context, "check", ids::toString);
    return transactions
        .callOnce(
            own,
            Submitted.class,
            tx -> {
              Map<String, ?> parameters = Map.of(MailboxCheckJob.MAILBOXES, ids);
              return new Submitted(
                  jobs.submit(tx, MailboxCheckJob.KIND, Uuids.next(), parameters).id());
            })
        .jobId();
  }

  /** What is kept of a submission under its idempotency key. */
  public record Submitted(UUID jobId) {}
}
