// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.permissions;

import io.rookery.api.tenancy.TenantPermissions.Permission;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;

/** Completes what may be permitted. */
@Service
public final class PermissionCompleter implements Completer {

  @Override
  public int complete(Session session, CommandLine line, List<String> candidates) {
    List<String> names =
        Arrays.stream(Permission.values()).map(p -> p.name().toLowerCase(Locale.ROOT)).toList();
    return new StringsCompleter(names).complete(session, line, candidates);
  }
}
