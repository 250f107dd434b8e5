// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.queue;

import io.rookery.api.sending.DeadLetters;
import io.rookery.api.sending.SendingService;
import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.RookeryException;
import io.rookery.shell.internal.Arguments;
import io.rookery.shell.internal.Output;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Puts dead letters into the queue again, with all tries: some by id, or many in a job. */
@Service
@Command(
    scope = "rookery",
    name = "dead-letter-requeue",
    description = "Puts dead letters into the queue again, with all tries")
public final class DeadLetterRequeue extends DeadLetterFilter {

  @Argument(index = 1, name = "messages", multiValued = true, description = "The messages' ids")
  private List<String> messages;

  @Option(name = "--all", description = "Takes all that no other option leaves out")
  private boolean all;

  @Reference(optional = true)
  private SendingService sending;

  @Reference(optional = true)
  private DeadLetters letters;

  @Override
  protected void run(Output out) {
    boolean many = all || narrows();
    if (many == (messages != null)) {
      throw new RookeryException(
          CommonErrors.INVALID_REQUEST,
          "Name messages by their ids, or give --campaign, --mailbox, --code or --all");
    }
    if (many) {
      UUID job = need(letters).requeue(context(), filter());
      out.done("They go into the queue again by job " + job, Map.of("job_id", job.toString()));
      return;
    }
    List<UUID> ids = messages.stream().map(id -> Arguments.id("message", id)).toList();
    int requeued = need(sending).requeue(context(), ids);
    out.done("Put into the queue again: " + requeued, Map.of("requeued", requeued));
  }
}
