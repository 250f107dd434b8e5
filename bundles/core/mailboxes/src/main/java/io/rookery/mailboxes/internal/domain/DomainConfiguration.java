// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal.domain;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** What tenants' domains shall point to, and who is asked about them. */
@ObjectClassDefinition(name = "Rookery: sending domains")
@interface DomainConfiguration {

  /** The PID of these keys. */
  String PID = "io.rookery.mailboxes";

  @AttributeDefinition(
      name = "Resolvers",
      description =
          "Addresses of the resolvers to ask, with or without a port, commas between; the system's where empty.")
  String dns_resolvers() default "";

  @AttributeDefinition(
      name = "Time-out",
      description = "How long one resolver may take for one answer, 100 to 10000 ms.")
  int dns_timeout_millis() default 3000;

  @AttributeDefinition(
      name = "Label of return paths",
      description = "The return path of example.com is this label before it.")
  String return__path_label() default "bounces";

  @AttributeDefinition(
      name = "Target of return paths",
      description = "Your host that tenants' return paths are a CNAME of. It has your MX and SPF.")
  String return__path_target() default "";

  @AttributeDefinition(
      name = "MX of return paths",
      description = "Your hosts that take bounces, commas between.")
  String return__path_mx() default "";

  @AttributeDefinition(
      name = "SPF include",
      description = "A name of yours whose SPF record lists the servers that send.")
  String spf_include() default "";

  @AttributeDefinition(
      name = "SPF networks",
      description = "Without such a name: the addresses and networks that send, commas between.")
  String spf_networks() default "";

  @AttributeDefinition(
      name = "Label of tracking hosts",
      description = "The tracking host of example.com is this label before it.")
  String tracking_label() default "links";

  @AttributeDefinition(
      name = "Target of tracking hosts",
      description =
          "Your host that tracking hosts are a CNAME of; the host of public.base_url where empty.")
  String tracking_target() default "";

  @AttributeDefinition(
      name = "DMARC reports",
      description = "The address that tenants' DMARC records shall name for reports.")
  String dmarc_reports() default "";
}
