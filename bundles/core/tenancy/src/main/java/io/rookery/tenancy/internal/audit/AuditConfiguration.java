// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.audit;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** How the audit log is kept. Two underscores stand for one in the property's name. */
@ObjectClassDefinition(name = "Rookery audit log")
@interface AuditConfiguration {

  /** The PID of this configuration. */
  String PID = "io.rookery.audit";

  /** Where signed heads are copied to. */
  @AttributeDefinition(
      description = "Folder on another host to which signed heads are copied; data/audit if empty")
  String heads__folder() default "";

  /** Where signed heads are copied to instead. */
  @AttributeDefinition(
      description = "Object store to which signed heads are copied; its bucket is the path")
  String heads__bucket() default "";

  /** The store's region. */
  @AttributeDefinition(description = "Region of the object store")
  String heads__region() default "us-east-1";

  /** What names begin with. */
  @AttributeDefinition(description = "What the names of objects begin with")
  String heads__prefix() default "";

  /** The key's name. */
  @AttributeDefinition(description = "Access key; rookery:audit-secret keeps its secret")
  String heads__access__key() default "";

  /** How long objects are locked. */
  @AttributeDefinition(description = "Days for which objects are locked; 0 for the store's rule")
  int heads__lock__days() default 0;

  /** How objects are locked. */
  @AttributeDefinition(description = "COMPLIANCE, which nobody may lift, or GOVERNANCE")
  String heads__lock__mode() default "COMPLIANCE";

  /** How long entries are kept. */
  @AttributeDefinition(description = "Months after which entries are dropped behind a checkpoint")
  int retention__months() default 84;

  /** How long network addresses are kept. */
  @AttributeDefinition(description = "Days after which entries lose the address they came from")
  int source__days() default 365;

  /** How many refusals are told one by one. */
  @AttributeDefinition(
      description = "Refusals of one key a minute that are told one by one; the others are counted")
  int refusals__per__minute() default 5;
}
