// SPDX-License-Identifier: Apache-2.0
package io.rookery.persistence.internal.start;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Where the database is. With nothing set, a server of our own is started. */
@ObjectClassDefinition(
    name = "Rookery persistence",
    description = "The database; with no url, PostgreSQL is started below data/postgres")
@interface PersistenceConfiguration {

  @AttributeDefinition(description = "JDBC URL of a database of your own, without user or password")
  String url() default "";

  @AttributeDefinition(description = "The role that owns the schemas and may create roles")
  String owner() default "rookery_owner";

  @AttributeDefinition(description = "File (mode 0600) with the owner's password")
  String owner_password_file() default "";

  @AttributeDefinition(description = "File (mode 0600) with the password of rookery_app")
  String app_password_file() default "";

  @AttributeDefinition(description = "File (mode 0600) with the password of rookery_system")
  String system_password_file() default "";

  @AttributeDefinition(description = "The most connections for tenants' work")
  int app_connections() default 32;

  @AttributeDefinition(description = "The most connections for the platform's own work")
  int system_connections() default 10;

  @AttributeDefinition(description = "How long to wait for rows that another transaction holds")
  int lock_timeout_seconds() default 5;

  @AttributeDefinition(description = "How long one statement may take")
  int statement_timeout_seconds() default 25;

  @AttributeDefinition(description = "Folder of the embedded server and of generated passwords")
  String folder() default "";
}
