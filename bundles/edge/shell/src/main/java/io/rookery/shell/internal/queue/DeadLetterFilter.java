// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.queue;

import io.rookery.api.sending.DeadLetters.Filter;
import io.rookery.api.sending.DeadLetters.Kind;
import io.rookery.shell.internal.Arguments;
import io.rookery.shell.internal.TenantCommand;
import org.apache.karaf.shell.api.action.Option;

/** A command about those dead letters of a tenant that options narrow to. */
abstract class DeadLetterFilter extends TenantCommand {

  @Option(name = "--kind", description = "failed, or in_doubt; failed where it is left out")
  private String kind;

  @Option(name = "--campaign", description = "Only those of a campaign, by its id")
  private String campaign;

  @Option(name = "--mailbox", description = "Only those from a mailbox, by its id")
  private String mailbox;

  @Option(name = "--code", description = "Only those with a reply's code; 0 for none")
  private Integer code;

  @Option(
      name = "--enhanced-code",
      description = "Only those with a code such as 4.2.2; '' for none")
  private String enhancedCode;

  /** Returns what the options say. */
  final Filter filter() {
    return new Filter(
        Arguments.constant("kind", Kind.class, kind),
        campaign == null ? null : Arguments.id("campaign", campaign),
        mailbox == null ? null : Arguments.id("mailbox", mailbox),
        code,
        enhancedCode);
  }

  /** Returns whether an option leaves some out. */
  final boolean narrows() {
    return campaign != null || mailbox != null || code != null || enhancedCode != null;
  }
}
