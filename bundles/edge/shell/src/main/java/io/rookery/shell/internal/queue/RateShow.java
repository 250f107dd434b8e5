// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.queue;

import io.rookery.api.sending.SendingRates;
import io.rookery.api.sending.SendingRates.Outcomes;
import io.rookery.api.sending.SendingRates.Rates;
import io.rookery.api.sending.SendingRates.Window;
import io.rookery.shell.internal.Arguments;
import io.rookery.shell.internal.Output;
import io.rookery.shell.internal.TenantCommand;
import io.rookery.shell.internal.View;
import java.util.ArrayList;
import java.util.List;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Shows how fast a tenant's mail leaves: altogether, by mailbox and by recipient domain. */
@Service
@Command(
    scope = "rookery",
    name = "rate-show",
    description = "Shows how fast mail leaves: altogether, by mailbox and by recipient domain")
public final class RateShow extends TenantCommand {

  private static final View<Line> FIELDS =
      View.<Line>empty()
          .column("what", Line::what)
          .column("name", Line::name)
          .column("accepted", line -> line.outcomes().accepted())
          .column("deferred", line -> line.outcomes().deferred())
          .column("failed", line -> line.outcomes().failed())
          .column("in_doubt", line -> line.outcomes().inDoubt())
          .column("accepted_per_second", Line::perSecond);

  @Option(name = "--window", description = "minute, five_minutes or hour")
  private String window = "minute";

  @Option(name = "--top", description = "How many mailboxes and domains at most, 1 to 100")
  private int top = 10;

  @Reference(optional = true)
  private SendingRates rates;

  /** What is told of one. */
  private record Line(String what, String name, Outcomes outcomes, Window over) {

    double perSecond() {
      return Math.round(100.0 * outcomes.accepted() / over.length().toSeconds()) / 100.0;
    }
  }

  @Override
  protected void run(Output out) {
    Window over = Arguments.constant("window", Window.class, window);
    Rates found = need(rates).rates(context(), over, top);
    List<Line> lines = new ArrayList<>();
    lines.add(new Line("tenant", "", found.total(), over));
    found
        .mailboxes()
        .forEach(
            one -> lines.add(line("mailbox", one.mailboxId().toString(), one.outcomes(), over)));
    found.domains().forEach(one -> lines.add(line("domain", one.domain(), one.outcomes(), over)));
    out.list(FIELDS, lines);
  }

  private static Line line(String what, String name, Outcomes outcomes, Window over) {
    return new Line(what, name, outcomes, over);
  }
}
