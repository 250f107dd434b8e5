// SPDX-License-Identifier: Apache-2.0
package io.rookery.hosts.internal.health;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** How hosts are looked at. */
@ObjectClassDefinition(name = "Rookery: hosts")
@interface HealthConfiguration {

  /** The PID of this configuration. */
  String PID = "io.rookery.hosts";

  @AttributeDefinition(
      description =
          "Resolvers as addresses with ports, such as 192.0.2.53:53, separated by commas; those of"
              + " the system where empty")
  String dns_resolvers() default "";

  @AttributeDefinition(description = "How long to wait for one answer of a resolver, milliseconds")
  int dns_timeout_millis() default 2000;

  @AttributeDefinition(description = "Zones of DNS block lists, separated by commas")
  String block_lists() default "zen.spamhaus.org, bl.spamcop.net";

  @AttributeDefinition(
      description =
          "A mail server that hosts are asked to connect to on port 25, to see whether their"
              + " provider lets them; empty to leave it out")
  String outbound_target() default "gmail-smtp-in.l.google.com";

  @AttributeDefinition(description = "How full a disk may be, in percent")
  int disk_percent() default 90;
}
