// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.queue;

import io.rookery.api.sending.SendingService;
import io.rookery.shell.internal.Output;
import io.rookery.shell.internal.TenantCommand;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Lists messages that were refused for good or given up, newest first. */
@Service
@Command(
    scope = "rookery",
    name = "dead-letter-list",
    description = "Lists messages that were refused for good or given up, newest first")
public final class DeadLetterList extends TenantCommand {

  @Option(name = "--campaign", description = "Only those of a campaign, by its id")
  private String campaign;

  @Option(name = "--limit", description = "How many at most")
  private int limit = 100;

  @Reference(optional = true)
  private SendingService sending;

  @Override
  protected void run(Output out) {
    out.list(DeadLetters.FIELDS, DeadLetters.read(need(sending), context(), campaign, limit));
  }
}
