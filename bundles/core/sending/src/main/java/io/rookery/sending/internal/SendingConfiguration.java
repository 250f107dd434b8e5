// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** How mail is sent from this node. */
@ObjectClassDefinition(name = "Rookery: sending")
@interface SendingConfiguration {

  /** The PID under which both the line and the links find it. */
  String PID = "io.rookery.sending";

  @AttributeDefinition(
      name = "Window",
      description =
          "How many messages may be given away without a recorded outcome, 4 to 1000. It bounds how many"
              + " a crash of this node can double.")
  int window() default 64;

  @AttributeDefinition(
      name = "Public base URL",
      description = "Where the links in mails lead, without a slash at its end.")
  String public_base__url() default "http://127.0.0.1:8181";

  @AttributeDefinition(
      name = "Attachments limit",
      description =
          "How many bytes the files of one message may have together, before they are encoded.")
  int attachments_limit() default 10 << 20;

  @AttributeDefinition(
      name = "Caps of recipient domains",
      description =
          "How many messages a minute recipient domains get from one server at most, over all nodes, such as"
              + " gmail.com=600,*=1200. A star stands for every other domain. None unless set: receivers' replies"
              + " decide.")
  String domain_caps() default "";

  @AttributeDefinition(
      name = "Caps where replies are not shown",
      description =
          "The same for mail backends that do not show receivers' deferrals, by which nobody could slow down;"
              + " domain.caps comes first.")
  String domain_caps_blind() default "*=600";

  @AttributeDefinition(
      name = "Failover after",
      description =
          "For how many seconds a mailbox's server must be away before the mailbox's fallbacks are used, 1 to"
              + " 86400.")
  int failover_after() default 60;
}
