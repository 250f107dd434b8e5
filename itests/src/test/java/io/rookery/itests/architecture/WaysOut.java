// SPDX-License-Identifier: Apache-2.0
package io.rookery.itests.architecture;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import java.util.List;
import java.util.Set;

/**
 * Who may connect to the outside by itself. Everybody else asks the guard, for where a tenant has a
 * say it would lead into the platform's own network.
 */
final class WaysOut {

  /** Packages that connect, and where to. */
  private static final List<String> OWN =
      List.of(
          // The guard itself.
          "egress.",
          // The database, which the operator names, and files of bundles.
          "persistence.",
          // For tests, never in a distribution.
          "testkit.",
          // The platform's own public address, which the operator names.
          "mailboxes.internal.reach.PublicReachImpl",
          // The authority that certificates are ordered from, which the operator names.
          "certificates.internal.AcmeAuthority",
          // The secret store's server, which the operator names.
          "secrets.vault.Line",
          "secrets.vault.Link",
          // The object store of audit heads, which the operator names.
          "tenancy.internal.audit.bucket.ObjectStore",
          // The operator's resolvers.
          "mailboxes.internal.dns.LiveDns",
          "hosts.internal.health.LiveNameServers",
          // The quick start looks whether the page that it tells of answers.
          "quickstart.internal.Address",
          // Reads a file of its own bundle.
          "rest.internal.ShippedResources");

  private static final Set<String> TYPES =
      Set.of(
          "java.net.Socket",
          "java.net.DatagramSocket",
          "java.net.MulticastSocket",
          "java.net.URLConnection",
          "java.net.HttpURLConnection",
          "java.net.http.HttpClient",
          "java.net.http.HttpClient$Builder",
          "javax.net.SocketFactory",
          "javax.net.ssl.SSLSocketFactory",
          "org.xbill.DNS.SimpleResolver",
          "org.xbill.DNS.ExtendedResolver",
          "org.xbill.DNS.Lookup");

  private static final Set<String> OPENING =
      Set.of("<init>", "connect", "createSocket", "newHttpClient", "newBuilder", "build");

  private static final Set<String> CHANNELS =
      Set.of(
          "java.nio.channels.SocketChannel",
          "java.nio.channels.DatagramChannel",
          "java.nio.channels.AsynchronousSocketChannel");

  private static final Set<String> OF_URLS = Set.of("openStream", "openConnection", "getContent");

  private final String root;

  /** The rule for the packages below a root. */
  WaysOut(String root) {
    this.root = root;
  }

  ArchRule rule() {
    return ArchRuleDefinition.classes().should(new AskTheGuard());
  }

  private boolean mayConnect(JavaClass type) {
    return OWN.stream().anyMatch(own -> type.getName().startsWith(root + "." + own));
  }

  private static boolean opens(JavaAccess<?> access) {
    String owner = access.getTargetOwner().getName();
    String name = access.getTarget().getName();
    if (CHANNELS.contains(owner)) {
      return name.equals("open") || name.equals("connect");
    }
    if (owner.equals("java.net.URL")) {
      return OF_URLS.contains(name);
    }
    // TLS put over a connection that the guard has made.
    boolean layered = access.getTarget().getFullName().contains("createSocket(java.net.Socket, ");
    return TYPES.contains(owner) && OPENING.contains(name) && !layered;
  }

  private final class AskTheGuard extends ArchCondition<JavaClass> {

    AskTheGuard() {
      super("ask the egress guard for connections");
    }

    @Override
    public void check(JavaClass type, ConditionEvents events) {
      if (mayConnect(type)) {
        return;
      }
      type.getAccessesFromSelf().stream()
          .filter(WaysOut::opens)
          .forEach(
              access -> events.add(SimpleConditionEvent.violated(type, access.getDescription())));
    }
  }
}
