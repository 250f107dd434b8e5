// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal.bulk;

import io.rookery.api.mailboxes.MailboxService;
import io.rookery.jobs.JobHandler;
import io.rookery.jobs.JobRun;
import io.rookery.kernel.RookeryException;
import io.rookery.persistence.Transactions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Signs in to mailboxes, one after the other. Its result names those that failed; why one did is
 * told by checking it alone, as the reason may name its address.
 */
@Component(service = JobHandler.class)
public final class MailboxCheckJob implements JobHandler {

  /** The kind of the job. */
  public static final String KIND = "mailboxes.check";

  /** The parameter that names the mailboxes. */
  static final String MAILBOXES = "mailbox_ids";

  private static final String NEXT = "next";
  private static final String FAILED = "failed_mailbox_ids";

  private final MailboxService mailboxes;
  private final Transactions transactions;

  /** Made by the container. */
  @Activate
  public MailboxCheckJob(
      @Reference MailboxService mailboxes, @Reference Transactions transactions) {
    this.mailboxes = mailboxes;
    this.transactions = transactions;
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public Map<String, ?> run(JobRun run) throws InterruptedException {
    List<String> ids = strings(run.parameters().get(MAILBOXES));
    List<String> failed = new ArrayList<>(strings(run.checkpoint().get(FAILED)));
    int next = run.checkpoint().get(NEXT) instanceof Number number ? number.intValue() : 0;
    for (; next < ids.size(); next++) {
      run.check();
      if (!works(run, ids.get(next))) {
        failed.add(ids.get(next));
      }
      Map<String, ?> checkpoint = Map.of(NEXT, next + 1, FAILED, List.copyOf(failed));
      int done = next + 1;
      transactions.call(
          run.context(),
          tx -> {
            run.advance(tx, checkpoint, done, ids.size());
            return null;
          });
    }
    return Map.of("checked", ids.size(), "failed", failed.size(), FAILED, failed);
  }

  private boolean works(JobRun run, String id) throws InterruptedException {
    try {
      mailboxes.check(run.context(), UUID.fromString(id));
      return true;
    } catch (RookeryException e) {
      return false;
    }
  }

  private static List<String> strings(Object value) {
    return value instanceof List<?> list ? list.stream().map(String::valueOf).toList() : List.of();
  }
}
