// SPDX-License-Identifier: Apache-2.0
package io.rookery.certificates.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Certificates for the platform's own HTTPS; the listener itself reads the same file. */
@ObjectClassDefinition(name = "Rookery: HTTPS and certificates")
@interface HttpsConfiguration {

  /** The PID of these keys. */
  String PID = "io.rookery.https";

  @AttributeDefinition(name = "Address", description = "Where both ports listen.")
  String https_address() default "0.0.0.0";

  @AttributeDefinition(
      name = "HTTPS port",
      description = "Usually 443; 0: a proxy in front speaks HTTPS. The listener reads it.")
  int https_port() default 0;

  @AttributeDefinition(
      name = "HTTP port",
      description =
          "Where certificate authorities ask, who come to port 80; sends everybody else on to HTTPS. 0: not at all.")
  int http_port() default 0;

  @AttributeDefinition(name = "ACME directory", description = "The authority, by its directory.")
  String acme_directory() default "https://acme-v02.api.letsencrypt.org/directory";

  @AttributeDefinition(
      name = "ACME contact",
      description = "An e-mail address that the authority may write to; none where empty.")
  String acme_contact() default "";

  @AttributeDefinition(
      name = "Agreement",
      description = "true: you agree to the authority's terms of service. Nothing is ordered else.")
  boolean acme_agree() default false;

  @AttributeDefinition(
      name = "ACME trust",
      description = "A PEM file with the roots of an authority of your own; the JVM's where empty.")
  String acme_trust() default "";
}
