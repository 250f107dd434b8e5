// SPDX-License-Identifier: Apache-2.0
package io.rookery.secrets.embedded;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Where the master key comes from. Two underscores stand for one in the property's name. */
@ObjectClassDefinition(
    name = "Rookery embedded secret store",
    description = "Secrets in the database, encrypted under a master key outside of it")
@interface EmbeddedConfiguration {

  /** The PID of this configuration. */
  String PID = "io.rookery.secrets.embedded";

  @AttributeDefinition(
      description =
          "File of the master key, made at first start, mode 0600. A relative path begins at the"
              + " distribution's folder. Keep a copy elsewhere: without it no secret can be read.")
  String master__key__file() default "keys/secrets.embedded.key";

  @AttributeDefinition(
      description =
          "File of a passphrase of 16 characters or more, mode 0600, from which the master key is"
              + " derived instead (Argon2id); empty to use the key file")
  String passphrase__file() default "";

  @AttributeDefinition(description = "How many versions of a secret are kept; the oldest go first")
  int max__versions() default 10;
}
