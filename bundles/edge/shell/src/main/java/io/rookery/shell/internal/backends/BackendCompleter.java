// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.backends;

import io.rookery.api.mailboxes.BackendDirectory;
import io.rookery.api.mailboxes.BackendDirectory.Backend;
import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;

/** Completes the names of the mail backends. */
@Service
public final class BackendCompleter implements Completer {

  @Reference(optional = true)
  private BackendDirectory backends;

  @Override
  public int complete(Session session, CommandLine line, List<String> candidates) {
    if (backends == null) {
      return -1;
    }
    List<String> names = backends.list().stream().map(Backend::name).distinct().toList();
    return new StringsCompleter(names).complete(session, line, candidates);
  }
}
