// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.queue;

import io.rookery.api.sending.DeadLetters;
import io.rookery.api.sending.DeadLetters.Reason;
import io.rookery.shell.internal.Output;
import io.rookery.shell.internal.View;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Lists why messages died, the most frequent reason first. */
@Service
@Command(
    scope = "rookery",
    name = "dead-letter-reasons",
    description = "Lists why messages died, the most frequent reason first")
public final class DeadLetterReasons extends DeadLetterFilter {

  private static final View<Reason> FIELDS =
      View.<Reason>empty()
          .column("count", Reason::count)
          .column("code", Reason::code)
          .column("enhanced_code", Reason::enhancedCode)
          .column("detail", Reason::detail)
          .detail("newest_message_id", Reason::newest);

  @Reference(optional = true)
  private DeadLetters letters;

  @Override
  protected void run(Output out) {
    out.list(FIELDS, need(letters).reasons(context(), filter()));
  }
}
