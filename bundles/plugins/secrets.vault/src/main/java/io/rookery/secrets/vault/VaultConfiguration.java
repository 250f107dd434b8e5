// SPDX-License-Identifier: Apache-2.0
package io.rookery.secrets.vault;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * Where the server is and how it is signed in to. Two underscores stand for one in the property's
 * name, a leading one for a dot, which keeps the property out of the service registry.
 */
@ObjectClassDefinition(
    name = "Rookery secret store of Vault and OpenBao",
    description = "Secrets in the KV engine, version 2, of a server that speaks Vault's API")
@interface VaultConfiguration {

  /** The PID of this configuration. */
  String PID = "io.rookery.secrets.vault";

  @AttributeDefinition(description = "Address of the server; http for this machine alone")
  String address() default "https://127.0.0.1:8200";

  @AttributeDefinition(
      description = "Namespace, such as admin on HCP; empty where the server has none")
  String namespace() default "";

  @AttributeDefinition(
      description = "PEM file of the authorities that sign the server's certificate; empty: Java's")
  String ca__file() default "";

  @AttributeDefinition(description = "Where the KV engine, version 2, is mounted")
  String mount() default "rookery";

  @AttributeDefinition(description = "Where AppRole is mounted below auth/")
  String approle__mount() default "approle";

  @AttributeDefinition(description = "The platform's role in AppRole")
  String role() default "rookery";

  @AttributeDefinition(
      description =
          "Folder of role-id, wrapped-secret-id and secret-id, files of mode 0600. A relative path"
              + " begins at the data folder.")
  String credentials() default "keys/vault";

  @AttributeDefinition(
      description = "The role's id instead of the file role-id, such as ${env:VAULT_ROLE_ID}")
  String role__id() default "";

  @AttributeDefinition(
      type = AttributeType.PASSWORD,
      description =
          "The secret-id instead of the files, as a reference such as ${env:VAULT_SECRET_ID}")
  String _secret__id() default "";

  @AttributeDefinition(description = "How long an answer may take, in milliseconds")
  int timeout__ms() default 5000;

  @AttributeDefinition(description = "How many requests are under way at most")
  int connections() default 16;
}
