// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal.oauth;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The operator's registration at one provider; a file for each, {@code oauth-NAME.cfg}. */
@ObjectClassDefinition(name = "Rookery: OAuth 2 client of a mail provider")
@interface ClientConfiguration {

  /** The factory PID. */
  String PID = "io.rookery.mailboxes.oauth";

  @AttributeDefinition(
      name = "Provider",
      description = "The name that callers give, such as google: lower case letters, digits, dash")
  String name() default "";

  @AttributeDefinition(
      name = "Client id",
      description = "As the provider gave it; while it is empty the provider is not offered")
  String client__id() default "";

  @AttributeDefinition(
      name = "Client secret",
      description =
          "Where it stands in the platform's part of the secret store, such as oauth/google; empty"
              + " for a client without one. Never the secret itself")
  String client__secret() default "";

  @AttributeDefinition(
      name = "Authorization endpoint",
      description = "The https address of the page at which people consent")
  String authorization__endpoint() default "";

  @AttributeDefinition(
      name = "Token endpoint",
      description = "The https address at which codes and refresh tokens become access tokens")
  String token__endpoint() default "";

  @AttributeDefinition(name = "Scopes", description = "What is asked for, spaces between")
  String scopes() default "";

  @AttributeDefinition(
      name = "Further parameters",
      description =
          "What the provider's page needs besides, such as access_type=offline, & between")
  String parameters() default "";

  @AttributeDefinition(
      name = "Redirect URI",
      description = "The address of /oauth/callback, letter by letter as registered")
  String redirect__uri() default "";

  @AttributeDefinition(
      name = "Hosts",
      description =
          "The provider's mail servers, commas between; its access tokens are shown to no other")
  String hosts() default "";
}
