// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.plans;

import io.rookery.api.plans.Entitlement;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;

/** Completes what a plan gives so much of. */
@Service
public final class EntitlementCompleter implements Completer {

  @Override
  public int complete(Session session, CommandLine line, List<String> candidates) {
    List<String> names =
        Arrays.stream(Entitlement.values()).map(e -> e.name().toLowerCase(Locale.ROOT)).toList();
    return new StringsCompleter(names).complete(session, line, candidates);
  }
}
