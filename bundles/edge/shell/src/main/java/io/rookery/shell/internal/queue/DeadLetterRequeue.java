// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.queue;

import io.rookery.api.sending.SendingService;
import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.shell.internal.Arguments;
import io.rookery.shell.internal.Output;
import io.rookery.shell.internal.TenantCommand;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Puts dead letters into the queue again, with all tries. */
@Service
@Command(
    scope = "rookery",
    name = "dead-letter-requeue",
    description = "Puts dead letters into the queue again, with all tries")
public final class DeadLetterRequeue extends TenantCommand {

  @Argument(index = 1, name = "messages", multiValued = true, description = "The messages' ids")
  private List<String> messages;

  @Option(name = "--all", description = "Takes the newest dead letters, at most --limit")
  private boolean all;

  @Option(name = "--campaign", description = "Only those of a campaign, by its id")
  private String campaign;

  @Option(name = "--limit", description = "How many at most with --all")
  private int limit = 1000;

  @Reference(optional = true)
  private SendingService sending;

  @Override
  protected void run(Output out) {
    if (all == (messages != null)) {
      throw new RookeryException(
          CommonErrors.INVALID_REQUEST, "Name messages by their ids, or give --all");
    }
    TenantContext context = context();
    List<UUID> ids =
        all
            ? DeadLetters.newest(need(sending), context, campaign, limit)
            : messages.stream().map(id -> Arguments.id("message", id)).toList();
    int requeued = DeadLetters.requeue(need(sending), context, ids);
    out.done("Put into the queue again: " + requeued, Map.of("requeued", requeued));
  }
}
