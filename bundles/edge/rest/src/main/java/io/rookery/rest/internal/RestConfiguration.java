// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Limits of the REST API and where figures are given; PID {@code io.rookery.rest}. */
@ObjectClassDefinition(name = "Rookery REST API")
@interface RestConfiguration {

  /** Returns the most bytes of a request body, messages and uploads aside. */
  @AttributeDefinition(
      name = "Largest request body",
      description = "Bytes; messages and uploads aside")
  int body_limit() default 1 << 20;

  /** Returns the most bytes of a request that sends messages with their files. */
  @AttributeDefinition(
      name = "Largest request with messages",
      description = "Bytes of JSON; files in it are a third larger than by themselves")
  int message_limit() default 15 << 20;

  /** Returns the most bytes of an uploaded file. */
  @AttributeDefinition(name = "Largest upload", description = "Bytes of a CSV file")
  long upload_limit() default 1L << 30;

  /** Returns the proxies whose X-Forwarded-For is believed. */
  @AttributeDefinition(
      name = "Trusted proxies",
      description = "Addresses and ranges whose X-Forwarded-For is believed, joined by commas")
  String[] trusted_proxies() default {};

  /** Returns the address on which the figures are given. */
  @AttributeDefinition(
      name = "Metrics address",
      description = "Loopback unless a firewall stands in front")
  String metrics_address() default "127.0.0.1";

  /** Returns the port on which the figures are given. */
  @AttributeDefinition(name = "Metrics port", description = "TCP port; 0 takes a free one")
  int metrics_port() default 9181;
}
